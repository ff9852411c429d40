#include "harness/sched/scheduler.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "harness/kernel/kernel.hpp"

namespace interlock::harness {
namespace {

/// What three tasks write that pass a few places each, and ask a question there.
std::string written_under(Scheduler& scheduler) {
    Kernel      kernel;
    std::string log;
    kernel.begin(scheduler, 100'000);
    for (std::uint32_t i = 0; i < 3; ++i) {
        kernel.spawn({Role::sender, i}, static_cast<std::uint8_t>(i), passive_level, [&, i] {
            for (int round = 0; round < 20; ++round) {
                log.push_back(static_cast<char>('a' + i));
                log.push_back(static_cast<char>('0' + kernel.choose("digit", 7)));
                kernel.yield("place");
            }
        });
    }
    EXPECT_EQ(kernel.run(), Halt::finished);
    return log;
}

std::string part_of(char letter) {
    std::string part;
    for (int round = 0; round < 20; ++round)
        part += {letter, '0'};
    return part;
}

TEST(RoundRobin, LetsOneTaskAfterTheOtherGoToItsEnd) {
    const auto scheduler = round_robin();
    EXPECT_EQ(written_under(*scheduler), part_of('a') + part_of('b') + part_of('c'));
}

TEST(SeededRandom, SaysTheSameForTheSameSeed) {
    const auto scheduler = seeded_random(7);
    const auto first     = written_under(*scheduler);
    EXPECT_EQ(written_under(*scheduler), first) << "the same scheduler, begun again";
    EXPECT_EQ(written_under(*seeded_random(7)), first);
    EXPECT_NE(written_under(*seeded_random(8)), first);
}

TEST(Pos, SaysTheSameForTheSameSeed) {
    const auto scheduler = pos(7);
    const auto first     = written_under(*scheduler);
    EXPECT_EQ(written_under(*scheduler), first) << "the same scheduler, begun again";
    EXPECT_EQ(written_under(*pos(7)), first);
    EXPECT_NE(written_under(*pos(8)), first);
}

// A task that has drawn low waits while others pass many places: a coin at each place would hardly
// ever let it.
TEST(Pos, LetsATaskWaitForLong) {
    std::size_t longest = 0, seeds_all_began = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const std::string log   = written_under(*pos(seed));
        const std::size_t first = std::min({log.find('a'), log.find('b'), log.find('c')});
        const std::size_t last  = std::max({log.find('a'), log.find('b'), log.find('c')});
        ASSERT_NE(last, std::string::npos);
        longest = std::max(longest, last - first);
        seeds_all_began += last < 20;
    }
    EXPECT_GT(longest, 40U) << "twenty places of others before a task's first";
    EXPECT_GT(seeds_all_began, 100U) << "mostly all have begun after ten places";
}

TEST(SeededRandom, SwitchesAsOftenAsAsked) {
    const auto switches = [](std::uint32_t percent) {
        const std::array<Runnable, 3> runnable{};
        const auto                    scheduler = seeded_random(1, percent);
        int                           count     = 0;
        for (int i = 0; i < 10'000; ++i) {
            if (scheduler->next({.runnable = runnable, .current = 1, .place = "place"}) != 1)
                ++count;
        }
        return count;
    };
    EXPECT_EQ(switches(0), 0);
    EXPECT_NEAR(switches(10), 1000, 100);
    EXPECT_EQ(switches(100), 10'000);
}

TEST(SeededRandom, TakesEveryWayThereIs) {
    std::array<int, 5> taken{};
    const auto         scheduler = seeded_random(3);
    for (int i = 0; i < 1000; ++i)
        ++taken[scheduler->choose("way", 5)];
    for (const int times : taken)
        EXPECT_GT(times, 100);
}

TEST(FuzzBytes, AreRoundRobinWhenThereAreNone) {
    EXPECT_EQ(written_under(*fuzz_bytes({})), written_under(*round_robin()));
}

TEST(FuzzBytes, SayTheSameForTheSameBytes) {
    const std::vector<std::uint8_t> bytes{3, 1, 2, 200, 7, 1, 0, 4, 9};
    const auto                      scheduler = fuzz_bytes(bytes);
    const auto                      first     = written_under(*scheduler);
    EXPECT_EQ(written_under(*scheduler), first);
    EXPECT_NE(first, written_under(*round_robin()));
}

TEST(FuzzBytes, ReachEveryAnswerToAQuestionOfAnySize) {
    const std::vector<std::uint8_t> bytes{0, 0x12, 0x34, 0x56, 0x78};
    EXPECT_EQ(fuzz_bytes(bytes)->choose("what", 0x100), 0x12U);
    EXPECT_EQ(fuzz_bytes(bytes)->choose("what", 0x10000), 0x1234U);
    EXPECT_EQ(fuzz_bytes(bytes)->choose("what", 0x1000000), 0x123456U);
    EXPECT_EQ(fuzz_bytes(bytes)->choose("what", 0xFFFFFFFF), 0x12345678U);
    EXPECT_EQ(fuzz_bytes(bytes)->choose("what", 1), 0U);
}

TEST(Role, HasANameByWhichItIsFound) {
    for (int i = 0; i <= static_cast<int>(Role::requestor); ++i) {
        Role found = Role::control;
        EXPECT_TRUE(find_role(name(static_cast<Role>(i)), found));
        EXPECT_EQ(found, static_cast<Role>(i));
    }
    Role untouched = Role::timer;
    EXPECT_FALSE(find_role("nobody", untouched));
    EXPECT_EQ(untouched, Role::timer);
}

}  // namespace
}  // namespace interlock::harness
