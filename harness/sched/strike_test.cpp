#include "harness/sched/strike.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "harness/faults/document.hpp"
#include "harness/faults/faultable.hpp"
#include "harness/kernel/kernel.hpp"

namespace interlock::harness {
namespace {

constexpr FaultPoint lock("NdisAllocateRWLock");
constexpr FaultPoint attributes("NdisFSetAttributes");

/// What two tasks get that ask ten times each whether two calls fail: a digit for each answer.
std::string answers_under(Scheduler& scheduler) {
    Kernel      kernel;
    std::string log;
    kernel.begin(scheduler, 100'000);
    for (std::uint32_t i = 0; i < 2; ++i) {
        kernel.spawn({Role::sender, i}, static_cast<std::uint8_t>(i), passive_level, [&] {
            for (int round = 0; round < 10; ++round) {
                for (const FaultPoint& point : {lock, attributes})
                    log +=
                        std::to_string(kernel.choose(point.row().question, 1 + point.row().ways()));
            }
        });
    }
    EXPECT_EQ(kernel.run(), Halt::finished);
    return log;
}

TEST(Faultable, NamesEachFunctionOnceWithItsPage) {
    std::set<std::string_view> names;
    for (const Faultable& row : faultables) {
        EXPECT_TRUE(is_fault(row.question));
        EXPECT_TRUE(names.insert(row.function()).second) << row.function();
        EXPECT_FALSE(row.page.empty()) << row.function();
        EXPECT_EQ(find_faultable(row.question), &row);
        for (std::uint32_t way = 1; way <= row.ways(); ++way) {
            EXPECT_EQ(find_way(row, row.failure(way).name), way) << row.function();
            EXPECT_EQ(row.failure(way).status == 0, row.failure(way).name == "NULL");
        }
    }
}

TEST(Faultable, IsListedInTheDocumentThatIsCommitted) {
    std::ifstream      file("docs/faults.md");
    std::ostringstream committed;
    committed << file.rdbuf();
    EXPECT_EQ(committed.str(), faults_document())
        << "out of date: interlock faults --markdown > docs/faults.md";
}

TEST(StruckAs, FailsWhatIsNamedAndNothingElse) {
    const Decision second{.task      = {Role::sender, 1},
                          .place     = "fail:NdisFSetAttributes",
                          .nth       = 3,
                          .is_switch = false,
                          .other     = {},
                          .value     = 2};
    const auto     scheduler = struck_as(round_robin(), {second});
    EXPECT_TRUE(scheduler->wants_faults());
    EXPECT_EQ(answers_under(*scheduler), std::string(25, '0') + '2' + std::string(14, '0'));
}

TEST(StruckByChance, DoesTheSameForTheSameSeedAndDiffersByIt) {
    std::set<std::string> seen;
    for (std::uint32_t seed = 1; seed <= 64; ++seed) {
        const auto scheduler = struck_by_chance(round_robin(), seed);
        const auto answers   = answers_under(*scheduler);
        EXPECT_EQ(answers_under(*scheduler), answers) << "begun again";
        EXPECT_EQ(answers_under(*struck_by_chance(round_robin(), seed)), answers);
        seen.insert(answers);
    }
    EXPECT_GT(seen.size(), 10U);
    EXPECT_TRUE(seen.contains(std::string(40, '0'))) << "some runs have no faults";
}

TEST(StruckByChance, IsReplayedByWhatItDecided) {
    for (std::uint32_t seed = 1; seed <= 64; ++seed) {
        const auto scheduler = struck_by_chance(seeded_random(seed), seed);
        Recording  recording(*scheduler);
        const auto answers        = answers_under(recording);
        const auto [faults, rest] = apart(recording.decisions());
        const auto again          = struck_as(replay(rest), faults);
        EXPECT_EQ(answers_under(*again), answers) << "seed " << seed;
    }
}

TEST(StruckStacks, TakeEachOnce) {
    const auto stacks = std::make_unique<StruckStacks>();
    EXPECT_TRUE(stacks->add(0));
    EXPECT_FALSE(stacks->add(0));
    EXPECT_TRUE(stacks->add(~std::uint64_t{0}));
    EXPECT_EQ(stacks->count(), 2U);
    for (std::uint64_t digest = 2; digest < 100'000; ++digest)
        stacks->add(digest);
    EXPECT_FALSE(stacks->add(200'000)) << "there is no room left";
}

}  // namespace
}  // namespace interlock::harness
