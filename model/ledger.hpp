#pragma once

// What is known now: ports and adapters by incarnation, requests, packets, modules, and the calls
// that are open on each task. The course (course.hpp) writes it, the rules read it.

#include <array>
#include <cstdint>
#include <vector>

#include "model/call_traits.hpp"
#include "model/devices.hpp"
#include "model/event.hpp"
#include "model/judge.hpp"
#include "model/machines/states.hpp"
#include "model/oids.hpp"
#include "model/permissions.hpp"
#include "model/store.hpp"

namespace interlock::model {

template <class Value>
using PerModule = std::array<Value, modules_max>;

/// How many references each extension holds, and since when.
struct References {
    PerModule<std::uint16_t> held     = {};
    PerModule<Place>         since    = {};
    PerModule<std::uint16_t> guarding = {};  // Its own OIDs under way, which need one each.
    std::uint32_t            total    = 0;
    Place                    last     = 0;
};

/// A port and an adapter on it, as an event names them.
struct Target {
    PortId   port = 0;
    NicIndex nic  = 0;

    friend bool operator==(const Target&, const Target&) = default;
};

/// One incarnation of a port. Its state is the switch's own view: what was issued and completed at
/// the protocol edge.
struct Port {
    PortId        id              = 0;
    PortState     state           = PortState::not_created;
    bool          validation      = false;
    bool          adopted         = false;  // It was there before the trace began.
    std::uint32_t type            = 0xFF;   // NDIS_SWITCH_PORT_TYPE; 0xFF: unknown.
    Place         changed         = 0;
    Place         oid_since       = 0;
    std::uint16_t oids_open       = 0;  // OIDs that target it.
    std::uint16_t life_open       = 0;  // Of those, OIDs of its own life cycle.
    std::uint16_t nics_life_open  = 0;  // OIDs of the life cycle of its adapters.
    std::uint16_t nics_live       = 0;  // Adapters that are not absent,
    std::uint16_t bound_live      = 0;  // and of those, with an index above 0.
    std::uint16_t bound_connected = 0;  // Of these, connecting or connected.
    std::uint8_t  strange_to      = 0;  // Extensions (one bit each) that came later than it
                                        // and were not told of it yet.
    References          references;
    PerModule<PortView> view   = {};
    PerModule<Place>    viewed = {};
    Place               met    = 0;  // Where it was first named.
    Index               open   = no_index;
};

/// One incarnation of a network adapter connection, likewise.
struct Nic {
    PortId             port       = 0;
    NicIndex           index      = 0;
    NicState           state      = NicState::absent;
    SaveState          save       = SaveState::idle;
    RestoreState       restore    = RestoreState::idle;
    bool               adopted    = false;
    std::uint8_t       strange_to = 0;     // As for a port.
    std::uint32_t      type       = 0xFF;  // NDIS_SWITCH_NIC_TYPE; 0xFF: unknown.
    std::uint32_t      identity   = 0;     // Digest of its names; 0: not told.
    std::uint32_t      save_needs = 0;  // Bytes that an extension asked for to save; 0: none did.
    Place              changed    = 0;
    Place              oid_since  = 0;
    std::uint16_t      oids_open  = 0;  // OIDs that name it.
    std::uint16_t      life_open  = 0;  // Of those, OIDs of its life cycle.
    std::uint32_t      pins       = 0;  // Packets in flight, by source and committed destination.
    Place              pinned     = 0;  // The last of those.
    References         references;
    PerModule<NicView> view   = {};
    PerModule<Place>   viewed = {};
    Place              met    = 0;  // Where it was first named.
    Index              open   = no_index;
};

/// One NDIS_OID_REQUEST structure. A clone is a request of its own.
struct Request {
    ObjectId id       = 0;
    Index    parent   = no_index;  // What it is a clone of.
    Index    root     = no_index;  // What the switch, or an extension on its own account, issued.
    Oid      oid      = 0;
    Index    port     = no_index;  // The incarnation that it targets,
    Index    nic      = no_index;
    Index    other    = no_index;  // and for NIC_REQUEST the destination's.
    ModuleId maker    = host_module;
    bool     own      = false;  // An extension issued it on its own account.
    bool     sent     = false;  // It is on its way,
    bool     finished = false;  // and has been completed to its maker.
    bool     tainted  = false;  // A rule was broken with it: its maker or holder is in disorder.
    bool     clone_failed    = false;
    bool     passed_through  = false;  // It was handed on itself, not as a clone.
    std::uint16_t ports_held = 0;      // References on its port that the module had when it came.
    bool          cancelled  = false;  // FilterCancelOidRequest named it while it was held.

    // What it says of itself, as it was issued or passed on: see the fields of the same names in
    // event.hpp; for NIC_REQUEST `from` is the source and `to` the destination.
    Target        from, to;
    std::uint32_t flags = 0, detail = 0;

    // At the upper edge of the module it was delivered to.
    ModuleId      module    = host_module;
    OidState      state     = OidState::unknown;
    bool          cloned_on = false;  // It was forwarded.
    Status        below     = 0;      // How its clone came back.
    Place         since     = 0;      // The last change of state.
    Place         handed    = 0;      // Where it was delivered,
    std::uint32_t digest    = 0;      // and of what its buffer then was.
    Index         open      = no_index;

    // Of a root.
    Place        since_issue   = 0;      // Where it was issued.
    std::uint8_t handed_to     = 0;      // To which modules it was delivered: one bit each.
    bool         at_bottom     = false;  // It, or a clone, reached the miniport edge.
    bool         decided_above = false;  // An extension completed it, or changed the result.
    Status       bottom        = 0;      // How the miniport edge completed it.
};

/// One NBL at one module on one path.
struct Token {
    PacketState   state   = PacketState::away;
    FilterState   entered = FilterState::detached;  // The module's state when it was delivered,
    std::uint16_t marks   = 0;                      // and the packet's marks, the upper half.
    Place         since   = 0;
};

enum class Path : std::uint8_t { ingress, egress };
inline constexpr std::array paths{Path::ingress, Path::egress};

/// A destination that a packet was given.
struct Commit {
    Index    nic    = no_index;
    Index    next   = no_index;
    Place    at     = 0;
    ModuleId module = host_module;
};

struct Packet {
    ObjectId      id          = 0;
    ObjectId      parent      = 0;
    ModuleId      origin      = host_module;  // Who made it.
    bool          context     = false;        // Own: it has a forwarding context.
    bool          known       = true;         // Its making was seen.
    bool          tainted     = false;        // A rule of ownership was broken with it.
    bool          at_edge     = false;        // The protocol edge sent it, and has it not back.
    bool          indicated   = false;        // The miniport edge sent it up, and has it not back.
    bool          freed       = false;        // By who made it.
    bool          vague       = false;        // It has a destination that the trace never told of.
    bool          native      = false;        // NativeForwardingRequired
    bool          cloned      = false;        // Somebody made a clone of it.
    bool          shares_data = false;        // Own: made by NdisAllocateCloneNetBufferList,
    bool          sourced     = false;        // SetNetBufferListSource was called on it,
    bool          copied      = false;        // CopyNetBufferListInfo,
    bool          preserved   = false;        // and that kept the destinations.
    std::uint8_t  reported    = 0;            // By which modules, as a drop; a bit each.
    PortId        port        = 0;            // Its source.
    Index         source      = no_index;     // The incarnation of that,
    Index         pinned      = no_index;     // while the packet is under way.
    Index         commits     = no_index;     // The first of its destinations, newest first.
    Place         sent        = 0;
    std::uint16_t tokens_open = 0;
    Index         open        = no_index;
    PerModule<std::uint8_t>         contexts = {};  // Types of switch context; a bit each.
    std::array<PerModule<Token>, 2> tokens   = {};

    Token& token(Path path, ModuleId module) {
        return tokens[std::size_t(path)][module];
    }
    const Token& token(Path path, ModuleId module) const {
        return tokens[std::size_t(path)][module];
    }
};

/// A property of a port or of the switch, by what its requests name.
struct Property {
    Index         port    = no_index;  // The incarnation; none: it is the switch's.
    PropertyState state   = PropertyState::unheard;
    std::uint8_t  given   = 0;  // Which modules its add was delivered to: one bit each.
    Place         changed = 0;
};

/// The status indications that an extension was handed.
struct Handed {
    // The last one, and by which task.
    std::uint32_t digest = 0, detail = 0;
    Target        from, to;
    std::uint16_t task = 0;

    // How many it has not passed on yet: NDIS_STATUS_SWITCH_NIC_STATUS, and others.
    std::uint16_t adapter_owed = 0, others_owed = 0;
    Place         since = 0;
};

/// One extension in the stack.
struct Module {
    FilterState    state            = FilterState::detached;
    ExtensionClass kind             = ExtensionClass::unknown;
    ActivationState activation      = ActivationState::unasked;
    bool           attributes_set   = false;              // NdisFSetAttributes
    bool           handlers_got     = false;              // NdisFGetOptionalSwitchHandlers
    bool           seen             = false;              // An event named it.
    bool           registered       = false;              // NdisFRegisterFilterDriver
    bool           makes_packets    = false;              // It has made NBLs of its own.
    bool           adopted          = false;              // It was attached before the trace began,
    bool           unsure           = false;              // and its state is a guess.
    bool           detaching        = false;              // FilterDetach was entered,
    bool           detached         = false;              // and has returned.
    bool           pending          = false;  // Its restart or pause is to complete later.
    std::uint16_t  inflight         = 0;      // OIDs delivered and not finished.
    std::uint16_t  own_open         = 0;      // OIDs of its own, not answered.
    Place          inflight_since   = 0;
    Place          changed          = 0;  // The last change of state.
    Place          attached         = 0;  // FilterAttach was entered.
    Place          own_since        = 0;  // Its last own OID request.
    Handed         indication       = {};
    std::uint32_t  extension        = 0;      // Digest of the ExtensionId that it saves under.
    std::uint8_t   allocated        = 0;      // Kinds of offload resources: model/offload.hpp.
    bool           late             = false;  // Ports were there before it first came.
    bool           oids_handed      = false;  // FilterOidRequest was called for it.
    bool           restart_asked    = false;  // NdisFRestartFilter succeeded, and no pause since.
    bool           activation_told  = false;  // NetEventSwitchActivate was handed to it.
};

/// A call that has not returned.
struct Frame {
    Call          call    = {};
    ModuleId      module  = host_module;
    std::uint8_t  irql    = 0;
    std::uint8_t  locks   = 0;
    FilterState   entered = FilterState::detached;  // The module's state as the call began.
    std::uint16_t count   = 0;                      // Lists: as announced,
    std::uint16_t seen    = 0;                      // and as it was.
    Place         first   = 0;                      // Where it was entered,
    Place         last    = 0;                      // lists: and its last element.
    bool          mixed   = false;                  // Lists: from several ports.
    bool          told_on = false;                  // What it tells of was told on within it.
    ObjectId      object  = 0;
    ObjectId      parent  = 0;
    PortId        port    = 0;  // Lists: the first NBL's source.
    NicIndex      nic     = 0;
    std::uint32_t flags   = 0;
    std::uint32_t detail  = 0;
    Index         commits = no_index;  // Destinations that wait for success.
};

struct Task {
    std::vector<Frame> frames;               // Innermost last.
    bool               misuse_told = false;  // The runtime told of a lock or IRQL; say it once.
    bool               used        = false;

    /// The innermost open call of that name and module; null if there is none.
    Frame* returning(Call call, ModuleId module) {
        for (auto frame = frames.rbegin(); frame != frames.rend(); ++frame)
            if (frame->call == call && frame->module == module) return &*frame;
        return nullptr;
    }
};

/// The records that one event is about. None is owned; each may be null.
struct Focus {
    Module*  module  = nullptr;
    Task*    task    = nullptr;
    Frame*   frame   = nullptr;  // On leave: the call that returns.
    Request* request = nullptr;
    Packet*  packet  = nullptr;
    Irp*     irp     = nullptr;
    Port*    port    = nullptr;
    Nic*     nic     = nullptr;
    Nic*     other   = nullptr;  // Of other_port, other_nic.
};

struct Ledger {
    TraceFacts facts;
    bool       activated = false;  // SwitchActivated was seen.
    bool       quiet     = false;  // The last event was Quiescent.

    Store<std::uint32_t, Port>       ports;
    Store<std::uint64_t, Nic>        nics;
    Store<std::uint32_t, Request>    requests;
    Store<std::uint32_t, Packet>     packets;
    Store<std::uint64_t, Property>   properties;
    Store<std::uint32_t, Irp>        irps;
    Store<std::uint32_t, MadeDevice> devices;
    std::array<Module, modules_max>  modules;
    std::vector<Task>                tasks;
    std::vector<std::uint16_t>       tasks_used;
    std::vector<Commit>              commits;
    Index                            commits_free = no_index;

    // What is unfinished, for the judging of obligations; the records hold their place in here.
    std::vector<Index> ports_open;     // Not in state not_created,
    std::vector<Index> nics_open;      // not absent,
    std::vector<Index> requests_open;  // held, forwarded or answered at a module,
    std::vector<Index> packets_open;   // with a token that is not away,
    std::vector<Index> irps_open;      // not completed,
    std::vector<Index> devices_open;   // not deleted.

    void begin(const TraceFacts& of);

    /// How many records there are, of what is over among them.
    std::size_t records() const;

    /// Forgets what is over, so that any trace is judged in bounded memory. The newest records are
    /// remembered, as many as `facts` says; so is what something that is not over names.
    void forget();

    /// Finds what the event is about. Changes nothing but the making of an unused task.
    void look(const Event& event, Focus& focus);

    Task& task_of(const Event& event) {
        if (event.task < tasks.size() && tasks[event.task].used) return tasks[event.task];
        return first_seen(event.task);
    }
    Task& first_seen(std::uint16_t task);

    /// One for each adapter; small for the small ports and indices that most switches have.
    static std::uint64_t key(PortId port, NicIndex nic) {
        const std::uint64_t high = std::uint64_t{port} >> 7 << 12 | std::uint64_t{nic} >> 5;
        return high << 12 | (port & 0x7FU) << 5 | (nic & 0x1FU);
    }

    /// A property: of that port, or with `no_index` of the switch; its type, and what
    /// buffer::number_in says of its id and instance.
    static std::uint64_t key(Index port, std::uint32_t type, std::uint32_t number) {
        return std::uint64_t{port} << 32 | (type & 0xFF) << 24 | number;
    }
    static std::uint64_t key(const Request& request);

    /// The newest incarnation; `no_index` if there never was one.
    Index nic_at(PortId port, NicIndex nic) const {
        return nics.find(key(port, nic));
    }
    Index port_at(PortId port) const {
        return ports.find(port);
    }

    /// The innermost call into `module` that is open on `task`; null if there is none.
    const Frame* callback(std::uint16_t task, ModuleId module) const;

    /// Whether a call that delivered something to `module` at `at` is still open.
    bool delivering(ModuleId module, Place at) const;
};

/// Puts a record on a list of unfinished ones, and takes it off: O(1), the order is lost.
template <class Record>
void put_on(std::vector<Index>& list, Record& record, Index index) {
    if (record.open != no_index) return;
    record.open = static_cast<Index>(list.size());
    list.push_back(index);
}

template <class Stored>
void take_off(std::vector<Index>& list, Stored& store, Index index) {
    auto& record = store[index];
    if (record.open == no_index) return;
    list[record.open]       = list.back();
    store[list.back()].open = record.open;
    record.open             = no_index;
    list.pop_back();
}

// Here because every event comes through it.
inline void Ledger::look(const Event& event, Focus& focus) {
    namespace names          = call_traits;
    const std::uint8_t named = names::of(event.call);
    focus                    = {};
    focus.task               = &task_of(event);
    if (event.module < modules_max) focus.module = &modules[event.module];

    ObjectId object = event.object;
    if (event.phase == Phase::leave && (named & names::nesting)) {
        focus.frame = focus.task->returning(event.call, event.module);
        if (object == 0 && focus.frame != nullptr) object = focus.frame->object;
    }
    if (named & names::request) focus.request = requests.at(object);
    if (named & names::packet) focus.packet = packets.at(object);
    if (named & names::irp) focus.irp = irps.at(object);
    if (named & names::nic) {
        focus.port = ports.at(event.port);
        focus.nic  = nics.at(key(event.port, event.nic));
    }
    if ((named & names::other) && event.other_port != 0)
        focus.other = nics.at(key(event.other_port, event.other_nic));
}

}  // namespace interlock::model
