#include "harness/scenario/bytes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "harness/scenario/chance.hpp"
#include "harness/scenario/grammar.hpp"
#include "harness/scenario/plan.hpp"
#include "harness/scenario/text.hpp"

namespace interlock::harness {
namespace {

std::vector<std::uint8_t> any_bytes(std::uint64_t seed) {
    Chance                    chance(seed);
    std::vector<std::uint8_t> bytes(chance.below(600));
    for (std::uint8_t& byte : bytes)
        byte = static_cast<std::uint8_t>(chance.next());
    return bytes;
}

TEST(ScenarioBytes, AnyBytesAreSomeScenario) {
    EXPECT_EQ(decode({}), Scenario{});
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
        const Scenario scenario = decode(any_bytes(seed));
        EXPECT_EQ(canonical(scenario), scenario);
        EXPECT_EQ(decode(encode(scenario)), scenario) << to_text(scenario);
        EXPECT_EQ(std::get<Scenario>(parse_text(to_text(scenario), "seed")), scenario);
    }
}

TEST(ScenarioBytes, KeepsExtensionsAndDecisions) {
    Scenario scenario;
    scenario.extensions = {"capture_1", "forwarder"};
    scenario.steps      = {Step{.verb = Verb::request_nic}, Step{.verb = Verb::wait}};
    scenario.decisions  = {
         {.task  = {Role::sender, 3},
          .place = "NdisFOidRequest",
          .nth   = 2,
          .other = {Role::timer, 9}},
         {.task = {}, .place = "complete-oid", .is_switch = false, .other = {}, .value = 70000},
    };
    EXPECT_EQ(decode(encode(scenario)), scenario);
}

TEST(ScenarioBytes, KeepsTheLimitsOfEveryField) {
    Scenario scenario;
    scenario.steps = {
        Step{.verb         = Verb::send,
             .force        = true,
             .port         = 250,
             .nic          = 32,
             .other_port   = 250,
             .other_nic    = 32,
             .packets      = 32,
             .buffers      = 4,
             .mdls         = 4,
             .bytes        = 9014,
             .vlan         = 4094,
             .payload      = Payload::ipv6,
             .tag_in_frame = true,
             .at_dispatch  = true,
             .mixed        = true,
             .native       = true},
        Step{.verb = Verb::send, .port = 1, .other_port = 9, .bytes = 14, .vlan = 1},
        Step{.verb       = Verb::create_port,
             .port       = 250,
             .port_type  = PortType::internal,
             .validation = true,
             .refused    = Refused::below},
        Step{.verb = Verb::add_property, .port = 8, .vlan = 4094},
        Step{.verb    = Verb::ioctl,
             .handle  = 8,
             .code    = 0xFFFF'FFFF,
             .input   = 8192,
             .output  = 8192,
             .pattern = 65535,
             .data    = std::vector<std::uint8_t>(data_bytes_max, 0xFE),
             .beside  = true},
        Step{.verb = Verb::write, .handle = 1, .data = {0xFE}},
        Step{.verb = Verb::open, .handle = 8, .device = 8},
        Step{.verb = Verb::exit, .beside = true},
    };
    scenario = canonical(scenario);
    EXPECT_EQ(decode(encode(scenario)), scenario);
}

TEST(ScenarioBytes, AFlippedBitChangesOneStepOrTheSettings) {
    const Scenario before = random_scenario(7);
    const auto     bytes  = encode(before);
    for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
        auto flipped = bytes;
        flipped[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        const Scenario after = decode(flipped);
        ASSERT_EQ(after.steps.size(), before.steps.size());
        std::size_t changed = 0;
        for (std::size_t step = 0; step < before.steps.size(); ++step) {
            if (after.steps[step] != before.steps[step]) ++changed;
        }
        EXPECT_LE(changed, 1U);
    }
}

TEST(ScenarioBytes, MoreStepsThanAScenarioHoldsAreLeftOut) {
    const std::vector<std::uint8_t> bytes(bytes_per_step * (steps_max + 10));
    EXPECT_EQ(decode(bytes).steps.size(), steps_max);
}

TEST(RandomScenario, HasStepsForDevicesOnlyWhereSomeAreKnown) {
    const KnownDevices known{.any = true, .codes = {0x122000}};
    std::size_t        ioctls = 0, known_ones = 0;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        for (const Step& step : random_scenario(seed).steps)
            EXPECT_FALSE(row_of(step.verb).takes & takes::beside);
        for (const Step& step : random_scenario(seed, known).steps) {
            ioctls += step.verb == Verb::ioctl;
            known_ones += step.verb == Verb::ioctl && step.code == 0x122000;
        }
    }
    EXPECT_GT(ioctls, 1000U);
    EXPECT_GT(known_ones * 100, ioctls * 80);
    EXPECT_LT(known_ones, ioctls);
}

TEST(RandomScenario, IsTheSameForTheSameSeed) {
    EXPECT_EQ(random_scenario(1), random_scenario(1));
    EXPECT_NE(random_scenario(1), random_scenario(2));
}

TEST(RandomScenario, IsMostlyLegalAndNeverForced) {
    std::size_t all = 0, legal = 0, sends = 0;
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        const Scenario scenario = random_scenario(seed);
        EXPECT_EQ(canonical(scenario), scenario);
        Plan plan(scenario);
        for (const Step& step : scenario.steps) {
            EXPECT_FALSE(step.force);
            ++all;
            if (plan.objection(step).empty()) ++legal;
            if (step.verb == Verb::send && plan.objection(step).empty()) ++sends;
            plan.take(step);
        }
    }
    RecordProperty("steps", static_cast<int>(all));
    std::printf("%zu steps, %zu legal, %zu of them send\n", all, legal, sends);
    EXPECT_GT(legal * 100, all * 93);
    EXPECT_LT(legal, all);
    EXPECT_GT(sends * 100, all * 20);
}

TEST(RandomScenario, HasEveryVerbEverySettingAndEveryOption) {
    std::set<Verb>        verbs;
    std::set<std::string> words;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        const Scenario scenario = random_scenario(seed, {.any = true});
        for (const Step& step : scenario.steps)
            verbs.insert(step.verb);
        if (scenario.late) words.insert("late");
        if (!scenario.active) words.insert("inactive");
        if (scenario.ndis == 630) words.insert("630");
        if (scenario.schedule == ScheduleKind::round_robin) words.insert("round-robin");
        if (scenario.schedule == ScheduleKind::pct)
            words.insert("pct " + std::to_string(scenario.depth));
        if (scenario.schedule == ScheduleKind::pos) words.insert("pos");
        for (const Step& step : scenario.steps) {
            if (step.refused == Refused::above) words.insert("above");
            if (step.refused == Refused::below) words.insert("below");
            for (const FlagOption& option : flag_options) {
                if (step.*option.flag) words.insert(std::string(option.word));
            }
        }
    }
    EXPECT_EQ(verbs.size(), verb_count);
    EXPECT_EQ(words.size(), 11 + std::size(flag_options));
}

}  // namespace
}  // namespace interlock::harness
