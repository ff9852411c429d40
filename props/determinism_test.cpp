// Same scenario, same seed, same trace, byte for byte: in one process and in several, though
// each finds its memory at other addresses.

#include <gtest/gtest.h>

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <set>
#include <type_traits>

#include "props/on_stage.hpp"

namespace interlock::props {
namespace {

constexpr std::uint64_t    runs_usual = 400;
constexpr int              processes  = 3;
constexpr std::string_view print_flag = "--print-digests";

const std::vector<std::string> extensions{"pass_through", "forwarder", "control_device"};

static_assert(std::has_unique_object_representations_v<model::Event>,
              "Every byte means something.");

/// Of the bytes of traces: FNV-1a.
class Digest {
public:
    void add(std::span<const model::Event> trace) {
        for (const std::byte byte : std::as_bytes(trace))
            value = (value ^ static_cast<std::uint64_t>(byte)) * 0x100000001B3;
        count += trace.size();
    }
    std::uint64_t digest() const {
        return value;
    }
    std::uint64_t events() const {
        return count;
    }

private:
    std::uint64_t value = 0xCBF29CE484222325;
    std::uint64_t count = 0;
};

Digest digest_of(harness::Stage& stage, const harness::Scenario& scenario) {
    Digest digest;
    digest.add(play(stage, scenario).trace);
    return digest;
}

/// What one process prints: a line with an address of its own, then one line for each run.
void print_digests() {
    const auto somewhere = std::make_unique<int>();
    std::printf("%p\n", static_cast<const void*>(somewhere.get()));
    for (const std::string& extension : extensions) {
        const std::vector<std::string> stack{extension};
        const auto                     stage = open_stage(stack);
        for (std::uint64_t run = 0; run < runs_wanted(runs_usual); ++run) {
            const std::uint64_t seed   = first_seed() + run;
            const Digest        digest = digest_of(*stage, scenario_of(seed, stack));
            std::printf("%s %llu %llx\n", extension.c_str(), static_cast<unsigned long long>(seed),
                        static_cast<unsigned long long>(digest.digest()));
        }
    }
}

struct Printed {
    std::string address;
    std::string digests;
};

/// Runs this program anew.
Printed another_process() {
    const std::string command = "exec /proc/" + std::to_string(getpid()) + "/exe ";
    FILE* const       pipe    = popen((command + std::string{print_flag}).c_str(), "r");
    Printed           printed;
    char              line[200];
    while (pipe && std::fgets(line, sizeof line, pipe))
        (printed.address.empty() ? printed.address : printed.digests) += line;
    EXPECT_TRUE(pipe && pclose(pipe) == 0);
    return printed;
}

TEST(Determinism, TheSameRunTwiceGivesTheSameTrace) {
    for (const std::string& extension : extensions) {
        const std::vector<std::string> stack{extension};
        const auto                     once = open_stage(stack), again = open_stage(stack);
        std::uint64_t                  events = 0;
        std::set<std::uint64_t>        different;
        for (std::uint64_t run = 0; run < runs_wanted(runs_usual); ++run) {
            const std::uint64_t     seed     = first_seed() + run;
            const harness::Scenario scenario = scenario_of(seed, stack);
            const Digest            digest   = digest_of(*once, scenario);
            // On the same stage, after others and after itself; and on one that saw other runs.
            ASSERT_EQ(digest_of(*once, scenario).digest(), digest.digest()) << "seed " << seed;
            digest_of(*again, scenario_of(~seed, stack));
            ASSERT_EQ(digest_of(*again, scenario).digest(), digest.digest()) << "seed " << seed;
            events += digest.events();
            different.insert(digest.digest());
        }
        std::cout << extension << ": " << different.size() << " different traces, " << events
                  << " events, three times the same\n";
        EXPECT_GT(different.size(), runs_wanted(runs_usual) * 9 / 10) << "all the same is no test";
    }
}

TEST(Determinism, SeveralProcessesGiveTheSameTraces) {
    const Printed         first = another_process();
    std::set<std::string> addresses{first.address};
    for (int process = 1; process < processes; ++process) {
        const Printed next = another_process();
        EXPECT_EQ(next.digests, first.digests);
        addresses.insert(next.address);
    }
    std::cout << std::ranges::count(first.digests, '\n') << " runs in each of " << processes
              << " processes with " << addresses.size() << " layouts of memory\n";
    EXPECT_NE(first.digests, "");
    EXPECT_GT(addresses.size(), 1U) << "memory was laid out alike: nothing was tried";
}

}  // namespace
}  // namespace interlock::props

int main(int argc, char** argv) {
    if (argc == 2 && argv[1] == interlock::props::print_flag) {
        interlock::props::print_digests();
        return 0;
    }
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
