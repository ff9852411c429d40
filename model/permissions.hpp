#pragma once

// What is allowed in which state. Permissions are not transitions: they stand here, in tables laid
// out as the page's, and the machines stand in machines/.

#include <array>
#include <cstddef>
#include <cstdint>

#include "model/machines/states.hpp"

namespace interlock::model {

/// One state of a port with one adapter, as the page names them.
enum class PortNic : std::uint8_t {
    port_not_created, port_created, nic_created, nic_connected, nic_disconnected, nic_deleted,
    port_tearing_down,
};

struct Permissions {
    PortNic state;
    bool    reference_port, reference_nic;
    bool    port_oid_from_switch, port_oid_from_extension;
    bool    nic_oid_from_switch, nic_oid_from_extension;
    bool    packets_from_switch, packets_from_extension;
};

/// What the switch may issue for an adapter in a state, of the requests that move no machine. What
/// ends a save wants that one is open, too: SAVE-02.
struct SwitchRequests {
    NicState nic;
    bool     request, save_complete, restore_complete;
};

namespace page {
inline constexpr bool yes = true, no = false;

// Source: hyper-v-extensible-switch-port-and-network-adapter-states, the two closing tables, joined
// on their first column.
// clang-format off
inline constexpr std::array permissions{
    //                                    reference    port OID     NIC OID      packets
    //                                    port  nic    sw    ext    sw    ext    sw    ext
    Permissions{PortNic::port_not_created,  no,   no,    no,   no,    no,   no,    no,   no },
    Permissions{PortNic::port_created,      yes,  no,    yes,  yes,   no,   no,    no,   no },
    Permissions{PortNic::nic_created,       yes,  no,    yes,  yes,   yes,  no,    yes,  no },
    Permissions{PortNic::nic_connected,     yes,  yes,   yes,  yes,   yes,  yes,   yes,  yes},
    Permissions{PortNic::nic_disconnected,  yes,  no,    yes,  yes,   yes,  no,    yes,  no },
    Permissions{PortNic::nic_deleted,       yes,  no,    yes,  yes,   no,   no,    no,   no },
    Permissions{PortNic::port_tearing_down, no,   no,    yes,  no,    no,   no,    no,   no },
};

// Sources: oid-switch-nic-request, hyper-v-extensible-switch-save-operations and
// -restore-operations; of what is deleted, the states page.
inline constexpr std::array switch_requests{
    //                                     NIC_REQUEST  SAVE_COMPLETE  RESTORE_COMPLETE
    SwitchRequests{NicState::absent,         no,          no,            no },
    SwitchRequests{NicState::creating,       no,          no,            no },
    SwitchRequests{NicState::created,        yes,         no,            yes},
    SwitchRequests{NicState::connecting,     yes,         no,            yes},
    SwitchRequests{NicState::connected,      yes,         yes,           yes},
    SwitchRequests{NicState::disconnecting,  yes,         yes,           yes},
    SwitchRequests{NicState::disconnected,   yes,         yes,           yes},
    SwitchRequests{NicState::deleting,       no,          no,            no },
};
// clang-format on
}  // namespace page

/// @param nic  of the adapter that the request names
constexpr const SwitchRequests& switch_requests(NicState nic) {
    return page::switch_requests[static_cast<std::size_t>(nic)];
}

// An extension is held to what it was told, so it is judged by its own view of a port or adapter:
// how far its notifications have come, and what became of the requests that carried them.

/// What one extension knows of one incarnation of a port.
enum class PortView : std::uint8_t {
    unseen,
    create_delivered,    // FilterOidRequest(PORT_CREATE) was entered;
    create_forwarded,    // it was passed on;
    created,             // it came back with success.
    teardown_delivered,
    teardown_handled,    // Passed on or completed.
    gone,                // PORT_DELETE was delivered.
    vetoed,              // PORT_CREATE came back with a failure.
};

/// What one extension knows of one incarnation of a network adapter connection.
enum class NicView : std::uint8_t {
    unseen,
    create_delivered,
    created,
    connect_delivered,
    connected,
    disconnect_delivered,
    disconnect_handled,  // Passed on or completed.
    gone,                // NIC_DELETE was delivered.
    vetoed,              // NIC_CREATE came back with a failure.
};

/// Whether an extension may use what it has this view of; if not, why not.
enum class Right : std::uint8_t {
    granted,
    not_yet,
    under_reference,  // Only with a reference that was taken in time.
    no_longer,
    gone,
    vetoed,
};

struct PortRights {
    PortView view;
    Right    reference;  // ReferenceSwitchPort
    Right    oid;        // Originating OIDs that target the port
};

struct NicRights {
    NicView view;
    Right   reference;    // ReferenceSwitchNic
    Right   oid;          // Originating OID_SWITCH_NIC_REQUEST and NIC status
    Right   destination;  // Committing it as a destination
    Right   source;       // SetNetBufferListSource
};

namespace rights {
using enum Right;

// Sources: oid-switch-port-create, -teardown, -delete, nc-ndis-ndis_switch_reference_switch_port.
// Between the forwarding of PORT_CREATE and its completion the pages differ, so nobody is accused.
// clang-format off
inline constexpr std::array port{
    //                                        reference  originate OIDs
    PortRights{PortView::unseen,              not_yet,   not_yet        },
    PortRights{PortView::create_delivered,    not_yet,   not_yet        },
    PortRights{PortView::create_forwarded,    granted,   granted        },
    PortRights{PortView::created,             granted,   granted        },
    PortRights{PortView::teardown_delivered,  granted,   granted        },
    PortRights{PortView::teardown_handled,    no_longer, under_reference},
    PortRights{PortView::gone,                gone,      gone           },
    PortRights{PortView::vetoed,              vetoed,    vetoed         },
};

// Sources: oid-switch-nic-create, -connect, -disconnect, -delete,
// adding-extensible-switch-destination-port-data-to-a-packet ("had forwarded"). The states page
// grants from the issue of NIC_CONNECT, its own page from success: delivery is taken for both.
inline constexpr std::array nic{
    //                                         reference  originate OIDs   destination  source
    NicRights{NicView::unseen,                not_yet,   not_yet,         not_yet,     not_yet  },
    NicRights{NicView::create_delivered,      not_yet,   not_yet,         not_yet,     not_yet  },
    NicRights{NicView::created,               not_yet,   not_yet,         not_yet,     not_yet  },
    NicRights{NicView::connect_delivered,     granted,   granted,         granted,     granted  },
    NicRights{NicView::connected,             granted,   granted,         granted,     granted  },
    NicRights{NicView::disconnect_delivered,  granted,   granted,         granted,     granted  },
    NicRights{NicView::disconnect_handled,    no_longer, under_reference, no_longer,   no_longer},
    NicRights{NicView::gone,                  gone,      gone,            gone,        gone     },
    NicRights{NicView::vetoed,                vetoed,    vetoed,          vetoed,      vetoed   },
};
// clang-format on

constexpr const PortRights& of(PortView view) { return port[static_cast<std::size_t>(view)]; }
constexpr const NicRights&  of(NicView view) { return nic[static_cast<std::size_t>(view)]; }

static_assert([] {
    for (const auto& row : port)
        if (of(row.view).view != row.view) return false;
    for (const auto& row : nic)
        if (of(row.view).view != row.view) return false;
    return true;
}());
}  // namespace rights

// The page grants an extension nothing over an adapter that it denies the switch.
static_assert([] {
    for (const auto& row : page::permissions) {
        if (row.nic_oid_from_extension && !row.nic_oid_from_switch) return false;
        if (row.packets_from_extension && !row.packets_from_switch) return false;
    }
    return true;
}());

}  // namespace interlock::model
