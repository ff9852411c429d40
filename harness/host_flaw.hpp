#pragma once

// What the switch can be made to do wrong, to see that the judge sees it: each flaw breaks one
// obligation of the host. What a step with `force` can break needs none.

#include <cstdint>
#include <optional>
#include <string_view>

namespace interlock::harness {

enum class HostFlaw : std::uint8_t {
    none,  // The switch keeps all its obligations.

    // The stack.
    pauses_twice,
    activates_twice,
    pauses_bottom_up,
    skips_a_module,
    calls_at_dispatch_level,
    detaches_under_packets,
    oid_before_attached,
    packets_before_attached,

    // OID requests.
    requests_overlap,
    property_before_created,
    updates_before_updated,
    completes_what_did_not_pend,
    disconnects_behind_the_stack,
    connect_fails,
    disconnect_fails,
    answers_too_short,
    lists_what_is_not_there,
    header_without_size,
    type_changes,
    guest_address_inside,
    external_initialised,
    unknown_property,
    property_added_twice,

    // Ports and adapters.
    nic_never_deleted,
    port_never_deleted,
    port_deleted_under_reference,
    port_deleted_under_a_request,
    sends_after_port_delete,

    // Saves.
    save_begun_again,
    save_never_completed,
    disconnects_in_a_save,
    gives_no_more_room,

    // Packets.
    single_source_always,
    destination_group_always,
    dispatch_level_always,
    delivers_elsewhere,
    sends_over_a_team_down,
    completes_early,
};

/// The flaw of that name, if there is one.
std::optional<HostFlaw> host_flaw(std::string_view name);

}  // namespace interlock::harness
