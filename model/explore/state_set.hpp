#pragma once

// The states that were seen: open addressing, a power of two of places, at most half of them taken.

#include <cstdint>
#include <vector>

#include "model/explore/packed.hpp"

namespace interlock::model {

class StateSet {
public:
    StateSet() : places(std::size_t{1} << 12, no_state) {}

    /// Brings the state's place near, so that a later insert does not wait for it.
    void prefetch(PackedState state) const {
        __builtin_prefetch(&places[home(state)], 1);
    }

    /// @return whether it is new.
    bool insert(PackedState state) {
        std::size_t place = home(state);
        for (; places[place] != no_state; place = (place + 1) & (places.size() - 1))
            if (places[place] == state) return false;
        places[place] = state;
        if (++taken * 2 > places.size()) grow();
        return true;
    }

private:
    std::size_t home(PackedState state) const {
        constexpr std::uint64_t golden = 0x9E3779B97F4A7C15;
        const std::uint64_t     mixed  = (state ^ state >> 29) * golden;
        return mixed >> 20 & (places.size() - 1);
    }

    void grow() {
        std::vector<PackedState> old(places.size() * 2, no_state);
        old.swap(places);
        for (const PackedState state : old) {
            if (state == no_state) continue;
            std::size_t place = home(state);
            while (places[place] != no_state)
                place = (place + 1) & (places.size() - 1);
            places[place] = state;
        }
    }

    std::vector<PackedState> places;
    std::size_t              taken = 0;
};

}  // namespace interlock::model
