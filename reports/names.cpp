#include "reports/names.hpp"

#include <algorithm>
#include <csignal>
#include <span>

#include <fmt/format.h>

#include "model/oids.hpp"

namespace interlock::reports {
namespace {

struct Named {
    std::uint32_t    number;
    std::string_view name;
};

// clang-format off
// Source: ndis.h, ntstatus.h.
constexpr Named statuses[] = {
    {0x00000000, "NDIS_STATUS_SUCCESS"},
    {0x00000102, "STATUS_TIMEOUT"},
    {0x00000103, "NDIS_STATUS_PENDING"},
    {0x00010001, "NDIS_STATUS_NOT_RECOGNIZED"},
    {0x00010003, "NDIS_STATUS_NOT_ACCEPTED"},
    {0x4001000B, "NDIS_STATUS_MEDIA_CONNECT"},
    {0x4001000C, "NDIS_STATUS_MEDIA_DISCONNECT"},
    {0x40010017, "NDIS_STATUS_LINK_STATE"},
    {0x40010018, "NDIS_STATUS_NETWORK_CHANGE"},
    {0x40010022, "NDIS_STATUS_PORT_STATE"},
    {0x40010023, "NDIS_STATUS_OPER_STATUS"},
    {0x40010024, "NDIS_STATUS_PACKET_FILTER"},
    {0x40020006, "NDIS_STATUS_TASK_OFFLOAD_CURRENT_CONFIG"},
    {0x40230001, "NDIS_STATUS_INDICATION_REQUIRED"},
    {0x80000005, "NDIS_STATUS_BUFFER_OVERFLOW"},
    {0x80000011, "STATUS_DEVICE_BUSY"},
    {0xC0000001, "NDIS_STATUS_FAILURE"},
    {0xC0000008, "STATUS_INVALID_HANDLE"},
    {0xC000000D, "NDIS_STATUS_INVALID_PARAMETER"},
    {0xC0000010, "NDIS_STATUS_INVALID_DEVICE_REQUEST"},
    {0xC0000022, "STATUS_ACCESS_DENIED"},
    {0xC0000023, "STATUS_BUFFER_TOO_SMALL"},
    {0xC0000034, "STATUS_OBJECT_NAME_NOT_FOUND"},
    {0xC000009A, "NDIS_STATUS_RESOURCES"},
    {0xC00000BB, "NDIS_STATUS_NOT_SUPPORTED"},
    {0xC0000120, "STATUS_CANCELLED"},
    {0xC0000184, "NDIS_STATUS_INVALID_STATE"},
    {0xC000021B, "NDIS_STATUS_DATA_NOT_ACCEPTED"},
    {0xC0000225, "STATUS_NOT_FOUND"},
    {0xC000023C, "NDIS_STATUS_NETWORK_UNREACHABLE"},
    {0xC0010002, "NDIS_STATUS_CLOSING"},
    {0xC0010004, "NDIS_STATUS_BAD_VERSION"},
    {0xC0010005, "NDIS_STATUS_BAD_CHARACTERISTICS"},
    {0xC0010006, "NDIS_STATUS_ADAPTER_NOT_FOUND"},
    {0xC0010007, "NDIS_STATUS_OPEN_FAILED"},
    {0xC0010008, "NDIS_STATUS_DEVICE_FAILED"},
    {0xC001000C, "NDIS_STATUS_REQUEST_ABORTED"},
    {0xC001000D, "NDIS_STATUS_RESET_IN_PROGRESS"},
    {0xC001000F, "NDIS_STATUS_INVALID_PACKET"},
    {0xC0010011, "NDIS_STATUS_ADAPTER_NOT_READY"},
    {0xC0010014, "NDIS_STATUS_INVALID_LENGTH"},
    {0xC0010015, "NDIS_STATUS_INVALID_DATA"},
    {0xC0010016, "NDIS_STATUS_BUFFER_TOO_SHORT"},
    {0xC0010017, "NDIS_STATUS_INVALID_OID"},
    {0xC0010018, "NDIS_STATUS_ADAPTER_REMOVED"},
    {0xC0010019, "NDIS_STATUS_UNSUPPORTED_MEDIA"},
    {0xC001001B, "NDIS_STATUS_FILE_NOT_FOUND"},
    {0xC001001E, "NDIS_STATUS_RESOURCE_CONFLICT"},
    {0xC0010022, "NDIS_STATUS_INVALID_ADDRESS"},
    {0xC023000C, "NDIS_STATUS_SEND_ABORTED"},
    {0xC023001F, "NDIS_STATUS_MEDIA_DISCONNECTED"},
    {0xC023002A, "NDIS_STATUS_PAUSED"},
    {0xC023002B, "NDIS_STATUS_INTERFACE_NOT_FOUND"},
    {0xC023002C, "NDIS_STATUS_UNSUPPORTED_REVISION"},
    {0xC023002D, "NDIS_STATUS_INVALID_PORT"},
    {0xC023002E, "NDIS_STATUS_INVALID_PORT_STATE"},
    {0xC023002F, "NDIS_STATUS_LOW_POWER_STATE"},
    {0xC0241001, "NDIS_STATUS_SWITCH_PORT_REMOVE_VF"},
    {0xC0241002, "NDIS_STATUS_SWITCH_NIC_STATUS"},
};

constexpr Named signals[] = {
    {SIGABRT, "SIGABRT (it aborted)"},
    {SIGBUS,  "SIGBUS (invalid memory access)"},
    {SIGFPE,  "SIGFPE (division by zero)"},
    {SIGILL,  "SIGILL (invalid instruction)"},
    {SIGKILL, "SIGKILL (killed from outside)"},
    {SIGSEGV, "SIGSEGV (invalid memory access)"},
    {SIGTRAP, "SIGTRAP (breakpoint)"},
};
// clang-format on

/// Pages that are neither in the guide to network drivers nor in its reference.
constexpr struct {
    std::string_view prefix;
    std::string_view folder;
} other_folders[] = {
    {"bug-check-", "debugger"},   {"ndis-irql-", "devtest"}, {"ndis-ndis", "devtest"},
    {"ndis-spinlock", "devtest"}, {"ndisfilter", "devtest"},
};

static_assert(std::ranges::is_sorted(statuses, {}, &Named::number));

std::string_view find(std::span<const Named> table, std::uint32_t number) {
    const auto found = std::ranges::find(table, number, &Named::number);
    return found == table.end() ? std::string_view{} : found->name;
}

}  // namespace

std::string status_name(model::Status status) {
    const auto known = find(statuses, status);
    return known.empty() ? fmt::format("status 0x{:08X}", status) : std::string(known);
}

std::string oid_name(model::Oid oid) {
    const model::OidInfo& known = model::oid::info(oid);
    if (&known == &model::oid::other) return fmt::format("OID 0x{:08X}", oid);
    return std::string(known.name);
}

std::string signal_name(std::uint32_t signal) {
    const auto known = find(signals, signal);
    return known.empty() ? fmt::format("signal {}", signal) : std::string(known);
}

std::string_view misuse_in_words(std::uint32_t misuse) {
    using enum model::Misuse;
    switch (static_cast<model::Misuse>(misuse)) {
        case none:
            break;
        case freed_twice:
            return "freed what is not allocated";
        case freed_as_another_kind:
            return "freed by a call that does not fit the allocation";
        case lock_taken_twice:
            return "took a lock that its own task holds already";
        case lock_not_held:
            return "released a lock that it does not hold in that form";
        case lock_freed_while_held:
            return "freed a lock that is held";
        case lock_held_at_return:
            return "came back with a lock held";
        case irql_changed_at_return:
            return "came back at another IRQL";
        case irql_too_high:
            return "made a call that needs a lower IRQL";
        case waited_too_high:
            return "waited above PASSIVE_LEVEL";
        case leaked:
            return "left memory allocated after its unload";
        case wrote_beyond:
            return "wrote behind the end of memory that the switch lent it";
        case bad_argument:
            return "passed an object that is none";
    }
    return "misused something";
}

std::string_view name(model::Outcome outcome) {
    switch (outcome) {
        case model::Outcome::conforms:
            return "conforms";
        case model::Outcome::undecided:
            return "undecided";
        case model::Outcome::violates:
            return "violates";
    }
    return "";
}

std::string_view name(model::Modality modality) {
    switch (modality) {
        case model::Modality::must:
            return "must";
        case model::Modality::must_not:
            return "must not";
        case model::Modality::should:
            return "should";
    }
    return "";
}

std::string_view name(model::Obliged obliged) {
    switch (obliged) {
        case model::Obliged::host:
            return "host";
        case model::Obliged::extension:
            return "extension";
        case model::Obliged::both:
            return "both";
    }
    return "";
}

std::string_view name(model::RuleKind kind) {
    return kind == model::RuleKind::safety ? "safety" : "obligation";
}

std::string_view name(model::Severity severity) {
    return severity == model::Severity::violation ? "violation" : "warning";
}

std::string page_link(std::string_view page) {
    constexpr std::string_view root = "https://learn.microsoft.com/windows-hardware/drivers/";
    if (page.empty()) return {};
    for (const auto& [prefix, folder] : other_folders) {
        if (page.starts_with(prefix)) return fmt::format("{}{}/{}", root, folder, page);
    }
    // A page of the reference is called <kind>-<header>-<name> and lies in a folder <header>.
    const bool reference = page.size() > 3 && page[0] == 'n' && page[2] == '-' &&
                           std::string_view("cefis").find(page[1]) != std::string_view::npos;
    if (!reference) return fmt::format("{}network/{}", root, page);
    const auto header = page.substr(3, page.find('-', 3) - 3);
    return fmt::format("{}ddi/{}/{}", root, header, page);
}

}  // namespace interlock::reports
