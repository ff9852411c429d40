#pragma once

// Numbers for what is known by its address only: an address means one object until that leaves, and
// then another.

#include <cstdint>
#include <unordered_map>

#include "model/event.hpp"

namespace interlock::harness {

/// @tparam Origin  where an object came from, and where it leaves to.
template <typename Origin>
class AddressedObjects {
public:
    struct Known {
        model::ObjectId id = 0;
        Origin          origin{};
    };

    /// Another object is at that address from now on.
    model::ObjectId fresh(std::uint64_t address, Origin origin) {
        Known& made = objects[address];
        addresses.erase(made.id);
        made            = {++last, origin};
        addresses[last] = address;
        return last;
    }

    /// Null if nothing is known of that address.
    const Known* at(std::uint64_t address) const {
        const auto found = objects.find(address);
        return found == objects.end() ? nullptr : &found->second;
    }

    /// The object there; 0 if none is known.
    model::ObjectId id_at(std::uint64_t address) const {
        const Known* const found = at(address);
        return found == nullptr ? 0 : found->id;
    }

    /// It goes where it came from; what is found at its address later is another.
    void leaves(std::uint64_t address, Origin to) {
        const auto found = objects.find(address);
        if (found == objects.end() || found->second.origin != to) return;
        addresses.erase(found->second.id);
        objects.erase(found);
    }

    /// Where that object is; 0 if it has left.
    std::uint64_t address_of(model::ObjectId id) const {
        const auto found = addresses.find(id);
        return found == addresses.end() ? 0 : found->second;
    }

    /// Nothing is known of any address any more; numbers go on.
    void forget() {
        objects.clear();
        addresses.clear();
    }

private:
    // Asked by address or number only, so that their order decides nothing.
    std::unordered_map<std::uint64_t, Known>           objects;
    std::unordered_map<model::ObjectId, std::uint64_t> addresses;
    model::ObjectId                                    last = 0;
};

}  // namespace interlock::harness
