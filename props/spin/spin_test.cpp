// The exhaustive search of the model beside the same search by Spin, of a model that was typed
// apart from ours: they must find the same states and steps. How much the faster ours is, is told.
// INTERLOCK_SPIN_WHOLE=1 compares all of two ports, half a minute of Spin's time.

#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "model/compose.hpp"
#include "model/explore/explore.hpp"

namespace interlock::props {
namespace {

namespace fs = std::filesystem;

struct Counts {
    std::uint64_t states      = 0;
    std::uint64_t transitions = 0;
    std::uint64_t depth       = 0;
    double        seconds     = 0;  // Of processor time: others may use the machine meanwhile.

    double states_per_second() const {
        return static_cast<double>(states) / seconds;
    }
};

double seconds_used(int by) {
    rusage used{};
    getrusage(by, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

bool run(const std::string& command) {
    return std::system(command.c_str()) == 0;
}

Counts by_us(const model::System& system) {
    const double             begun = seconds_used(RUSAGE_SELF);
    const model::Exploration found(system, 1);
    return {found.states(), found.transitions(), found.depth(), seconds_used(RUSAGE_SELF) - begun};
}

/// The number that a line has before its words.
std::uint64_t number_before(const std::string& text, const std::string& words) {
    const auto end   = text.find(words);
    const auto begin = end == std::string::npos ? end : text.find_last_of('\n', end);
    EXPECT_NE(begin, std::string::npos) << "Spin does not say: " << words << "\n" << text;
    return begin == std::string::npos ? 0 : std::stoull(text.substr(begin));
}

std::uint64_t number_after(const std::string& text, const std::string& words) {
    const auto place = text.find(words);
    EXPECT_NE(place, std::string::npos) << "Spin does not say: " << words << "\n" << text;
    return place == std::string::npos ? 0 : std::stoull(text.substr(place + words.size()));
}

/// Spin's search, breadth first as ours is, and with as little overhead as it can.
Counts by_spin(const std::string& definitions) {
    const fs::path folder = fs::temp_directory_path() / ("spin." + std::to_string(getpid()));
    fs::create_directories(folder);
    const auto model = fs::absolute("props/spin/two_ports.pml").string();
    EXPECT_TRUE(run("cd " + folder.string() + " && spin " + definitions + " -a " + model +
                    " && gcc-12 -O2 -w -DSAFETY -DBFS -DNOREDUCE -o pan pan.c"));
    const double begun = seconds_used(RUSAGE_CHILDREN);
    EXPECT_TRUE(run("cd " + folder.string() + " && ./pan -w23 > told"));
    const double       seconds = seconds_used(RUSAGE_CHILDREN) - begun;
    std::ostringstream told;
    told << std::ifstream(folder / "told").rdbuf();
    fs::remove_all(folder);
    EXPECT_EQ(number_after(told.str(), "errors: "), 0U);
    // Its sum of stored and matched counts the initial state, to which no step leads.
    return {number_before(told.str(), "states, stored"),
            number_before(told.str(), "transitions (=") - 1,
            number_after(told.str(), "depth reached "), seconds};
}

void expect_equal(const Counts& ours, const Counts& spins) {
    EXPECT_EQ(ours.states, spins.states);
    EXPECT_EQ(ours.transitions, spins.transitions);
    EXPECT_EQ(ours.depth, spins.depth);
}

class Spin : public testing::Test {
protected:
    void SetUp() override {
        if (run("command -v spin gcc-12 > /dev/null")) return;
        ASSERT_EQ(std::getenv("CI"), nullptr) << "spin and gcc-12 must be installed";
        GTEST_SKIP() << "spin or gcc-12 is not installed";
    }
};

TEST_F(Spin, FindsTheSameStatesOfOnePort) {
    const model::System port = model::compose(model::documented(), 2).system;
    expect_equal(by_us(port), by_spin("-Done_port"));
}

TEST_F(Spin, FindsTheSameStatesOfTwoPorts) {
    const bool          whole = std::getenv("INTERLOCK_SPIN_WHOLE") != nullptr;
    const model::System port  = model::compose(model::documented(), 2).system;
    const model::System other = model::compose(model::documented(), whole ? 2 : 1).system;
    const Counts        ours  = by_us(model::beside(port, other));
    const Counts        spins = by_spin(whole ? "-Dwhole" : "");
    expect_equal(ours, spins);

    const double ratio = ours.states_per_second() / spins.states_per_second();
    std::printf("%zu states, %zu steps, depth %zu\n", ours.states, ours.transitions, ours.depth);
    std::printf("  interlock %10.0f states/s\n", ours.states_per_second());
    std::printf("  spin      %10.0f states/s\n", spins.states_per_second());
    std::printf("  %.1f times as fast\n", ratio);
}

// A twin that agreed with anything would agree with this too.
TEST_F(Spin, DisagreesWithTablesThatLackAGuard) {
    model::Tables tables = model::documented();
    tables.port.forget_guard(model::PortGuard::no_port_references);
    const Counts ours = by_us(model::compose(tables, 2).system);
    EXPECT_NE(ours.states, by_spin("-Done_port").states);
}

}  // namespace
}  // namespace interlock::props
