// Each planted flaw is found by random scenarios, and what it breaks first is the rule that
// flaws.txt says, in every run; the scenarios of the corpus find it too.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include "harness/scenario/text.hpp"
#include "model/constants.hpp"
#include "props/on_stage.hpp"

namespace interlock::props {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t runs_usual     = 3000;
constexpr int           violating_runs = 25;  // After so many, enough has been seen.

struct Flaw {
    std::string extension;
    std::string rule;
};

void PrintTo(const Flaw& flaw, std::ostream* out) {
    *out << flaw.extension << " " << flaw.rule;
}

std::vector<Flaw> all_flaws() {
    std::ifstream     file("harness/extensions/flaws.txt");
    std::vector<Flaw> flaws;
    for (std::string line; std::getline(file, line);) {
        Flaw flaw;
        if (!line.starts_with("#") && std::istringstream(line) >> flaw.extension >> flaw.rule)
            flaws.push_back(flaw);
    }
    return flaws;
}

/// The rule that was broken first, if by the extension; "host <rule>" if by the switch.
std::string broken_first(const harness::Performance& performance) {
    const model::Violation* const first = first_violation(performance);
    if (!first) return "nothing";
    const std::string id{model::rules()[first->rule].id};
    return first->guilty == model::Party::extension ? id : "host " + id;
}

class Flaws : public testing::TestWithParam<Flaw> {};

TEST_P(Flaws, AreFoundByRandomScenariosAndBreakTheirRuleFirst) {
    const auto& [extension, rule] = GetParam();
    const std::vector<std::string> stack{extension};
    const auto                     stage = open_stage(stack);

    std::map<std::string, int> firsts;  // Rule broken first, and in how many runs.
    std::uint64_t              found = 0, seed = first_seed();
    int                        bad = 0;
    for (; seed < first_seed() + runs_wanted(runs_usual) && bad < violating_runs; ++seed) {
        const harness::Scenario     scenario    = scenario_of(seed, stack);
        const harness::Performance& performance = play(*stage, scenario);
        if (performance.verdict.outcome != model::Outcome::violates) continue;
        ++bad;
        const std::string broken = broken_first(performance);
        if (broken == rule && found == 0) found = seed - first_seed() + 1;
        if (++firsts[broken] == 1 && broken != rule)
            ADD_FAILURE() << "seed " << seed << ": " << story(scenario, performance, extension);
    }
    std::cout << std::left << std::setw(30) << extension << rule << "  found in run " << found
              << "; broken first in " << bad << " of " << seed - first_seed() << " runs:";
    for (const auto& [broken, count] : firsts)
        std::cout << " " << broken << " x " << count;
    std::cout << "\n";
    EXPECT_GT(found, 0U) << rule << " was not found";
}

TEST_P(Flaws, AreShownByTheCorpus) {
    const auto& [extension, rule] = GetParam();
    const fs::path file = fs::path("corpus/scenarios/violates") / rule / (extension + ".scenario");
    const auto     read = harness::read_scenario(file.string());
    if (const auto* const bad = std::get_if<harness::InputError>(&read)) FAIL() << to_string(*bad);
    const harness::Scenario&       scenario = std::get<harness::Scenario>(read);
    const std::vector<std::string> stack{extension};
    const auto                     stage       = open_stage(stack);
    const harness::Performance&    performance = play(*stage, scenario);
    EXPECT_EQ(broken_first(performance), rule) << story(scenario, performance, extension);
}

/// A packet is lost, so FilterDetach cannot come, and NdisFDeregisterFilterDriver does not come
/// back. What FilterDetach would have freed was not left behind.
TEST(Unloading, WaitsForThePacketsAndAccusesOfNothingElse) {
    const std::vector<std::string> stack{"faulty_lost_multi_buffer"};
    auto scenario = std::get<harness::Scenario>(harness::parse_text(
        "interlock scenario 1\n"
        "create-port 2 synthetic\ncreate-nic 2/0 synthetic\nconnect-nic 2/0\n"
        "create-port 3 synthetic\ncreate-nic 3/0 synthetic\nconnect-nic 3/0\n"
        "send 2/0 to 3/0 buffers 2\n"
        "when control 0 at unload-attached #1 take 1\n",
        "unloaded_as_it_is"));
    scenario.extensions = stack;

    const auto  stage       = open_stage(stack);
    const auto& performance = play(*stage, scenario);
    bool        asked       = false;
    for (const model::Event& event : performance.trace) {
        if (event.call != model::Call::NdisFDeregisterFilterDriver) continue;
        asked = asked || event.phase == model::Phase::enter;
        EXPECT_EQ(event.phase, model::Phase::enter);
    }
    EXPECT_TRUE(asked);
    EXPECT_EQ(broken_first(performance), "NBL-02");
    for (const model::Violation& violation : performance.verdict.violations)
        EXPECT_NE(model::rules()[violation.rule].id, "RUN-03");
}

INSTANTIATE_TEST_SUITE_P(All, Flaws, testing::ValuesIn(all_flaws()),
                         [](const auto& about) { return about.param.extension; });

/// The switch ignores that the lower one asks for its packets back at once: each comes back to it
/// through FilterReturnNetBufferLists. Its neighbour, who hands the flag on, is not to blame.
/// Page: hyper-v-extensible-switch-send-and-receive-flags, the note on NDIS_RECEIVE_FLAGS_RESOURCES
TEST(LowResources, AreIgnoredByTheSwitchAndChargedToWhoSaysThem) {
    constexpr model::ModuleId asking = 1;
    const std::string         rule   = "FLAG-05";
    const Stack               stack{"pass_through", "mutant_filtering"};
    harness::StageOptions     options;
    options.mutant       = "asks_back_at_once";
    const auto  stage    = open_stage(stack, options);
    std::size_t returned = 0, charged = 0;
    for (std::uint64_t seed = first_seed(); seed < first_seed() + 100; ++seed) {
        const harness::Performance& performance = play(*stage, scenario_of(seed, stack));
        for (const model::Violation& violation : performance.verdict.violations) {
            EXPECT_EQ(model::rules()[violation.rule].id, rule) << "seed " << seed;
            EXPECT_EQ(violation.module, asking) << "seed " << seed;
            ++charged;
        }
        std::set<model::ObjectId> up;
        for (const model::Event& event : performance.trace) {
            if (event.module != asking || event.phase != model::Phase::enter) continue;
            const bool asks = (event.flags & model::flag::receive_resources) != 0;
            if (event.call == model::Call::NdisFIndicateReceiveNetBufferLists && asks)
                up.insert(event.object);
            if (event.call == model::Call::FilterReturnNetBufferLists)
                returned += up.erase(event.object);
        }
        EXPECT_TRUE(up.empty()) << "seed " << seed << ": " << up.size() << " never came back";
    }
    std::cout << charged << " lists charged, " << returned << " packets came back\n";
    EXPECT_GT(charged, 0U);
    EXPECT_GT(returned, charged);
}

}  // namespace
}  // namespace interlock::props
