#pragma once

// Programs of the system that a switch is set up with.

#include <sys/types.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "harness/sut/switch_under_test.hpp"

namespace interlock::harness {

/// Runs it to its end, in the network namespace of this thread.
/// @param words  the program, found in PATH or /usr/sbin, and its arguments.
/// @return what it said last, if it failed.
SutTrouble run_command(const std::vector<std::string>& words);

/// Looks again and again. @return whether it holds, before so long has passed.
template <typename Condition>
bool comes_true(Condition holds, std::chrono::milliseconds within) {
    constexpr std::chrono::milliseconds looks_every{2};
    const auto                          by = std::chrono::steady_clock::now() + within;
    while (!holds() && std::chrono::steady_clock::now() < by)
        std::this_thread::sleep_for(looks_every);
    return holds();
}

/// Whether there is such a program.
bool has_command(const std::string& name);

/// A program that runs until it is told to end; at the latest with the thread that has started it,
/// however that ends.
class Service {
public:
    Service() = default;
    /// Ends it, and waits for that.
    ~Service();
    Service(const Service&)            = delete;
    Service& operator=(const Service&) = delete;

    /// @param words  as for `run_command`; a program that stays in the foreground.
    SutTrouble start(const std::vector<std::string>& words);

private:
    pid_t process = -1;
};

}  // namespace interlock::harness
