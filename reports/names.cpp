#include "reports/names.hpp"

#include <algorithm>
#include <csignal>
#include <span>

#include <fmt/format.h>

#include "model/oids.hpp"
#include "model/statuses.hpp"

namespace interlock::reports {
namespace {

struct Named {
    std::uint32_t    number;
    std::string_view name;
};

// clang-format off
constexpr Named signals[] = {
    {SIGABRT, "SIGABRT (it aborted)"},
    {SIGBUS,  "SIGBUS (invalid memory access)"},
    {SIGFPE,  "SIGFPE (division by zero)"},
    {SIGILL,  "SIGILL (invalid instruction)"},
    {SIGKILL, "SIGKILL (killed from outside)"},
    {SIGSEGV, "SIGSEGV (invalid memory access)"},
    {SIGTRAP, "SIGTRAP (breakpoint)"},
};

// IRP_MJ_*. Source: irp-major-function-codes.
constexpr Named major_functions[] = {
    {0x00, "IRP_MJ_CREATE"}, {0x02, "IRP_MJ_CLOSE"},          {0x03, "IRP_MJ_READ"},
    {0x04, "IRP_MJ_WRITE"},  {0x0E, "IRP_MJ_DEVICE_CONTROL"}, {0x12, "IRP_MJ_CLEANUP"},
};
// clang-format on

/// Pages that are neither in the guide to network drivers nor in its reference.
constexpr struct {
    std::string_view prefix;
    std::string_view folder;
} other_folders[] = {
    {"bug-check-", "debugger"},   {"ndis-irql-", "devtest"}, {"ndis-ndis", "devtest"},
    {"ndis-spinlock", "devtest"}, {"ndisfilter", "devtest"}, {"wdm-", "devtest"},
    {"canceling-irps", "kernel"}, {"irp-mj-", "kernel"},     {"how-to-complete-an-irp", "kernel"},
    {"failure-to-", "kernel"},
};

std::string_view find(std::span<const Named> table, std::uint32_t number) {
    const auto found = std::ranges::find(table, number, &Named::number);
    return found == table.end() ? std::string_view{} : found->name;
}

}  // namespace

std::string status_name(model::Status status) {
    const auto known = model::name_of_status(status);
    return known.empty() ? fmt::format("status 0x{:08X}", status) : std::string(known);
}

std::string nt_status_name(model::Status status) {
    constexpr std::string_view ndis = "NDIS_";
    if (status == 0xC0000001) return "STATUS_UNSUCCESSFUL";
    if (status == 0xC000009A) return "STATUS_INSUFFICIENT_RESOURCES";
    const std::string name       = status_name(status);
    const bool        of_its_own = (status >> 16 & 0xFFF) != 0;  // A facility's
    return of_its_own || !name.starts_with(ndis) ? name : name.substr(ndis.size());
}

std::string oid_name(model::Oid oid) {
    const model::OidInfo& known = model::oid::info(oid);
    if (&known == &model::oid::other) return fmt::format("OID 0x{:08X}", oid);
    return std::string(known.name);
}

std::string major_function_name(std::uint32_t function) {
    const auto known = find(major_functions, function);
    return known.empty() ? fmt::format("major function 0x{:02X}", function) : std::string(known);
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
            return "left behind after its unload what it had acquired";
        case wrote_beyond:
            return "wrote behind the end of memory that the switch lent it";
        case bad_argument:
            return "passed an object that is none";
        case irp_touched:
            return "wrote to an IRP that is completed";
        case wrote_outside:
            return "wrote outside of memory it had allocated";
        case wrote_to_freed:
            return "wrote to memory it had given back";
        case lock_order:
            return "took locks in another order than elsewhere";
        case data_race:
            return "accessed memory that another task accesses, in no order";
        case wrote_to_parameters:
            return "wrote to parameters that it was only given to read";
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
