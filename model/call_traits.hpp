#pragma once

// What follows from a call's name alone, as model/call.hpp has it: what its events name, whether it
// has a return, and whether it calls into an extension.

#include <array>
#include <utility>

#include "model/call.hpp"

namespace interlock::model {
namespace call_traits {

inline constexpr std::uint8_t request = 1, packet = 2, nic = 4, other = 8, callback = 16,
                              nesting = 32, irp = 64;

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
        case ReferenceSwitchNic:
        case DereferenceSwitchNic:
        case ReferenceSwitchPort:
        case DereferenceSwitchPort:
            return nic;
        case FilterStatus:
        case NdisFIndicateStatus:
            return nic | other;
        case ProtocolEdgeOidRequest:
        case NdisFOidRequest:
            return request | nic | other;
        case DriverDispatch:
        case DriverCancel:
        case IoCompleteRequest:
        case RequestorCancels:
            return irp;
        default:
            if (is_between(call, ProtocolEdgeOidRequest, MiniportEdgeOidRequestComplete))
                return request;
            if (is_between(call, ProtocolEdgeSend, ReportFilteredNetBufferLists)) return packet;
            return 0;
    }
}

consteval std::uint8_t nature(Call call) {
    using enum Call;
    if (call == NdisAllocateCloneOidRequest || call == NdisFreeCloneOidRequest) return 0;
    const bool edge = call == ProtocolEdgeOidRequest || call == ProtocolEdgeOidRequestComplete ||
                      call == MiniportEdgeOidRequest || call == MiniportEdgeOidRequestComplete ||
                      call == ProtocolEdgeSend || call == ProtocolEdgeSendComplete ||
                      call == MiniportEdgeSend || call == MiniportEdgeSendComplete ||
                      is_between(call, ProtocolEdgeDeliver, ProtocolEdgeReturn) ||
                      call == MiniportEdgeIndicate || call == MiniportEdgeReturned ||
                      call == RequestorCancels;
    if (edge || is_between(call, SwitchActivated, EndOfRun)) return 0;
    const bool in = call == DriverEntry || call == DriverUnload || call == DriverDispatch ||
                    call == DriverCancel ||
                    is_between(call, FilterSetModuleOptions, FilterStatus) ||
                    is_between(call, FilterOidRequest, FilterCancelOidRequest) ||
                    call == FilterSendNetBufferLists || call == FilterSendNetBufferListsComplete ||
                    call == FilterCancelSendNetBufferLists || call == FilterReceiveNetBufferLists ||
                    call == FilterReturnNetBufferLists;
    return in ? nesting | callback : nesting;
}

inline constexpr auto traits = [] {
    return []<std::size_t... index>(std::index_sequence<index...>) {
        return std::array{static_cast<std::uint8_t>(named_by(static_cast<Call>(index)) |
                                                    nature(static_cast<Call>(index)))...};
    }
    (std::make_index_sequence<call_count>{});
}();

constexpr std::uint8_t of(Call call) {
    return traits[number(call)];
}

static_assert(of(Call::FilterPause) & callback);
static_assert(!(of(Call::NdisFOidRequest) & callback));
static_assert(!(of(Call::Quiescent) & nesting));

}  // namespace call_traits

/// Whether it is a call into an extension.
constexpr bool is_callback(Call call) {
    return call_traits::of(call) & call_traits::callback;
}

/// Whether it has a return, and other calls may come before that.
constexpr bool nests(Call call) {
    return call_traits::of(call) & call_traits::nesting;
}

/// Whether it is entered once for each element of a list, which may be empty.
constexpr bool carries_list(Call call) {
    using enum Call;
    return call == UpdateNetBufferListDestinations || call == ReportFilteredNetBufferLists ||
           call == FilterSendNetBufferLists || call == NdisFSendNetBufferLists ||
           call == FilterSendNetBufferListsComplete || call == NdisFSendNetBufferListsComplete ||
           call == FilterReceiveNetBufferLists || call == NdisFIndicateReceiveNetBufferLists ||
           call == FilterReturnNetBufferLists || call == NdisFReturnNetBufferLists;
}

}  // namespace interlock::model
