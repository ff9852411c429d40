// What the files of the corpus promise by their places and their form. What they do is tried where
// they are played.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>

#include "harness/scenario/plan.hpp"
#include "harness/scenario/text.hpp"

namespace interlock::harness {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_in(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().extension() == ".scenario") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

Scenario read(const fs::path& file) {
    const auto result = read_scenario(file.string());
    if (const auto* bad = std::get_if<InputError>(&result)) {
        ADD_FAILURE() << to_string(*bad);
        return {};
    }
    return std::get<Scenario>(result);
}

/// Places, from 1, of the steps that a switch may not take.
std::vector<std::size_t> steps_not_allowed(const Scenario& scenario) {
    std::vector<std::size_t> places;
    Plan                     plan(scenario);
    for (std::size_t place = 0; place < scenario.steps.size(); ++place) {
        if (!plan.objection(scenario.steps[place]).empty()) places.push_back(place + 1);
        plan.take(scenario.steps[place]);
    }
    return places;
}

bool is_of_a_faulty_extension(const fs::path& file) {
    return file.stem().string().starts_with("faulty_");
}

TEST(Corpus, EveryFileIsAScenarioAndSaysWhatItShows) {
    const std::regex head("interlock scenario 1\n(# [^\n]+\n)+(# Page: [a-z0-9_-]+\n)+\n");
    const auto       files = files_in("corpus/scenarios");
    for (const fs::path& file : files) {
        const Scenario scenario = read(file);
        EXPECT_EQ(std::get<Scenario>(parse_text(to_text(scenario), "again")), scenario) << file;

        std::ifstream     stream(file);
        const std::string text{std::istreambuf_iterator<char>(stream), {}};
        EXPECT_TRUE(std::regex_search(text, head, std::regex_constants::match_continuous))
            << file << " begins with a comment that says what it shows, and with '# Page: …'";
    }
    std::printf("%zu scenarios\n", files.size());
    EXPECT_GE(files.size(), 90U);
}

TEST(Corpus, InWhatConformsTheSwitchTakesEveryStep) {
    const auto files = files_in("corpus/scenarios/conforms");
    EXPECT_GE(files.size(), 25U);
    for (const fs::path& file : files) {
        EXPECT_EQ(steps_not_allowed(read(file)), std::vector<std::size_t>{}) << file;
    }
}

TEST(Corpus, InWhatViolatesOneForcedStepBreaksTheRuleOrAFaultyExtensionDoes) {
    for (const fs::path& file : files_in("corpus/scenarios/violates")) {
        const Scenario scenario = read(file);
        ASSERT_FALSE(scenario.steps.empty()) << file;
        const auto forced = std::ranges::count_if(scenario.steps, &Step::force);
        if (is_of_a_faulty_extension(file)) {
            EXPECT_EQ(scenario.extensions, std::vector{file.stem().string()}) << file;
            EXPECT_EQ(forced, 0) << file;
            EXPECT_EQ(steps_not_allowed(scenario), std::vector<std::size_t>{}) << file;
        } else {
            EXPECT_EQ(scenario.extensions, std::vector<std::string>{"pass_through"}) << file;
            EXPECT_EQ(forced, 1) << file;
            EXPECT_TRUE(scenario.steps.back().force) << file;
            if (!scenario.decisions.empty()) continue;  // What is on its way, a plan does not know.
            EXPECT_EQ(steps_not_allowed(scenario), std::vector{scenario.steps.size()}) << file;
        }
    }
}

// The list of flaws and the corpus name the same rule for the same extension.
TEST(Corpus, EveryFlawIsTriggered) {
    std::ifstream list("harness/extensions/flaws.txt");
    std::string   line;
    std::size_t   flaws = 0;
    while (std::getline(list, line)) {
        if (line.empty() || line.starts_with('#')) continue;
        const std::size_t blank     = line.find(' ');
        const std::string extension = line.substr(0, blank);
        const std::string rule      = line.substr(blank + 1, line.find(' ', blank + 1) - blank - 1);
        const fs::path    file =
            fs::path("corpus/scenarios/violates") / rule / (extension + ".scenario");
        EXPECT_TRUE(fs::exists(file)) << file;
        ++flaws;
    }
    EXPECT_GT(flaws, 0U);
}

}  // namespace
}  // namespace interlock::harness
