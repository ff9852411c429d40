#pragma once

// A scenario: what the switch is to do, step by step. It is readable text (text.hpp) and it is
// bytes (bytes.hpp); both say the same.
//
// A step that would be illegal for a switch in its present state is left out, and said so, unless
// it is forced: then the switch itself breaks the rule. Before the first step the switch loads,
// attaches and restarts its extensions (unless `late`); after the last it takes everything down
// the documented way and unloads them.

#include <cstdint>
#include <string>
#include <vector>

#include "harness/sched/replay.hpp"
#include "model/event.hpp"

namespace interlock::harness {

enum class Verb : std::uint8_t {
    create_port,      // OID_SWITCH_PORT_CREATE: port, port_type, validation, refused
    update_port,      // OID_SWITCH_PORT_UPDATED
    teardown_port,    // OID_SWITCH_PORT_TEARDOWN
    delete_port,      // OID_SWITCH_PORT_DELETE
    create_nic,       // OID_SWITCH_NIC_CREATE: port, nic, nic_type, refused
    connect_nic,      // OID_SWITCH_NIC_CONNECT
    update_nic,       // OID_SWITCH_NIC_UPDATED
    disconnect_nic,   // OID_SWITCH_NIC_DISCONNECT
    delete_nic,       // OID_SWITCH_NIC_DELETE
    save_nic,         // OID_SWITCH_NIC_SAVE until unclaimed, then OID_SWITCH_NIC_SAVE_COMPLETE
    restore_nic,      // OID_SWITCH_NIC_RESTORE, then OID_SWITCH_NIC_RESTORE_COMPLETE
    request_nic,      // OID_SWITCH_NIC_REQUEST from port/nic (or none) to the external NIC
    nic_status,       // NDIS_STATUS_SWITCH_NIC_STATUS from port/nic below
    add_property,     // OID_SWITCH_PORT_PROPERTY_ADD: port, property, vlan, refused
    update_property,  // OID_SWITCH_PORT_PROPERTY_UPDATE
    delete_property,  // OID_SWITCH_PORT_PROPERTY_DELETE
    send,             // Packets enter from port/nic; see the fields below.
    activate,         // The switch becomes active: NetEventSwitchActivate.
    attach,           // FilterAttach of every extension that is not attached, bottom to top
    restart,          // FilterRestart of the stack, bottom to top
    pause,            // FilterPause of the stack, top to bottom
    detach,           // FilterDetach of the stack, top to bottom
    wait,             // Until the world is quiescent.

    ask_feature,             // OID_SWITCH_FEATURE_STATUS_QUERY, again with more room if wanted
    ask_port_feature,        // OID_SWITCH_PORT_FEATURE_STATUS_QUERY: port
    add_switch_property,     // OID_SWITCH_PROPERTY_ADD, a custom one: id is its instance
    update_switch_property,  // OID_SWITCH_PROPERTY_UPDATE
    delete_switch_property,  // OID_SWITCH_PROPERTY_DELETE
    cancel_send,             // FilterCancelSendNetBufferLists of what was sent with this id
    cancel_oid,              // The next OID request that pends is cancelled.
    indicate_status,         // A status that is not of an adapter: indicated
    pnp_event,               // A PnP event other than the activation: told

    open,             // IRP_MJ_CREATE of a device: handle, device
    close,            // IRP_MJ_CLEANUP, and IRP_MJ_CLOSE when nothing of it is under way
    ioctl,            // IRP_MJ_DEVICE_CONTROL: handle, code, input, output, data, pattern
    read,             // IRP_MJ_READ: handle, output
    write,            // IRP_MJ_WRITE: handle, input, data, pattern
    cancel,           // Every IRP that came by the handle and is not completed is cancelled.
    exit,             // The process ends: everything is cancelled, and then closed.
};
inline constexpr std::size_t verb_count = static_cast<std::size_t>(Verb::exit) + 1;

// Numbers as in ne-ntddndis-_ndis_switch_port_type and ne-ntddndis-_ndis_switch_nic_type, which
// differ from each other.
enum class PortType : std::uint8_t { generic, external, synthetic, emulated, internal };
enum class NicType : std::uint8_t { external, synthetic, emulated, internal };

/// Who refuses a create or a property, if anybody: an extension that would stand above those under
/// test (they never see the request), or one below them (they see it come back failed).
enum class Refused : std::uint8_t { by_nobody, above, below };

/// Port properties the switch can set. Source: ne-ntddndis-_ndis_switch_port_property_type.
/// The last two came with NDIS 6.40.
enum class Property : std::uint8_t { vlan, security, profile, custom, isolation, routing_domain };

constexpr bool came_with_ndis_640(Property property) {
    return property >= Property::isolation;
}

/// Whom a packet's destination address names.
enum class Towards : std::uint8_t { nic, everyone, group, nobody };

/// What a frame's EtherType says it carries; behind it stands a pattern, whatever it says. The
/// local types are for experiments (IEEE 802), and 2 is what nobody looks into.
enum class Payload : std::uint8_t { local_2, local_1, arp, ipv4, ipv6 };
inline constexpr std::uint16_t ether_types[] = {0x88B6, 0x88B5, 0x0806, 0x0800, 0x86DD};

constexpr std::uint16_t ether_type(Payload payload) {
    return ether_types[static_cast<std::size_t>(payload)];
}

/// What an OID_SWITCH_NIC_REQUEST encapsulates.
enum class Inner : std::uint8_t {
    multicast_list,
    allocate_queue,
    free_queue,
    set_filter,
    clear_filter,
    allocate_vf,
    free_vf
};

/// Status indications of the switch's own adapter.
enum class Indicated : std::uint8_t { link_state, media_connect, media_disconnect, network_change };

/// PnP events that are told to a stack as to any other. Source: net_pnp_event_code.
enum class Told : std::uint8_t { query_power, query_remove, cancel_remove, reconfigure };

/// One step. Fields that a verb does not use are zero (or as initialised), so that equal means
/// equal.
struct Step {
    Verb          verb       = Verb::wait;
    bool          force      = false;  // Do it even if the switch may not.
    model::PortId port       = 0;      // 1..250
    std::uint8_t  nic        = 0;      // 0..32
    PortType      port_type  = PortType::synthetic;
    NicType       nic_type   = NicType::synthetic;
    bool          validation = false;
    Refused       refused    = Refused::by_nobody;
    Property      property   = Property::vlan;

    // send
    Towards       towards      = Towards::nic;
    model::PortId other_port   = 0;  // 1..250, with Towards::nic
    std::uint8_t  other_nic    = 0;
    std::uint8_t  packets      = 1;   // 1..32 NBLs, in one list
    std::uint8_t  buffers      = 1;   // 1..4 NET_BUFFERs in each
    std::uint8_t  mdls         = 1;   // 1..4 MDLs in each NET_BUFFER
    std::uint16_t bytes        = 64;  // 14..9014: the frame, Ethernet header included
    std::uint16_t vlan         = 0;   // 0: untagged; 1..4094
    Payload       payload      = Payload::local_2;
    bool          tag_in_frame = false;  // The tag is in the bytes, not in the OOB information.
    bool          at_dispatch  = false;  // The list is sent at DISPATCH_LEVEL.
    bool          mixed        = false;  // Every other NBL comes from other_port's own NIC.
    bool          native       = false;  // NativeForwardingRequired is set.

    /// 1..7: the cancellation id of packets (0: none), or the instance of a switch property.
    std::uint8_t id        = 0;
    Inner        inner     = Inner::multicast_list;
    Indicated    indicated = Indicated::link_state;
    Told         told      = Told::query_power;

    // open to cancel
    std::uint8_t  handle  = 0;      // 1..8
    std::uint8_t  device  = 1;      // 1..8: which of the devices that are there
    std::uint32_t code    = 0;      // IoControlCode; its two lowest bits are the method.
    std::uint16_t input   = 0;      // 0..8192: bytes of the input, and
    std::uint16_t output  = 0;      // of the room for the output
    std::uint16_t pattern = 0;      // What the input goes on with behind `data`; 0: zeroes
    std::vector<std::uint8_t> data = {};  // At most 252 bytes, with which the input begins
    bool          beside  = false;  // The next step does not wait for it.

    friend bool operator==(const Step&, const Step&) = default;
};

/// round_robin: the plainest. random: everything by chance. pct: by priorities, see sched/pct.hpp.
enum class ScheduleKind : std::uint8_t { round_robin, random, pos, pct };
inline constexpr std::uint8_t depth_max = 9;

struct Scenario {
    std::vector<std::string> extensions;  // Bundled ones, top to bottom, unless the caller says.
    std::uint16_t            ndis       = 640;    // 630 or 640
    bool                     active     = true;   // Whether the switch is active at attach.
    bool                     late       = false;  // Extensions attach only at an `attach` step.
    ScheduleKind             schedule   = ScheduleKind::round_robin;
    std::uint64_t            seed       = 0;  // Of any but round_robin.
    std::uint8_t             depth      = 0;  // 1..9, of ScheduleKind::pct.
    std::uint32_t            fault_seed = 0;  // Calls fail by chance, from this seed; 0: none.
    bool preempts_at_memory = false;  // Others may go on before each access to memory...
    bool detects_races      = false;  // ... and races are looked for: harness/race/.
    std::vector<Step>        steps;           // At most 4096.
    std::vector<Decision>    decisions;       // Departures from the schedule, if it is a replay.

    friend bool operator==(const Scenario&, const Scenario&) = default;
};

inline constexpr std::size_t   steps_max = 4096;
inline constexpr model::PortId ports_max = 250;
inline constexpr std::size_t   handles_max = 8;

}  // namespace interlock::harness
