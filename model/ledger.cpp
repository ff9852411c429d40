#include "model/ledger.hpp"

#include <utility>

namespace interlock::model {
namespace {

// What a call's events name, as model/call.hpp has it.
constexpr std::uint8_t request = 1, packet = 2, nic = 4, other = 8, callback = 16, nesting = 32;

constexpr std::size_t number(Call call) {
    return static_cast<std::size_t>(call);
}

constexpr bool is_between(Call call, Call first, Call last) {
    return number(first) <= number(call) && number(call) <= number(last);
}

consteval std::uint8_t named_by(Call call) {
    using enum Call;
    switch (call) {
        case AddNetBufferListDestination:
        case UpdateNetBufferListDestinations:
        case ProtocolEdgeDeliver:
            return packet | other;
        case SetNetBufferListSource:
        case ProtocolEdgeSend:
            return packet | nic;
        case FilterCancelSendNetBufferLists:
        case NdisFCancelSendNetBufferLists:
            return 0;
        case FilterStatus:
        case NdisFIndicateStatus:
        case ReferenceSwitchNic:
        case DereferenceSwitchNic:
        case ReferenceSwitchPort:
        case DereferenceSwitchPort:
            return nic;
        case ProtocolEdgeOidRequest:
        case NdisFOidRequest:
            return request | nic | other;
        default:
            if (is_between(call, ProtocolEdgeOidRequest, MiniportEdgeOidRequestComplete))
                return request;
            if (is_between(call, ProtocolEdgeSend, ReportFilteredNetBufferLists)) return packet;
            return 0;
    }
}

consteval std::uint8_t nature(Call call) {
    using enum Call;
    const bool edge = call == ProtocolEdgeOidRequest || call == ProtocolEdgeOidRequestComplete ||
                      call == MiniportEdgeOidRequest || call == MiniportEdgeOidRequestComplete ||
                      call == ProtocolEdgeSend || call == ProtocolEdgeSendComplete ||
                      call == MiniportEdgeSend || call == MiniportEdgeSendComplete ||
                      is_between(call, ProtocolEdgeDeliver, ProtocolEdgeReturn) ||
                      call == MiniportEdgeIndicate || call == MiniportEdgeReturned;
    if (edge || is_between(call, SwitchActivated, EndOfRun)) return 0;
    const bool in = call == DriverEntry || call == DriverUnload ||
                    is_between(call, FilterSetModuleOptions, FilterStatus) ||
                    is_between(call, FilterOidRequest, FilterCancelOidRequest) ||
                    call == FilterSendNetBufferLists || call == FilterSendNetBufferListsComplete ||
                    call == FilterCancelSendNetBufferLists || call == FilterReceiveNetBufferLists ||
                    call == FilterReturnNetBufferLists;
    return in ? nesting | callback : nesting;
}

constexpr auto traits = [] {
    return []<std::size_t... index>(std::index_sequence<index...>) {
        return std::array{static_cast<std::uint8_t>(named_by(static_cast<Call>(index)) |
                                                    nature(static_cast<Call>(index)))...};
    }(std::make_index_sequence<call_count>{});
}();

static_assert(traits[number(Call::FilterPause)] & callback);
static_assert(!(traits[number(Call::NdisFOidRequest)] & callback));
static_assert(!(traits[number(Call::Quiescent)] & nesting));

Frame* returning(Task& task, const Event& event) {
    for (auto frame = task.frames.rbegin(); frame != task.frames.rend(); ++frame)
        if (frame->call == event.call && frame->module == event.module) return &*frame;
    return nullptr;
}

}  // namespace

bool is_callback(Call call) {
    return traits[number(call)] & callback;
}

bool nests(Call call) {
    return traits[number(call)] & nesting;
}

bool carries_list(Call call) {
    using enum Call;
    return call == UpdateNetBufferListDestinations || call == ReportFilteredNetBufferLists ||
           call == FilterSendNetBufferLists || call == NdisFSendNetBufferLists ||
           call == FilterSendNetBufferListsComplete || call == NdisFSendNetBufferListsComplete ||
           call == FilterReceiveNetBufferLists || call == NdisFIndicateReceiveNetBufferLists ||
           call == FilterReturnNetBufferLists || call == NdisFReturnNetBufferLists;
}

void Ledger::begin(const TraceFacts& of) {
    facts     = of;
    activated = false;
    quiet     = false;
    ports.clear();
    nics.clear();
    requests.clear();
    packets.clear();
    modules.fill(Module{});
    for (const auto task : tasks_used) {
        tasks[task].frames.clear();
        tasks[task].misuse_told = false;
        tasks[task].used        = false;
    }
    tasks_used.clear();
    commits.clear();
    commits_free = no_index;
    ports_open.clear();
    nics_open.clear();
    requests_open.clear();
    packets_open.clear();
}

Focus Ledger::look(const Event& event) {
    const std::uint8_t named = traits[number(event.call)];
    Focus              focus;
    if (event.module < modules_max) focus.module = &modules[event.module];
    if (event.task >= tasks.size()) tasks.resize(std::size_t{event.task} + 1);
    focus.task = &tasks[event.task];
    if (!focus.task->used) {
        focus.task->used = true;
        tasks_used.push_back(event.task);
    }
    if (event.phase == Phase::leave && (named & nesting))
        focus.frame = returning(*focus.task, event);

    const ObjectId object =
        event.object == 0 && focus.frame != nullptr ? focus.frame->object : event.object;
    const auto found = [](auto& store, Index index) {
        return index == no_index ? nullptr : &store[index];
    };
    if (named & request) focus.request = found(requests, requests.find(object));
    if (named & packet) focus.packet = found(packets, packets.find(object));
    if (named & nic) {
        focus.port = found(ports, port_at(event.port));
        focus.nic  = found(nics, nic_at(event.port, event.nic));
    }
    if (named & other) focus.other = found(nics, nic_at(event.other_port, event.other_nic));
    return focus;
}

const Frame* Ledger::callback(std::uint16_t task, ModuleId module) const {
    const auto& frames = tasks[task].frames;
    for (auto frame = frames.rbegin(); frame != frames.rend(); ++frame)
        if (frame->module == module && is_callback(frame->call)) return &*frame;
    return nullptr;
}

bool Ledger::delivering(ModuleId module, Place at) const {
    for (const auto task : tasks_used)
        for (const Frame& frame : tasks[task].frames)
            if (frame.module == module && is_callback(frame.call) && frame.first <= at &&
                at <= frame.last)
                return true;
    return false;
}

}  // namespace interlock::model
