#pragma once

// How many tasks a run had that somebody chose among, and at how many places: n and k of a bound.

#include <algorithm>
#include <vector>

#include "harness/sched/scheduler.hpp"

namespace interlock::harness {

/// Asks `inner`, and counts.
class Census final : public Scheduler {
public:
    explicit Census(Scheduler& inner) : inner(inner) {}

    void begin() override {
        inner.begin();
        names.clear();
        passed = 0;
    }

    std::optional<std::size_t> next(const Moment& moment) override {
        if (moment.runnable.size() > 1) count(moment.runnable);
        return inner.next(moment);
    }

    std::uint32_t choose(std::string_view what, std::uint32_t count) override {
        return inner.choose(what, count);
    }

    bool wants_faults() const override {
        return inner.wants_faults();
    }

    std::uint32_t tasks() const {
        return static_cast<std::uint32_t>(names.size());
    }
    std::uint32_t places() const {
        return passed;
    }

private:
    void count(std::span<const Runnable> runnable) {
        ++passed;
        for (const Runnable& one : runnable) {
            if (std::ranges::find(names, one.name) == names.end()) names.push_back(one.name);
        }
    }

    Scheduler&            inner;
    std::vector<TaskName> names;
    std::uint32_t         passed = 0;
};

}  // namespace interlock::harness
