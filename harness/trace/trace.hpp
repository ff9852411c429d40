#pragma once

// A trace: what a run or a recorder saw, in the order in which it happened.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/event.hpp"
#include "model/order.hpp"

namespace interlock::harness {

/// What a trace is of. See model::TraceFacts.
struct TraceHead {
    std::uint16_t            ndis  = 640;
    bool                     whole = true;  // It begins with the switch; only holes are missing.
    std::vector<std::string> extensions;    // Top to bottom.
    std::string              clock  = {};   // Of time_100ns, in words; empty: the virtual one.
    std::vector<std::string> unseen = {};   // Calls that whoever recorded it cannot see.

    /// How much of the order is certain; none: all of it.
    std::optional<model::PartialOrder> order = {};

    friend bool operator==(const TraceHead&, const TraceHead&) = default;
};

/// Where a recorder lost events.
struct Hole {
    std::size_t   before = 0;  // The place of the event that follows.
    std::uint64_t lost   = 0;  // How many; 0: nobody knows.

    friend bool operator==(const Hole&, const Hole&) = default;
};

struct Trace {
    TraceHead                 head;
    std::vector<model::Event> events;
    std::vector<Hole>         holes;  // In order.

    friend bool operator==(const Trace&, const Trace&) = default;
};

/// Who takes a trace as it is read: its head, then events and holes in their order.
class TraceSink {
public:
    virtual ~TraceSink()                        = default;
    virtual void begin(const TraceHead& head)   = 0;
    virtual void event(const model::Event& one) = 0;
    virtual void hole(std::uint64_t lost)       = 0;
};

/// Keeps all of it.
class TraceKeeper : public TraceSink {
public:
    void begin(const TraceHead& head) override {
        kept.head = head;
    }
    void event(const model::Event& one) override {
        kept.events.push_back(one);
    }
    void hole(std::uint64_t lost) override {
        kept.holes.push_back({kept.events.size(), lost});
    }

    Trace kept;
};

/// All of a trace that is at hand.
void give(const Trace& trace, TraceSink& to);

}  // namespace interlock::harness
