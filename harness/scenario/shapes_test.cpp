#include "harness/scenario/shapes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "harness/scenario/bytes.hpp"

namespace interlock::harness {
namespace {

struct Shape {
    std::string_view name;
    bool (*is_had_by)(const Step&);
};

constexpr std::array shapes{
    Shape{"several", [](const Step& step) { return step.packets > 1 && step.packets <= 8; }},
    Shape{"full", [](const Step& step) { return step.packets == 32; }},
    Shape{"buffers", [](const Step& step) { return step.buffers > 1; }},
    Shape{"mdls", [](const Step& step) { return step.mdls > 1; }},
    Shape{"long", [](const Step& step) { return step.bytes > 1518; }},
    Shape{"short", [](const Step& step) { return step.bytes < 60; }},
    Shape{"vlan", [](const Step& step) { return step.vlan != 0; }},
    Shape{"payload", [](const Step& step) { return step.payload != Payload::local_2; }},
    Shape{"tag_in_frame", [](const Step& step) { return step.tag_in_frame; }},
    Shape{"at_dispatch", [](const Step& step) { return step.at_dispatch; }},
    Shape{"mixed", [](const Step& step) { return step.mixed; }},
    Shape{"native", [](const Step& step) { return step.native; }},
    Shape{"id", [](const Step& step) { return step.id != 0; }},
};

std::vector<Step> sends_in(const Scenario& scenario) {
    std::vector<Step> sends = scenario.steps;
    std::erase_if(sends, [](const Step& step) { return step.verb != Verb::send; });
    return sends;
}

/// Of scenarios with at least twenty sends, where a shape that is only seldom is hardly missed.
TEST(Shapes, AreInSomeScenariosAndNotInOthers) {
    constexpr std::size_t                  scenarios_count = 400, sends_min = 20;
    std::array<std::size_t, shapes.size()> with{}, without{};
    std::size_t                            counted = 0;
    for (std::uint64_t seed = 1; counted < scenarios_count; ++seed) {
        const std::vector<Step> sends = sends_in(random_scenario(seed));
        if (sends.size() < sends_min) continue;
        ++counted;
        for (std::size_t shape = 0; shape < shapes.size(); ++shape)
            ++(std::ranges::any_of(sends, shapes[shape].is_had_by) ? with : without)[shape];
    }
    for (std::size_t shape = 0; shape < shapes.size(); ++shape) {
        EXPECT_GT(with[shape], scenarios_count / 10) << shapes[shape].name;
        EXPECT_GT(without[shape], scenarios_count / 10) << shapes[shape].name;
    }
}

TEST(Shapes, OfNoneIsThePlainestPacket) {
    const Shapes none{0, 0, 0, 0, 0, 9014, 0, 0, 0, 0, 0, 0, 0};
    Chance       chance(1);
    Step         step{.verb = Verb::send};
    shape_packets(step, none, chance);
    EXPECT_EQ(step, Step{.verb = Verb::send});
}

}  // namespace
}  // namespace interlock::harness
