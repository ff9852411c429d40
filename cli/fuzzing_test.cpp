// Every flaw is found by fuzzing, as the rule that flaws.txt names; a good extension is not
// accused.

#include <filesystem>
#include <fstream>
#include <ostream>
#include <sstream>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "cli/shell.hpp"
#include "harness/kernel/poison.hpp"

namespace interlock::cli {
namespace {

namespace fs = std::filesystem;

/// With a sanitizer a run takes some twenty times as long, and each of them looks for more.
std::string runs() {
    return harness::poisons_memory() ? " --runs 400" : " --runs 1500";
}

struct Flaw {
    std::string extension;
    std::string rule;

    friend void PrintTo(const Flaw& flaw, std::ostream* out) {
        *out << flaw.extension;
    }
};

/// With a sanitizer one in four: they differ in their own code, not in the search.
std::vector<Flaw> all_flaws() {
    const std::size_t in_so_many = harness::poisons_memory() ? 4 : 1;
    std::ifstream     file("harness/extensions/flaws.txt");
    std::vector<Flaw> flaws;
    std::size_t       seen = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.front() == '#' || ++seen % in_so_many != 0) continue;
        std::istringstream words(line);
        Flaw               flaw;
        words >> flaw.extension >> flaw.rule;
        flaws.push_back(flaw);
    }
    return flaws;
}

class FlawTest : public testing::TestWithParam<Flaw> {};

TEST_P(FlawTest, IsFoundAndReplays) {
    const std::string folder = testing::TempDir() + "interlock_flaws_" + std::to_string(getpid());
    const auto        fuzz   = interlock("fuzz " + GetParam().extension + runs() +
                                         " --seed 1 --keep-going -q --out " + folder);
    EXPECT_EQ(fuzz.code, 1) << fuzz.out;
    const auto  named = folder + "/found/" + GetParam().rule;
    std::size_t found = 0;
    ASSERT_TRUE(fs::is_directory(named)) << GetParam().rule << " was not found\n" << fuzz.out;
    for (const auto& scenario : fs::directory_iterator(named)) {
        ++found;
        const auto replay = interlock("replay -q " + scenario.path().string());
        EXPECT_THAT(replay.out, testing::HasSubstr(GetParam().rule + " broken by extension " +
                                                   GetParam().extension));
    }
    EXPECT_GT(found, 0U);
    fs::remove_all(folder);
}

INSTANTIATE_TEST_SUITE_P(Flaws, FlawTest, testing::ValuesIn(all_flaws()),
                         [](const auto& info) { return info.param.extension; });

class GoodTest : public testing::TestWithParam<const char*> {};

TEST_P(GoodTest, IsNotAccused) {
    const auto fuzz = interlock("fuzz" + runs() + " --seed 1 --keep-going --out " +
                                testing::TempDir() + " " + GetParam());
    EXPECT_EQ(fuzz.code, 0) << fuzz.out;
}

INSTANTIATE_TEST_SUITE_P(Extensions, GoodTest,
                         testing::Values("pass_through", "vlan_acl", "broadcast_pacer", "cloner",
                                         "forwarder", "control_device", "source_guard",
                                         "exempting_guard"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace interlock::cli
