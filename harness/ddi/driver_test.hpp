#pragma once

// A world in which a test plays the driver.

#include <functional>
#include <string>
#include <vector>

#include <ndis.h>

#include "harness/world.hpp"

namespace interlock::harness {

inline constexpr ULONG test_tag = 0x74736574;

class DriverTest {
public:
    DriverTest() : scheduler(round_robin()), entered(world) {
        world.begin(*scheduler, 1'000'000, nullptr);
    }

    /// Runs under a schedule by chance instead.
    void by_chance(std::uint64_t seed) {
        scheduler = seeded_random(seed, 50);
        world.begin(*scheduler, 1'000'000, nullptr);
        log.clear();
    }

    /// A task that runs the driver's code.
    void task(std::function<void()> body, std::uint8_t cpu = 0, std::uint8_t irql = passive_level) {
        world.kernel.spawn({Role::sender, ++tasks}, cpu, irql, [this, body = std::move(body)] {
            world.kernel.current().module = 0;
            body();
        });
    }

    Halt run() {
        return world.kernel.run();
    }

    /// One task, to its end.
    Halt run(std::function<void()> body) {
        task(std::move(body));
        return run();
    }

    void write(char letter) {
        log.push_back(letter);
    }

    /// What was reported, in order.
    std::vector<model::Misuse> misuses() const {
        std::vector<model::Misuse> all;
        for (const model::Event& event : world.recorder.trace()) {
            if (event.call != model::Call::Misused) continue;
            all.push_back(static_cast<model::Misuse>(event.detail));
        }
        return all;
    }

    /// How often the driver waited, and for what.
    std::size_t waits(std::uint32_t what) const {
        std::size_t count = 0;
        for (const model::Event& event : world.recorder.trace()) {
            if (event.call == model::Call::Waited && event.detail == what) ++count;
        }
        return count;
    }

    Task& current() {
        return world.kernel.current();
    }

    World                      world;
    std::string                log;
    std::unique_ptr<Scheduler> scheduler;

private:
    Entered       entered;
    std::uint32_t tasks = 0;
};

using Misuses = std::vector<model::Misuse>;

inline LARGE_INTEGER in_milliseconds(LONGLONG milliseconds) {
    LARGE_INTEGER due;
    due.QuadPart = -milliseconds * 10'000;
    return due;
}

}  // namespace interlock::harness
