#pragma once

// The filter runtime: what NDIS is to a stack of filter modules. It carries OID requests down and
// their answers up, packets down and up and their completions back, status and PnP events up, and
// writes every call that crosses an extension's edge to the trace.
//
// The stack's two ends belong to the switch (vswitch/): what passes the topmost module upwards or
// the bottommost downwards is handed to the `Ends`.

#include <deque>
#include <functional>
#include <span>
#include <vector>

#include <ndis.h>

#include "harness/image.hpp"
#include "harness/ndis/packet.hpp"
#include "harness/vswitch/switch_state.hpp"
#include "harness/world.hpp"

namespace interlock::harness {

/// Where a filter module stands. Source: filter-module-states-and-operations.
enum class ModulePhase : std::uint8_t { detached, attaching, paused, restarting, running, pausing };

/// One extension: its driver and its one filter module. Its address is its NdisFilterHandle.
struct Module {
    model::ModuleId id              = 0;
    Image*          image           = nullptr;
    ModulePhase     phase           = ModulePhase::detached;
    bool            registered      = false;
    bool            entry_completed = false;  // The pending FilterPause or FilterRestart is done.
    bool            makes_packets   = false;  // It has allocated NBLs of its own.
    bool            restart_asked   = false;  // By NdisFRestartFilter, until its next pause.
    NDIS_STATUS     entry_status    = 0;
    NDIS_HANDLE     context         = nullptr;  // FilterModuleContext
    NDIS_HANDLE     driver_context  = nullptr;
    NDIS_FILTER_DRIVER_CHARACTERISTICS handlers{};
    DRIVER_OBJECT                      driver{};
    char            driver_handle = 0;        // Its address is the driver's NdisFilterDriverHandle.
    struct Request* busy          = nullptr;  // The OID request it was given and has not finished.
    std::deque<struct Request*> waiting;      // OID requests that come after it.

    bool attached() const {
        return phase != ModulePhase::detached;
    }
    /// Data may be handed to it. Source: filter-module-states-and-operations, "Send and Receive".
    bool takes_packets() const {
        return phase == ModulePhase::running || phase == ModulePhase::pausing;
    }
};

/// What an OID request says: what it is about. The same on every clone of it.
struct Said {
    model::Oid      oid  = 0;
    model::PortId   port = 0, other_port = 0;
    model::NicIndex nic = 0, other_nic = 0;
    std::uint32_t   flags = 0, detail = 0, digest = 0;
};

/// What the switch puts into a buffer, and what that says: it need not be read again as long as it
/// is unchanged.
struct Sealed {
    std::vector<std::uint8_t> bytes;
    Said                      said;
};

/// One OID request on its way: the switch's own, an extension's own, or an extension's clone.
struct Request : Said {
    model::ObjectId   id     = 0;
    model::ObjectId   parent = 0;
    NDIS_OID_REQUEST* raw    = nullptr;
    model::ModuleId   from   = model::host_module;  // Who issued it downwards.
    model::ModuleId   given  = model::host_module;  // Which module has it now; host_module: an end.
    bool              alive  = true;  // The structure exists; its address means this request.
    bool              is_clone = false;
    bool              issued   = false;
    bool              done     = false;  // By the module that was given it.
    bool              answered = false;  // Who issued it knows the outcome.
    bool              refused  = false;  // The lower end refuses it.
    NDIS_STATUS       status   = NDIS_STATUS_SUCCESS;
    Request*          original = nullptr;
    const Sealed*     sealed   = nullptr;  // Of the switch's own and clones of them.
};

/// The two ends of the stack. The switch implements them.
class Ends {
public:
    virtual ~Ends() = default;

    /// An OID request has reached the miniport edge.
    /// @return its final status, or NDIS_STATUS_PENDING: then `Ndis::answer` follows.
    virtual NDIS_STATUS take_oid(Request& request) = 0;

    /// Packets have reached the miniport edge; it owns them.
    virtual void take_sent(NET_BUFFER_LIST* list, ULONG flags) = 0;

    /// Packets that the miniport edge indicated are back.
    virtual void take_returned(NET_BUFFER_LIST* list, ULONG flags) = 0;

    /// Packets were indicated up to the protocol edge; it owns them.
    virtual void take_indicated(NET_BUFFER_LIST* list, ULONG flags) = 0;

    /// Packets that the protocol edge sent are back.
    virtual void take_sent_back(NET_BUFFER_LIST* list, ULONG flags) = 0;

    /// An extension starts a packet of its own: the switch counts it, until it is home again.
    virtual void starts(Packet& packet)  = 0;
    virtual void is_home(Packet& packet) = 0;

    /// It names no source and no destination any more.
    virtual void forget_ends_of(Packet& packet) = 0;

    /// Fills in what an NDIS_OID_REQUEST says of itself.
    virtual void describe(Request& request) = 0;

    /// Fills in what a request says of itself that is now being finished: its structure is there.
    virtual void describe_result(const Request& request, NDIS_STATUS status,
                                 model::Event& event) = 0;

    /// Who had a request of the switch's own has finished it: nobody touches it from here on.
    virtual void is_finished(const Request& request) = 0;

    /// Reports what was written to requests that are finished; as look_at_given_away.
    virtual void look_at_finished(model::ModuleId by) = 0;

    /// `by` accesses memory: reports it where that is of a request that is finished.
    /// @return whether it is.
    virtual bool look_at_access(const void* memory, std::size_t bytes, model::ModuleId by) = 0;

    /// `detail` of an event that brings the request's result.
    virtual std::uint32_t detail_of_result(const Request& request, NDIS_STATUS status) = 0;

    /// A module has just told its attributes and is not attached yet: only a faulty switch acts.
    virtual void attributes_set() = 0;

    /// The table of handlers for NdisFGetOptionalSwitchHandlers.
    virtual const NDIS_SWITCH_OPTIONAL_HANDLERS& handlers() const = 0;
};

enum class Path : std::uint8_t { ingress, egress };

class Ndis;

/// How an extension hands a list on: by which call, on which path, and what comes then.
struct Handover {
    model::Call call;
    Path        path;
    void (Ndis::*onward)(NET_BUFFER_LIST*, ULONG, model::ModuleId);

    static constexpr std::uint32_t as_long_as_it_is = 0xFFFF'FFFF;
    std::uint32_t said = as_long_as_it_is;  // How long the extension says the list is.
};

class Ndis {
public:
    explicit Ndis(World& world) : world(world) {}

    /// Who attaches and detaches, where that happens inside a driver's own call.
    struct Life {
        /// A driver has registered, and has not been told so yet.
        std::function<void(Module&)> registered;
        /// A driver deregisters: its module is to be detached first.
        std::function<void(Module&)> deregisters;
    };
    Life life;

    /// Forgets the last run. @param images  the stack, top first; they stay loaded.
    void begin(std::span<Image> images, Ends& ends);

    std::vector<Module>& stack() {
        return modules;
    }
    Module* module_of(NDIS_HANDLE filter_handle);
    Module* module_of_driver(NDIS_HANDLE driver_handle);
    Ends&   both_ends() {
          return *ends;
    }
    const NDIS_SWITCH_OPTIONAL_HANDLERS& switch_handlers() const {
        return ends->handlers();
    }
    PacketPool& packets() {
        return pool;
    }
    model::ObjectId next_object() {
        return ++objects;
    }

    // --- Module events, each a call into the extension; ndis/modules.cpp
    // --------------------------

    NDIS_STATUS load(Module& module);    // DriverEntry
    void        unload(Module& module);  // DriverUnload
    NDIS_STATUS attach(Module& module);
    void        detach(Module& module);
    NDIS_STATUS set_options(Module& module);
    NDIS_STATUS restart(Module& module);  // Waits if it is pended.
    NDIS_STATUS pause(Module& module);    // Waits if it is pended.

    // --- OID requests; ndis/oid.cpp
    // ----------------------------------------------------------------

    /// Makes a request that the switch itself will issue. Lives until the run's end.
    Request& make_request(NDIS_OID_REQUEST* raw);

    /// Forgets all requests, if every one is over. @return whether it is so.
    bool forget_requests();

    /// Hands a request to the topmost module below `from`, or to the miniport edge.
    /// @return its final status, or NDIS_STATUS_PENDING.
    NDIS_STATUS issue(Request& request, model::ModuleId from);

    /// The layer below `request.from` has finished it: tells who issued it.
    void answer(Request& request, NDIS_STATUS status);

    /// A request by its structure: the living one.
    Request* find(const NDIS_OID_REQUEST* raw);

    /// Tells the module below `from` that holds the request of that RequestId that it is cancelled.
    void cancel_oid(const void* id, model::ModuleId from);

    /// Whether a clone of it was passed on and is not back yet.
    bool has_clone_below(const Request& request) const;

    /// The request of that RequestId that `from` issued and knows no outcome of; nullptr if none.
    Request* issued_under(const void* id, model::ModuleId from);

    NDIS_STATUS allocate_clone(Module& module, NDIS_OID_REQUEST* raw, ULONG tag,
                               NDIS_OID_REQUEST** clone);
    void        free_clone(Module& module, NDIS_OID_REQUEST* clone);
    NDIS_STATUS request_from(Module& module, NDIS_OID_REQUEST* raw);  // NdisFOidRequest
    void        complete_from(Module& module, NDIS_OID_REQUEST* raw, NDIS_STATUS status);

    // --- Packets; ndis/data.cpp. `above`: the module that hands them on, host_module for an end.
    // ---

    void send(NET_BUFFER_LIST* list, ULONG flags, model::ModuleId above);
    void send_complete(NET_BUFFER_LIST* list, ULONG flags, model::ModuleId below);
    void indicate(NET_BUFFER_LIST* list, ULONG flags, model::ModuleId below);
    void give_back(NET_BUFFER_LIST* list, ULONG flags, model::ModuleId above);

    /// Tells the next module on the way down that what was sent under this id is cancelled.
    void cancel_send(void* id, model::ModuleId above);

    /// NdisFSend…, NdisFSend…Complete, NdisFIndicate… or NdisFReturnNetBufferLists.
    void list_from(Module& module, NET_BUFFER_LIST* list, ULONG flags, const Handover& handover);

    /// One event for each NBL of a list, entering `call`.
    void enter_list(model::Call call, model::ModuleId module, NET_BUFFER_LIST* list, ULONG flags);

    /// The same where there is more to say; object, port, nic, place, status and detail are filled.
    void enter_list(model::Event event, NET_BUFFER_LIST* list);

    /// Remembers the data of a packet that sets out on its way up, where it may not change.
    void sum_data(Packet& packet);

    /// Reports what was written to packets and requests that were given away, if anything was. A
    /// run that looks after each piece of code knows that it was `by`; another takes it that it was
    /// who gave them away, and reports what `by` did.
    void look_at_given_away(model::ModuleId by);

    /// `by` accesses memory: reports it where that is of a packet or request that was given away.
    /// @return whether it is; once of each.
    bool look_at_access(const void* memory, std::size_t bytes, model::ModuleId by);

    // --- Status and PnP, upwards from `below`; ndis/events.cpp
    // -------------------------------------

    void        indicate_status(NDIS_STATUS_INDICATION* indication, model::ModuleId below);
    NDIS_STATUS pnp_event(NET_PNP_EVENT_NOTIFICATION* event, model::ModuleId below);

    World& world;

private:
    friend class Callback;

    NDIS_STATUS      deliver(Request& request, Module& module);
    NET_BUFFER_LIST* take_from(Module& module, NET_BUFFER_LIST* list, const Handover& handover);
    void             start_own(Packet& packet, Path path);
    void             welcome_home(const Module& module, NET_BUFFER_LIST* list);
    void             complete_to(Module& module, NET_BUFFER_LIST* list, ULONG flags);
    void             return_to(Module& module, NET_BUFFER_LIST* list, ULONG flags);
    void             tell_touched(const Packet& packet, model::ModuleId by);
    std::size_t      length_of(const NET_BUFFER_LIST* list);
    void             hold(NET_BUFFER_LIST* list, model::ModuleId holder);
    bool             is_handed_packets(const Module& module);
    void             finished_by(Module& module, Request& request);
    Module*          next_below(model::ModuleId from);
    Module*          next_above(model::ModuleId from);
    NDIS_STATUS      wait_for_entry(Module& module, std::string_view place);

    Ends*               ends = nullptr;
    std::vector<Module> modules;
    PacketPool          pool;
    std::deque<Request> requests;
    std::size_t         requests_used = 0;
    model::ObjectId     objects       = 0;
};

/// In `detail` of a packet's event, beside its number of NET_BUFFERs: NativeForwardingRequired.
inline constexpr std::uint32_t native_forwarding = 0x10000;

/// As the `count` of an enter event: it was, or will be, written for each NBL of a list.
inline constexpr std::uint16_t in_a_list = 0xFFFF;

/// A call from the host into an extension: writes `enter`, makes the module the one whose code
/// runs, and on `leave` checks that IRQL and locks are as they were.
class Callback {
public:
    Callback(Ndis& ndis, const Module& module, const model::Event& enter)
        : event{.call = enter.call, .module = module.id}, ndis(ndis) {
        come_in();
        if (enter.count != in_a_list) {
            model::Event made = enter;
            made.module       = module.id;
            ndis.world.recorder.add(made);
        }
        ndis.world.kernel.current().module = module.id;
    }

    /// Writes the `leave` event. Call exactly once, after the extension's function came back.
    void left(NDIS_STATUS status = NDIS_STATUS_SUCCESS);

    model::Event event;  // The `leave` event; fields it is to carry may be filled in before.

private:
    void come_in();

    Ndis&           ndis;
    model::ModuleId module_before;
    std::uint8_t    irql_before;
    std::uint8_t    locks_before;
};

/// How each call from an extension begins: its IRQL is checked, and others may go on before it
/// acts.
void arrive(World& world, model::Call call, std::uint8_t irql_max);

/// A call from an extension into the host: checks the IRQL, yields, writes `enter`; `left` writes
/// `leave`, which repeats what `event` says by then.
class Ddi {
public:
    /// @param irql_max  the documented limit of the call.
    Ddi(const Module& module, const model::Event& enter, std::uint8_t irql_max)
        : world(harness::world()) {
        arrive(world, enter.call, irql_max);
        model::Event made = enter;
        made.module       = module.id;
        if (made.count != in_a_list) world.recorder.add(made);
        event = made;
    }

    void left(NDIS_STATUS status = NDIS_STATUS_SUCCESS);

    model::Event event;

private:
    World& world;
};

/// What a request says of itself, as an event of `call`.
inline model::Event event_of(model::Call call, const Request& request) {
    return {.call       = call,
            .object     = request.id,
            .parent     = request.parent,
            .port       = request.port,
            .nic        = request.nic,
            .other_port = request.other_port,
            .other_nic  = request.other_nic,
            .oid        = request.oid,
            .flags      = request.flags,
            .detail     = request.detail,
            .digest     = request.digest};
}

/// What an indication says of itself, as an event of `call`.
model::Event event_of(model::Call call, const NDIS_STATUS_INDICATION& indication);

/// The module of a filter handle, or nothing, which is reported as Misuse::bad_argument.
Module* module_or_misuse(NDIS_HANDLE filter_handle);

/// The same of a filter driver's handle.
Module* driver_or_misuse(NDIS_HANDLE driver_handle);

}  // namespace interlock::harness
