#include "harness/host_flaw.hpp"

#include <span>

#include "harness/scenario/words.hpp"

namespace interlock::harness {
namespace {

constexpr std::string_view names[] = {
    "none",
    "pauses_twice",
    "activates_twice",
    "pauses_bottom_up",
    "skips_a_module",
    "calls_at_dispatch_level",
    "detaches_under_packets",
    "oid_before_attached",
    "packets_before_attached",
    "requests_overlap",
    "property_before_created",
    "updates_before_updated",
    "completes_what_did_not_pend",
    "disconnects_behind_the_stack",
    "connect_fails",
    "disconnect_fails",
    "answers_too_short",
    "lists_what_is_not_there",
    "header_without_size",
    "type_changes",
    "guest_address_inside",
    "external_initialised",
    "unknown_property",
    "property_added_twice",
    "nic_never_deleted",
    "port_never_deleted",
    "port_deleted_under_reference",
    "port_deleted_under_a_request",
    "sends_after_port_delete",
    "save_begun_again",
    "save_never_completed",
    "disconnects_in_a_save",
    "gives_no_more_room",
    "single_source_always",
    "destination_group_always",
    "dispatch_level_always",
    "delivers_elsewhere",
    "sends_over_a_team_down",
    "completes_early",
};
static_assert(std::size(names) == static_cast<std::size_t>(HostFlaw::completes_early) + 1);

}  // namespace

std::optional<HostFlaw> host_flaw(std::string_view name) {
    const auto place = place_in(names, name);
    if (!place) return std::nullopt;
    return static_cast<HostFlaw>(*place);
}

}  // namespace interlock::harness
