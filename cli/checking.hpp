#pragma once

// Judges a trace as it is read, and keeps of it what a report tells of.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/judging.hpp"
#include "harness/trace/trace.hpp"
#include "model/orders.hpp"
#include "reports/result.hpp"

namespace interlock::cli {

/// Of a trace of any length it keeps, in bounded memory, the stretch around the first violation;
/// of a short one all.
class Checking : public harness::TraceSink {
public:
    static constexpr std::size_t kept_usual = std::size_t{1} << 19;

    /// @param kept_max  so many events before the first violation, and so many after it.
    explicit Checking(const Judging& by, std::size_t kept_max = kept_usual);

    void begin(const harness::TraceHead& head) override;
    void event(const model::Event& one) override;
    void hole(std::uint64_t lost) override;

    /// As far as the order of the trace is settled; valid until its next event.
    const model::Verdict& so_far() {
        return judge.verdict();
    }

    /// What the trace is held to; after its head.
    const model::TraceFacts& facts() const {
        return held_to;
    }

    /// Whether `take` will give every event, and none is missing.
    bool has_all() const {
        return all;
    }

    /// After the last event; once. Places in it count from `Result::first_event`.
    reports::Result take();

private:
    void keep(const model::Event& one);
    void keep_settled();
    bool make_room();

    const Judging&    judging;
    std::size_t       kept_max;
    model::TraceFacts held_to;
    bool              all          = true;
    bool              sees_not_all = false;
    model::Orders     judge;
    reports::Result   result;

    std::vector<model::Event> earlier;  // The stretch before the one in `result`.
};

}  // namespace interlock::cli
