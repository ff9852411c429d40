#pragma once

// Requests and packets that two recorders saw, one above and one below a suspect: both know them by
// their addresses, which are the same for both.

#include <cstdint>

#include "harness/trace/addressed_objects.hpp"
#include "model/event.hpp"

namespace interlock::harness {

/// Which of the two recorders saw it.
enum class Side : std::uint8_t { above, below };

class JoinedObjects {
public:
    /// Gives an event of a recorder, of which call and phase are set, its object and parent.
    /// @param object, parent  addresses; 0: none.
    void name(model::Event& event, Side side, std::uint64_t object, std::uint64_t parent);

    /// The request that this recorder was handed was finished inside the call that handed it in.
    void finished(model::ObjectId id, Side side);

    /// Nothing is known of any address any more.
    void forget() {
        objects.forget();
    }

private:
    /// Where it came into what the two see, and goes out of again.
    enum class Origin : std::uint8_t { above, between, below, clone };

    AddressedObjects<Origin> objects;
};

}  // namespace interlock::harness
