#pragma once

// What a recorder knows only by address or by thread, as a trace names it. What is over is
// forgotten: memory does not grow with the length of a recording.

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "harness/trace/addressed_objects.hpp"
#include "model/event.hpp"

namespace interlock::harness {

/// The OID requests and packets that a module has, or waits for, by their address.
class RecordedObjects {
public:
    /// Gives `event`, whose call and phase are set, its object and parent.
    /// @param object, parent  addresses; 0: none.
    void name(model::Event& event, std::uint64_t object, std::uint64_t parent);

    /// The request at that address was finished inside the call that handed it in.
    void finished(model::ObjectId id);

    /// Nothing is known of any address any more.
    void forget() {
        objects.forget();
    }

private:
    /// What came from above is back there when it is complete.
    enum class Origin : std::uint8_t { elsewhere, above };

    AddressedObjects<Origin> objects;
};

/// Which thread is inside which calls.
class RecordedThreads {
public:
    /// @param apart_100ns  events of two threads that are one task are further apart than this:
    ///                     a task's own order is certain.
    explicit RecordedThreads(std::uint64_t apart_100ns = 0) : apart(apart_100ns) {}

    /// The task of that thread, and on leave object and parent of the call that it ends.
    void place(model::Event& event, std::uint64_t thread);

    /// After `place` of a return: the call that was ended, as it was entered; nothing if that was
    /// not seen.
    const model::Event* ended() const {
        return has_ended ? &entered : nullptr;
    }

    void forget();

private:
    struct Thread {
        std::uint16_t             task = 0;
        std::vector<model::Event> calls;  // Innermost last.
    };
    struct Slot {
        std::uint64_t thread     = 0;
        std::uint64_t last_100ns = 0;
        bool          inside     = false;  // Of a call;
        bool          kept       = false;  // and else the thread may come again.
    };

    Thread&       thread_of(std::uint64_t thread, std::uint64_t now_100ns);
    std::uint16_t free_task(std::uint64_t now_100ns) const;
    void          enter(Thread& in, const model::Event& event);
    void          leave(Thread& in, const model::Event& event);

    std::unordered_map<std::uint64_t, Thread> threads;
    std::vector<Slot>                         slots;  // By task.
    std::uint64_t                             apart;
    model::Event                              entered;
    bool                                      has_ended = false;
};

}  // namespace interlock::harness
