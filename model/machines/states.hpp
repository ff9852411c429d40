#pragma once

// The states and events of the nine machines, as numbers that the rest of the model can hold.
// The machines themselves (rows, guards, rules) stand in the .cpp of the same name.

#include <cstdint>

namespace interlock::model {

// hyper-v-extensible-switch-port-and-network-adapter-states; what lies between the issue of an OID
// and its completion is a state of its own, because rights begin at the completion and end at the
// issue.
enum class PortState : std::uint8_t {
    not_created, creating, created, teardown_pending, torn_down, deleting,
};
enum class PortEvent : std::uint8_t {
    create_issued, create_succeeded, create_failed,
    updated_issued,       // OID_SWITCH_PORT_UPDATED
    property_issued,      // OID_SWITCH_PORT_PROPERTY_ADD, _UPDATE, _DELETE,
                          // OID_SWITCH_PORT_FEATURE_STATUS_QUERY
    nic_create_issued,    // OID_SWITCH_NIC_CREATE on this port, any index
    teardown_issued, teardown_completed,
    delete_issued, delete_completed,
};
enum class PortGuard : std::uint8_t {
    port_id_real,         // PortId > 0                                       PORT-01
    no_nic_on_port,       // every (port, index) is Absent                     PORT-06
    no_port_references,   // no extension holds a port reference               PORT-08
    no_port_oids,         // no other OID that targets the port is outstanding PORT-09
    operational,          // not a validation port                             PORT-13
};

enum class NicState : std::uint8_t {
    absent, creating, created, connecting, connected, disconnecting, disconnected, deleting,
};
enum class NicEvent : std::uint8_t {
    create_issued, create_succeeded, create_failed,
    connect_issued, connect_succeeded, connect_failed,
    updated_issued,
    save_issued, restore_issued,  // OID_SWITCH_NIC_SAVE, _RESTORE
    disconnect_issued, disconnect_completed,
    delete_issued, delete_completed,
    host_packet,          // The switch starts a packet from it.
};
enum class NicGuard : std::uint8_t {
    no_packets,           // no packet names it as source or committed destination  NIC-17
    no_nic_oids,          // no OID names it                                        NIC-17
    no_nic_references,    // no extension holds a reference                         NIC-17
    external_first,       // index > 0: index 0 is created                          PHY-01
    external_connected,   // index > 0: index 0 is connected                        PHY-02
    bound_adapters_gone,  // index 0 of the external port: every index > 0 Absent   PHY-04
    index_fits,           // 0..32; > 0 only on the external port                   NIC-03
    guest_nic,            // index 0 of a guest's port                              SAVE-01
};

// filter-module-states-and-operations
enum class FilterState : std::uint8_t {
    detached, attaching, paused, restarting, running, pausing,
};
enum class FilterEvent : std::uint8_t {
    attach, attach_succeeded, attach_failed,
    restart, restart_succeeded, restart_failed,
    pause, pause_completed,
    detach,
    send_or_receive,      // The switch hands it a packet.
    oid_request,          // The switch hands it an OID request.
};

// One OID request at one extension's upper edge.
enum class OidState : std::uint8_t {
    unknown,              // Never delivered here.
    held,                 // Delivered; neither forwarded nor completed.
    forwarded,            // Its clone is below.
    answered,             // The clone came back.
    completed,            // Finished by NdisFOidRequestComplete. Should FilterOidRequest not have
                          // returned yet, it has to return NDIS_STATUS_PENDING.
    done,                 // Finished; nothing is to come.
};
enum class OidEvent : std::uint8_t {
    delivered,            // FilterOidRequest
    forwarded,            // NdisFOidRequest with its clone
    answered,             // non-PENDING return of that call, or FilterOidRequestComplete
    completed,            // NdisFOidRequestComplete
    returned_pending,     // FilterOidRequest returns NDIS_STATUS_PENDING
    returned_final,       // FilterOidRequest returns anything else: that completes it
};

// One NBL at one extension, on one of the two paths.
enum class PacketState : std::uint8_t {
    away,                 // Not this extension's: never was, or finished.
    held,                 // Delivered to it; it owns the NBL.
    passed,               // Passed on; hands off.
    back,                 // Given back; to be finished.
    made,                 // Its own NBL, not sent yet.
    own_passed,           // Its own NBL, sent.
    own_back,             // Its own NBL, given back; to be freed.
};
enum class PacketEvent : std::uint8_t {
    delivered,            // FilterSendNetBufferLists | FilterReceiveNetBufferLists
    passed,               // NdisFSendNetBufferLists | NdisFIndicateReceiveNetBufferLists
    given_back,           // FilterSendNetBufferListsComplete | FilterReturnNetBufferLists
    finished,             // NdisFSendNetBufferListsComplete | NdisFReturnNetBufferLists
    made,                 // AllocateNetBufferListForwardingContext on an NBL of its own
    unmade,               // FreeNetBufferListForwardingContext on it
};

// What extensions know of a guest's adapter, saved. hyper-v-extensible-switch-save-operations
enum class SaveState : std::uint8_t {
    idle,
    open,                 // There may be more to save.
    asked_all,            // A save came through all extensions: none has more.
    failed,
};
enum class SaveEvent : std::uint8_t {
    save_issued,          // OID_SWITCH_NIC_SAVE
    save_claimed,         // It succeeded, completed by an extension.
    save_came_through,    // It succeeded, completed below all of them.
    save_too_short,       // NDIS_STATUS_BUFFER_TOO_SHORT
    save_failed,
    complete_issued,      // OID_SWITCH_NIC_SAVE_COMPLETE
};

// The same, restored. hyper-v-extensible-switch-restore-operations
enum class RestoreState : std::uint8_t {
    idle, open, failed,
};
enum class RestoreEvent : std::uint8_t {
    restore_issued, restore_succeeded, restore_failed,  // OID_SWITCH_NIC_RESTORE
    complete_issued,                                    // OID_SWITCH_NIC_RESTORE_COMPLETE
};

// What one extension knows of the switch's activation.
// querying-the-hyper-v-extensible-switch-configuration
enum class ActivationState : std::uint8_t {
    unasked,              // It has not asked, and nobody told it.
    told,                 // NetEventSwitchActivate came before it asked.
    inactive, active,     // It asked.
};
enum class ActivationEvent : std::uint8_t {
    asks_parameters,      // OID_SWITCH_PARAMETERS
    answered_inactive, answered_active,
    activated,            // NetEventSwitchActivate
    asks_configuration,   // OID_SWITCH_PORT_ARRAY, _NIC_ARRAY, _PROPERTY_ENUM, _PORT_PROPERTY_ENUM
};
enum class ActivationGuard : std::uint8_t {
    switch_active,        // The switch is active, told or not                       QRY-02
};

// One property of a port or of the switch. managing-port-policies, managing-switch-policies
enum class PropertyState : std::uint8_t {
    unheard,              // Some are there from the beginning, and nobody is told.
    absent, present,
};
enum class PropertyEvent : std::uint8_t {
    add_issued, add_succeeded, add_failed,
    update_issued, update_completed,
    delete_issued, delete_succeeded, delete_failed,
};

}  // namespace interlock::model
