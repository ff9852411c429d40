// What of the driver interface deviates from its pages. A row is a fact about the code beside it:
// who changes what a function does changes its row.

#include <algorithm>
#include <array>

#include "harness/ddi/interface.hpp"

namespace interlock::harness {

namespace {

using enum DeviationKind;

// clang-format off
constexpr auto table = std::to_array<Deviation>({
    {"ConvertInterface*", fixed,
     "There are the loopback interface and one for each connected internal adapter of the switch."},
    {"Ex*LookasideList", other,
     "Nothing is kept aside: each entry is a piece of its own, so that its bounds are watched."},
    {"ExSystemTimeToLocalTime", fixed, "The machine stands in Greenwich."},
    {"FwpmBfeStateGet0", narrower,
     "The service runs, or comes up a little later, as the scheduler says; it never stops."},
    {"FwpmCalloutAdd0", bookkeeping,
     "Only the two datagram layers are known; security descriptors and persistence mean nothing."},
    {"FwpmEngineOpen0", bookkeeping, "Who asks is not looked at."},
    {"FwpmFilterAdd0", narrower,
     "Conditions on direction, protocol and ports are tried; others never hold."},
    {"FwpmProviderAdd0", bookkeeping, "Persistent ones do not survive the run."},
    {"FwpmSubLayerAdd0", bookkeeping, "Persistent ones do not survive the run."},
    {"FwpmTransactionBegin0", narrower, "A read-only transaction excludes others as any does."},
    {"FwpsCalloutRegister2", narrower,
     "classifyFn is called for IPv4 datagrams that come in over an internal adapter."},
    {"FwpsFlowAssociateContext0", bookkeeping, "Data flows have the number 0, and no end."},
    {"GetBestRoute2", fixed,
     "The narrowest route of the interface that was named; source and sort options are ignored."},
    {"GetIf*", fixed,
     "There are the loopback interface and one for each connected internal adapter; no counters."},
    {"GetIp*", fixed,
     "Addresses and routes follow from the port's number, and never change while it is connected."},
    {"GetUnicastIpAddressTable", fixed,
     "Addresses follow from the port's number, and never change while it is connected."},
    {"IoAllocateMdl", narrower, "It is bound to no IRP."},
    {"KeAreApcsDisabled", fixed, "There are no APCs."},
    {"KeQueryPerformanceCounter", other,
     "It tells virtual time, as all clocks do; of that each step of the run takes 10 ps."},
    {"KeSetPriorityThread", bookkeeping, "Priorities decide nothing: the scheduler does."},
    {"KeStallExecutionProcessor", other, "Virtual time passes, and other processors go on."},
    {"MmBuildMdlForNonPagedPool", bookkeeping, "All memory is one address space, and resident."},
    {"MmProbeAndLockPages", bookkeeping, "All memory is one address space, and resident."},
    {"MmUnlockPages", bookkeeping, "All memory is one address space, and resident."},
    {"Ndis*Configuration*", narrower,
     "There is no registry: a key holds what was written to it since it was opened."},
    {"NdisGetVersion", fixed, "6.30 or 6.40, as the scenario says."},
    {"Notify*", narrower,
     "Told are adapters that are connected and disconnected; nothing else ever changes."},
    {"ObReferenceObjectByHandle", narrower,
     "Threads and events have handles; access masks are not looked at."},
    {"ProbeForRead", bookkeeping, "Every address is taken for good."},
    {"ProbeForWrite", bookkeeping, "Every address is taken for good."},
    {"PsCreateSystemThread", narrower, "It runs in the system process, whatever process is named."},
    {"ResolveIpNetEntry2", other,
     "Any address on the link answers in 2 ms, or does not: the scheduler says."},
    {"RtlAnsiStringToUnicodeString", narrower, "The code page is Latin-1."},
    {"RtlCompareUnicodeString", narrower, "Case is folded in ASCII only."},
    {"RtlEqualString", narrower, "Case is folded in ASCII only."},
    {"RtlEqualUnicodeString", narrower, "Case is folded in ASCII only."},
    {"RtlIpv4StringToAddressA", narrower, "Only four decimal parts are read."},
    {"RtlUnicodeStringToAnsiString", narrower, "The code page is Latin-1."},
    {"RtlUpcaseUnicodeChar", narrower, "Case is folded in ASCII only."},
    {"ZwCreateEvent", narrower, "Events have no names."},
    {"__declspec(align)", narrower,
     "Inside #pragma pack it does not widen a structure: layouts agree with themselves only."},
    {"__try", narrower, "Exception handlers compile; nothing is caught."},
});
// clang-format on

static_assert(std::ranges::is_sorted(table, {}, &Deviation::function));

/// Whether the row tells of the function. A star stands for any letters.
bool tells_of(std::string_view row, std::string_view function) {
    const std::size_t star = row.find('*');
    if (star == row.npos) return row == function;
    return function.size() + 1 >= row.size() && function.starts_with(row.substr(0, star)) &&
           function.ends_with(row.substr(star + 1));
}

}  // namespace

std::string_view name(DeviationKind kind) {
    switch (kind) {
        case bookkeeping:
            return "bookkeeping only";
        case fixed:
            return "fixed data";
        case narrower:
            return "narrower";
        default:
            return "otherwise";
    }
}

std::span<const Deviation> deviations() {
    return table;
}

const Deviation* deviation_of(std::string_view function) {
    const Deviation* found = nullptr;
    for (const Deviation& row : table) {
        if (!tells_of(row.function, function)) continue;
        if (found == nullptr || row.function.size() > found->function.size()) found = &row;
    }
    return found;
}

std::string deviations_document() {
    std::string text =
        "# Known deviations\n\n"
        "Generated by `interlock deviations --markdown`; a test compares it with what is "
        "committed.\n\n"
        "What of the driver interface does not do all that its page says. All clocks tell virtual "
        "time, and wherever Windows is free the scheduler decides; neither is repeated below.\n\n"
        "| function | | |\n| --- | --- | --- |\n";
    for (const Deviation& row : table) {
        text += "| `" + std::string(row.function) + "` | " + std::string(name(row.kind)) + " | " +
                std::string(row.what) + " |\n";
    }
    return text;
}

std::string deviations_text() {
    std::string text;
    for (const Deviation& row : table) {
        std::string line(row.function);
        line.resize(std::max<std::size_t>(line.size() + 1, 30), ' ');
        line += name(row.kind);
        line.resize(std::max<std::size_t>(line.size() + 1, 48), ' ');
        text += line + std::string(row.what) + "\n";
    }
    return text;
}

}  // namespace interlock::harness
