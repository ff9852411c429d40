#include "harness/trace/joined_objects.hpp"

namespace interlock::harness {

using model::Call;
using model::Event;
using model::ObjectId;

ObjectId JoinedObjects::fresh(std::uint64_t address, Origin origin) {
    Known& made = objects[address];
    addresses.erase(made.id);
    made            = {++last, origin};
    addresses[last] = address;
    return last;
}

ObjectId JoinedObjects::known(std::uint64_t address) const {
    const auto found = objects.find(address);
    return found == objects.end() ? 0 : found->second.id;
}

/// It goes where it came from; what is found at its address later is another.
void JoinedObjects::leaves(std::uint64_t address, Origin to) {
    const auto found = objects.find(address);
    if (found == objects.end() || found->second.origin != to) return;
    addresses.erase(found->second.id);
    objects.erase(found);
}

void JoinedObjects::finished(ObjectId id, Side side) {
    const auto found = addresses.find(id);
    if (found == addresses.end()) return;
    leaves(found->second, side == Side::above ? Origin::above : Origin::between);
}

void JoinedObjects::forget() {
    objects.clear();
    addresses.clear();
}

void JoinedObjects::name(Event& event, Side side, std::uint64_t object, std::uint64_t parent) {
    using enum Call;
    if (object == 0) return;
    const bool above = side == Side::above;
    event.parent     = parent == 0 ? 0 : known(parent);
    event.object     = known(object);
    switch (event.call) {
        case FilterOidRequest:
        case FilterSendNetBufferLists:
            if (above || event.object == 0)
                event.object = fresh(object, above ? Origin::above : Origin::between);
            return;
        case FilterReceiveNetBufferLists:  // The switch turns round what was sent.
            if (event.object == 0)
                event.object = fresh(object, above ? Origin::between : Origin::below);
            return;
        case NdisAllocateCloneOidRequest:
            event.object = fresh(object, Origin::clone);
            return;
        case FilterCancelOidRequest:
        case NdisFCancelOidRequest:
            return;
        case NdisFreeCloneOidRequest:
            return leaves(object, Origin::clone);
        case NdisFOidRequestComplete:
        case NdisFSendNetBufferListsComplete:
            return leaves(object, above ? Origin::above : Origin::between);
        case NdisFReturnNetBufferLists:
            return leaves(object, above ? Origin::between : Origin::below);
        default:
            if (event.object == 0) event.object = fresh(object, Origin::between);
    }
}

}  // namespace interlock::harness
