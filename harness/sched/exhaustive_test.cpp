#include "harness/sched/exhaustive.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "harness/kernel/kernel.hpp"
#include "harness/sched/split_mix.hpp"

namespace interlock::harness {
namespace {

constexpr Bounds unbounded{.preemptions = no_bound, .answers = no_bound};

/// A step of a small task: it reads or writes a variable, or asks.
struct Act {
    enum class Kind : std::uint8_t { read, write, ask } kind = Kind::read;
    std::uint8_t variable                                    = 0;
};
using Program = std::vector<std::vector<Act>>;  // By task.

/// What a search found: each final outcome, with how many complete schedules led to it.
struct Found {
    std::map<std::string, int> outcomes;
    int                        schedules = 0;
    int                        pruned    = 0;

    std::set<std::string> kinds() const {
        std::set<std::string> all;
        for (const auto& [outcome, count] : outcomes)
            all.insert(outcome);
        return all;
    }
};

enum class Reduced : bool { no, yes };

/// Plays small programs; each read and write says what it touches.
class Small {
public:
    explicit Small(Program program) : program(std::move(program)) {}

    Found search(Bounds bounds, Reduced reduced, std::vector<Decision> answers = {}) {
        FootprintOf touched;
        if (reduced == Reduced::yes) touched = [this](const Moment&) { return take(); };
        Exhaustive scheduler(bounds, std::move(answers), touched);
        Found      found;
        do {
            const std::string outcome = play(scheduler);
            EXPECT_FALSE(scheduler.diverged());
            if (scheduler.pruned()) {
                ++found.pruned;
            } else {
                ++found.schedules;
                ++found.outcomes[outcome];
            }
        } while (scheduler.advance());
        return found;
    }

    std::string play(Scheduler& scheduler) {
        variables.assign(4, 0);
        seen.assign(program.size(), "");
        order.clear();
        footprint = {};
        steps     = 0;
        kernel.begin(scheduler, 100'000);
        for (std::uint32_t task = 0; task < program.size(); ++task) {
            kernel.spawn({Role::sender, task}, static_cast<std::uint8_t>(task), passive_level,
                         [this, task] { run(task); });
        }
        kernel.run();
        std::string outcome;
        for (const std::uint32_t variable : variables)
            outcome += std::to_string(variable) + " ";
        for (const std::string& one : seen)
            outcome += "| " + one;
        return outcome;
    }

    const std::string& letters() const {
        return order;
    }

private:
    void run(std::uint32_t task) {
        for (std::size_t act = 0; act < program[task].size(); ++act) {
            if (act > 0) kernel.yield("place");
            order.push_back(static_cast<char>('a' + task));
            take_act(task, program[task][act]);
        }
    }

    void take_act(std::uint32_t task, Act act) {
        const auto bit = static_cast<std::uint16_t>(1U << act.variable);
        if (act.kind == Act::Kind::ask) {
            seen[task] += "?" + std::to_string(kernel.choose("what", 3)) + " ";
        } else if (act.kind == Act::Kind::read) {
            footprint.reads |= bit;
            seen[task] += std::to_string(variables[act.variable]) + " ";
        } else {
            footprint.writes |= bit;
            variables[act.variable] = variables[act.variable] * 4 + task + 1;
        }
    }

    Footprint take() {
        footprint.places = kernel.steps() - steps;
        steps            = kernel.steps();
        return std::exchange(footprint, {});
    }

    Program                    program;
    Kernel                     kernel;
    std::vector<std::uint32_t> variables;
    std::vector<std::string>   seen;
    std::string                order;
    Footprint                  footprint;
    std::uint64_t              steps = 0;
};

constexpr Act read(std::uint8_t variable) {
    return {Act::Kind::read, variable};
}
constexpr Act write(std::uint8_t variable) {
    return {Act::Kind::write, variable};
}
constexpr Act ask{Act::Kind::ask, 0};

TEST(Exhaustive, CountsEveryOrderOfTwoTasks) {
    Small two({{write(0), write(0), write(0)}, {write(1), write(1), write(1)}});
    EXPECT_EQ(two.search({.preemptions = 0}, Reduced::no).schedules, 2);
    // One is interrupted after its first or second step, and the other goes to its end.
    EXPECT_EQ(two.search({.preemptions = 1}, Reduced::no).schedules, 2 + 4);
    EXPECT_EQ(two.search(unbounded, Reduced::no).schedules, 20) << "6! / (3! 3!)";
}

TEST(Exhaustive, PlaysOrdersOfIndependentStepsOnce) {
    // Who is left alone goes to its end without being asked, so that it is not seen there that
    // another run was in the same state: once for each step at which the last two part.
    Small apart({{write(0), write(0), write(0)}, {write(1), write(1), write(1)}});
    EXPECT_EQ(apart.search(unbounded, Reduced::no).schedules, 20);
    EXPECT_EQ(apart.search(unbounded, Reduced::yes).schedules, 10);
    Small readers({{read(0), read(0)}, {read(0), read(0)}, {read(0), read(0)}});
    EXPECT_EQ(readers.search(unbounded, Reduced::no).schedules, 90);
    EXPECT_EQ(readers.search(unbounded, Reduced::yes).schedules, 15);
    Small together({{write(0), write(0)}, {write(0), write(0)}});
    EXPECT_EQ(together.search(unbounded, Reduced::yes).schedules, 6) << "all depend on each other";
}

TEST(Exhaustive, TriesEveryAnswerWithinTheBound) {
    Small asking({{ask, ask}, {ask}});
    EXPECT_EQ(asking.search({.preemptions = 0, .answers = 0}, Reduced::no).schedules, 2);
    EXPECT_EQ(asking.search({.preemptions = 0, .answers = 1}, Reduced::no).schedules, 2 * 7);
    EXPECT_EQ(asking.search({.preemptions = 0, .answers = 3}, Reduced::no).schedules, 2 * 27);
    const Decision given{.task      = {Role::sender, 0},
                         .place     = "what",
                         .nth       = 2,
                         .is_switch = false,
                         .other     = {},
                         .value     = 2};
    const auto     named = asking.search({}, Reduced::no, {given});
    EXPECT_EQ(named.kinds(), std::set<std::string>{"0 0 0 0 | ?0 ?2 | ?0 "});
}

/// The bug: the two tasks take turns at each step, which takes `preemptions` of them.
bool found_within(std::uint16_t bound, std::size_t preemptions, Reduced reduced) {
    const std::size_t steps = preemptions + 2;
    std::string       turns;
    for (std::size_t step = 0; step < steps; ++step)
        turns.push_back(step % 2 == 0 ? 'a' : 'b');
    Small       two({std::vector((steps + 1) / 2, write(0)), std::vector(steps / 2, write(0))});
    FootprintOf touched;
    if (reduced == Reduced::yes)
        touched = [](const Moment&) { return Footprint{.writes = everything}; };
    Exhaustive scheduler({.preemptions = bound}, {}, touched);
    do {
        two.play(scheduler);
        if (two.letters() == turns) return true;
    } while (scheduler.advance());
    return false;
}

TEST(Exhaustive, FindsABugAtTheBoundThatItNeedsAndNotBelow) {
    for (std::uint16_t needed = 1; needed <= 6; ++needed) {
        for (const Reduced reduced : {Reduced::no, Reduced::yes}) {
            EXPECT_FALSE(found_within(needed - 1, needed, reduced)) << needed;
            EXPECT_TRUE(found_within(needed, needed, reduced)) << needed;
        }
    }
}

Program any_program(SplitMix& random) {
    Program program(3);
    for (auto& task : program) {
        for (std::uint32_t left = 2 + random.below(2); left > 0; --left) {
            const auto variable = static_cast<std::uint8_t>(random.below(3));
            task.push_back(random.below(2) == 0 ? read(variable) : write(variable));
        }
    }
    if (random.below(4) == 0) program[0].push_back(ask);
    return program;
}

TEST(Exhaustive, ReachesEveryOutcomeThatTheFullEnumerationReaches) {
    SplitMix random(2026);
    int      full = 0, reduced = 0, outcomes = 0, smaller = 0, searches = 0;
    for (int round = 0; round < 40; ++round) {
        Small small(any_program(random));
        for (const std::uint16_t bound : std::to_array<std::uint16_t>({0, 1, 2, 3, no_bound})) {
            const Bounds bounds{.preemptions = bound, .answers = 1};
            const Found  all  = small.search(bounds, Reduced::no);
            const Found  some = small.search(bounds, Reduced::yes);
            EXPECT_EQ(some.kinds(), all.kinds()) << "round " << round << ", bound " << bound;
            EXPECT_EQ(all.pruned, 0);
            EXPECT_LE(some.schedules, all.schedules);
            full += all.schedules;
            reduced += some.schedules;
            outcomes += static_cast<int>(all.outcomes.size());
            smaller += some.schedules < all.schedules ? 1 : 0;
            ++searches;
        }
    }
    std::printf("%d searches: %d outcomes, of %d schedules in full and %d reduced; %d smaller\n",
                searches, outcomes, full, reduced, smaller);
    EXPECT_GT(smaller, searches / 3);
    EXPECT_GT(full, 2 * reduced);
}

TEST(Exhaustive, FollowsAPathAgain) {
    Small      small({{write(0), ask, write(0)}, {write(0)}});
    Exhaustive search(unbounded);
    std::vector<std::pair<std::string, std::vector<std::uint16_t>>> all;
    do {
        const std::string outcome = small.play(search);
        all.emplace_back(outcome, std::vector(search.path().begin(), search.path().end()));
    } while (search.advance());
    EXPECT_EQ(all.size(), 4U * 3);
    for (const auto& [outcome, path] : all) {
        Exhaustive again(unbounded);
        again.follow(path);
        EXPECT_EQ(small.play(again), outcome);
        EXPECT_FALSE(again.diverged());
    }
}

TEST(Exhaustive, NoticesARunThatDependsOnMoreThanItsSchedule) {
    Kernel     kernel;
    Exhaustive search(unbounded);
    bool       diverged = false;
    for (std::uint32_t run = 0; run < 10 && !diverged; ++run) {
        kernel.begin(search, 1000);
        for (std::uint32_t task = 0; task < 2; ++task) {
            kernel.spawn({Role::sender, task}, 0, passive_level, [&kernel, run] {
                if (run % 2 == 1) kernel.choose("only in every other run", 2);
                kernel.yield("place");
            });
        }
        kernel.run();
        diverged = search.diverged();
        search.advance();
    }
    EXPECT_TRUE(diverged);
}

}  // namespace
}  // namespace interlock::harness
