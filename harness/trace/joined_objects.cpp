#include "harness/trace/joined_objects.hpp"

namespace interlock::harness {

using model::Call;
using model::Event;
using model::ObjectId;

void JoinedObjects::finished(ObjectId id, Side side) {
    const std::uint64_t address = objects.address_of(id);
    if (address != 0)
        objects.leaves(address, side == Side::above ? Origin::above : Origin::between);
}

void JoinedObjects::name(Event& event, Side side, std::uint64_t object, std::uint64_t parent) {
    using enum Call;
    if (object == 0) return;
    const bool above = side == Side::above;
    event.parent     = parent == 0 ? 0 : objects.id_at(parent);
    event.object     = objects.id_at(object);
    switch (event.call) {
        case FilterOidRequest:
        case FilterSendNetBufferLists:
            if (above || event.object == 0)
                event.object = objects.fresh(object, above ? Origin::above : Origin::between);
            return;
        case FilterReceiveNetBufferLists:  // The switch turns round what was sent.
            if (event.object == 0)
                event.object = objects.fresh(object, above ? Origin::between : Origin::below);
            return;
        case NdisAllocateCloneOidRequest:
            event.object = objects.fresh(object, Origin::clone);
            return;
        case FilterCancelOidRequest:
        case NdisFCancelOidRequest:
            return;
        case NdisFreeCloneOidRequest:
            return objects.leaves(object, Origin::clone);
        case NdisFOidRequestComplete:
        case NdisFSendNetBufferListsComplete:
            return objects.leaves(object, above ? Origin::above : Origin::between);
        case NdisFReturnNetBufferLists:
            return objects.leaves(object, above ? Origin::between : Origin::below);
        default:
            if (event.object == 0) event.object = objects.fresh(object, Origin::between);
    }
}

}  // namespace interlock::harness
