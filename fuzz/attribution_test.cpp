#include "fuzz/attribution.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "fuzz/bundled.hpp"
#include "harness/scenario/text.hpp"
#include "model/judge.hpp"

namespace interlock::fuzz {
namespace {

using model::Blame;
using model::ExtensionClass;

const StandIns stand_ins{{"capture.so", ExtensionClass::capturing},
                         {"pass_through.so", ExtensionClass::filtering},
                         {"forwarder.so", ExtensionClass::forwarding}};

const StackOf two{{"upper.so", ExtensionClass::filtering},
                  {"lower.so", ExtensionClass::forwarding}};

constexpr Fault by_the_upper{.rule = 1, .guilty = model::Party::extension, .module = 0};
constexpr Fault by_the_host{.rule = 1, .guilty = model::Party::host};

bool stands_in(const StackOf& stack, const std::string& path) {
    return std::ranges::any_of(stack, [&](const Member& member) { return member.path == path; });
}

TEST(Attribution, ChargesWhoeverBreaksItAlone) {
    const auto found =
        attribute(two, by_the_upper, false, stand_ins,
                  [](const StackOf& stack, auto) { return stands_in(stack, "upper.so"); });
    EXPECT_EQ(found.blame, Blame::extension);
    EXPECT_EQ(found.restaged.back().how, "alone");
}

TEST(Attribution, ChargesWhoeverBreaksItBetweenPassThroughsOnly) {
    const auto found =
        attribute(two, by_the_upper, false, stand_ins, [](const StackOf& stack, auto) {
            return stands_in(stack, "upper.so") && stack.size() == 3;
        });
    EXPECT_EQ(found.blame, Blame::extension);
}

TEST(Attribution, NamesTheNeighbourWhoseVictimsAreAccused) {
    const auto found =
        attribute(two, by_the_upper, false, stand_ins,
                  [](const StackOf& stack, auto) { return stands_in(stack, "lower.so"); });
    EXPECT_EQ(found.blame, Blame::neighbour);
    EXPECT_EQ(found.other, "lower");
}

TEST(Attribution, NamesTheNeighbourThatIsNeeded) {
    const auto found =
        attribute(two, by_the_upper, false, stand_ins, [](const StackOf& stack, auto) {
            return stands_in(stack, "upper.so") && stands_in(stack, "lower.so");
        });
    EXPECT_EQ(found.blame, Blame::together);
    EXPECT_EQ(found.other, "lower");
}

TEST(Attribution, ChargesInterlockWhenGoodOnesAreAccused) {
    const Restage always = [](const StackOf&, auto) { return true; };
    EXPECT_EQ(attribute(two, by_the_upper, false, stand_ins, always).blame, Blame::interlock);
    EXPECT_EQ(attribute(two, by_the_upper, true, stand_ins, always).blame, Blame::the_switch);
}

TEST(Attribution, ChargesInterlockWhenTheSwitchBreaksARuleUnforced) {
    const Restage always = [](const StackOf&, auto) { return true; };
    EXPECT_EQ(attribute(two, by_the_host, false, stand_ins, always).blame, Blame::interlock);
    EXPECT_EQ(attribute({}, by_the_host, true, stand_ins, always).blame, Blame::the_switch);
}

TEST(Attribution, LeavesOpenWhatDoesNotShowAgain) {
    const Restage never = [](const StackOf&, auto) { return false; };
    EXPECT_EQ(attribute({two[0]}, by_the_upper, false, stand_ins, never).blame, Blame::open);
}

// The running host: a flawed extension among good ones, found by chance and attributed.
TEST(Attribution, FindsTheFlawedOneInARealStack) {
    const StandIns    bundled_ones{{bundled("capture"), ExtensionClass::capturing},
                                {bundled("pass_through"), ExtensionClass::filtering},
                                {bundled("forwarder"), ExtensionClass::forwarding}};
    const std::vector paths{bundled("vlan_acl"), bundled("faulty_created_as_connected")};
    const auto        stage    = opened_with(paths);
    const auto        scenario = std::get<harness::Scenario>(harness::parse_text(
               "interlock scenario 1\ncreate-port 2 synthetic\ncreate-nic 2/0 synthetic\n"
                      "connect-nic 2/0\ncreate-port 3 synthetic\ncreate-nic 3/0 synthetic\n"
                      "send 2/0 to everyone\n",
               "a.scenario"));
    const auto        fault    = fault_of(*stage, scenario);
    ASSERT_TRUE(fault);
    ASSERT_EQ(fault->module, 1);
    const Restage restage = [&](const StackOf& stack, std::optional<model::ModuleId> by) {
        std::vector<std::string> other;
        for (const Member& member : stack)
            other.push_back(member.path);
        return shows_again(*opened_with(other), scenario, *fault, by);
    };
    const auto stack = stack_of(paths, stage->play(scenario).trace);
    EXPECT_EQ(stack[1].kind, ExtensionClass::forwarding);
    const auto found = attribute(stack, *fault, false, bundled_ones, restage);
    EXPECT_EQ(found.blame, Blame::extension);
    EXPECT_FALSE(found.restaged.front().shows);  // With the forwarder in its place.
}

}  // namespace
}  // namespace interlock::fuzz
