#pragma once

// Requests and packets that two recorders saw, one above and one below a suspect: both know them by
// their addresses, which are the same for both.

#include <cstdint>
#include <unordered_map>
#include <vector>

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
    void forget();

private:
    /// Where it came into what the two see, and goes out of again.
    enum class Origin : std::uint8_t { above, between, below, clone };
    struct Known {
        model::ObjectId id     = 0;
        Origin          origin = Origin::between;
    };

    model::ObjectId fresh(std::uint64_t address, Origin origin);
    model::ObjectId known(std::uint64_t address) const;
    void            leaves(std::uint64_t address, Origin to);

    std::unordered_map<std::uint64_t, Known>           objects;
    std::unordered_map<model::ObjectId, std::uint64_t> addresses;
    model::ObjectId                                    last = 0;
};

}  // namespace interlock::harness
