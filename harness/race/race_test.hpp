#pragma once

// For tests of races: a world that looks for them, and words of a driver in it.

#include <gtest/gtest.h>

#include <algorithm>

#include "harness/ddi/driver_test.hpp"

namespace interlock::harness {

inline constexpr AccessKind reads{}, writes{.writes = true, .reads = false};
inline constexpr AccessKind reads_volatile{.marked = Marked::volatile_};
inline constexpr AccessKind writes_volatile{
    .marked = Marked::volatile_, .writes = true, .reads = false};
inline constexpr AccessKind exchanges{.marked = Marked::interlocked, .writes = true};

/// A world that looks for races, and a word of a driver in it.
class RaceTest : public DriverTest {
public:
    explicit RaceTest(std::uint64_t seed = 0) {
        world.detects_races = true;
        if (seed != 0) scheduler = seeded_random(seed, 50);
        world.begin(*scheduler, 1'000'000, nullptr);
        world.races.allocated(&word, sizeof word);
        world.races.allocated(&flag, sizeof flag);
    }

    void access(AccessKind kind, const void* memory = nullptr, std::size_t bytes = 4) {
        world.races.access(memory ? memory : &word, bytes, kind, &kind);
    }
    void write_word() {
        access(writes);
    }

    std::size_t races() const {
        return static_cast<std::size_t>(std::ranges::count(misuses(), model::Misuse::data_race));
    }

    alignas(8) LONG word[2] = {};
    alignas(8) LONG flag    = 0;
};

/// Two tasks, on CPUs of their own.
inline void both(RaceTest& test, const std::function<void()>& one,
                 const std::function<void()>& other) {
    test.task(one, 0);
    test.task(other, 1);
    EXPECT_EQ(test.run(), Halt::finished);
}

inline void each(RaceTest& test, const std::function<void()>& body) {
    both(test, body, body);
}

}  // namespace interlock::harness
