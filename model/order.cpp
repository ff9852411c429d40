#include "model/order.hpp"

#include <algorithm>

#include "model/call_traits.hpp"

namespace interlock::model {
namespace {

/// A cancellation races with what it cancels: it may come too late.
bool cancels(Call call) {
    using enum Call;
    return call == FilterCancelOidRequest || call == NdisFCancelOidRequest ||
           call == FilterCancelSendNetBufferLists || call == NdisFCancelSendNetBufferLists;
}

bool hands_on_packets(Call call) {
    return carries_list(call) && call != Call::UpdateNetBufferListDestinations &&
           call != Call::ReportFilteredNetBufferLists;
}

bool is_of(const Event& one, ObjectId object) {
    return object != 0 && (one.object == object || one.parent == object);
}

}  // namespace

bool is_certain(const PartialOrder& order, const Event& first, const Event& second) {
    if (first.task == second.task) return true;
    if (order.by_cpu && first.cpu == second.cpu) return true;
    const bool same = first.object != 0 && first.object == second.object;
    if (order.by_object && same && !cancels(first.call) && !cancels(second.call)) return true;
    return second.time_100ns > first.time_100ns &&
           second.time_100ns - first.time_100ns > order.skew_100ns;
}

bool may_swap(const Event& one, const Event& other) {
    if (one.task == other.task) return false;
    if (!hands_on_packets(one.call) || !hands_on_packets(other.call)) return false;
    return !is_of(one, other.object) && !is_of(one, other.parent) && !is_of(other, one.object) &&
           !is_of(other, one.parent);
}

bool stands_alone(const Event& event) {
    return event.parent == 0 && hands_on_packets(event.call);
}

}  // namespace interlock::model
