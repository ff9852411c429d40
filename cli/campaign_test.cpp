// A campaign of many jobs: what it leaves, that it may be killed, and that it says what is wrong.

#include <sys/wait.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <regex>
#include <set>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "cli/shell.hpp"

namespace interlock::cli {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr auto faulty = "faulty_disconnect_ignored";

std::string text_of(const fs::path& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::uint64_t number_in(const std::string& text, const std::string& name) {
    std::smatch found;
    const bool  is = std::regex_search(text, found, std::regex("\"" + name + "\": (\\d+)"));
    return is ? std::stoull(found[1]) : 0;
}

/// "covered" of transitions, rules or edges.
std::uint64_t covered_in(const std::string& text, const std::string& name) {
    return number_in(text.substr(text.find("\"" + name + "\": {")), "covered");
}

std::set<std::string> names_in(const fs::path& folder) {
    std::set<std::string> names;
    std::error_code       none;
    for (const auto& entry : fs::directory_iterator(folder, none))
        names.insert(entry.path().filename());
    return names;
}

class CampaignTest : public testing::Test {
protected:
    void TearDown() override {
        if (!HasFailure()) fs::remove_all(folder);
    }

    std::string out(const std::string& name) const {
        return folder + "/" + name;
    }

    const std::string folder = testing::TempDir() + "interlock_campaign_" +
                               std::to_string(getpid()) + "_" +
                               testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(CampaignTest, LeavesWhatItFoundAndHowItWent) {
    const auto ended = interlock(std::string("campaign ") + faulty +
                                 " --jobs 2 --runs 1200 --seed 1 --out " + out("a") +
                                 " --report html=" + out("page.html"));
    EXPECT_EQ(ended.code, 1) << ended.out;
    EXPECT_THAT(ended.out, HasSubstr("PKT-04 broken by extension faulty_disconnect_ignored"));
    EXPECT_THAT(ended.out, HasSubstr("job 1 has seed"));
    EXPECT_THAT(ended.out, testing::Not(HasSubstr("s to go"))) << "no live line into a pipe";
    EXPECT_FALSE(names_in(out("a/corpus")).empty());
    const auto status = text_of(out("a/status.json"));
    EXPECT_GE(number_in(status, "runs"), 1200U);
    EXPECT_GT(number_in(status, "plain_runs"), 500U);
    EXPECT_THAT(status, HasSubstr("\"nic:connected\""));
    EXPECT_THAT(text_of(out("a/status.html")), HasSubstr("PKT-04"));
    EXPECT_THAT(status, HasSubstr("\"trend\": ["));
    EXPECT_THAT(text_of(out("page.html")), HasSubstr("\"rule\":\"PKT-04\""));
    std::size_t replayed = 0;
    for (const auto& file : fs::directory_iterator(out("a/found/PKT-04"))) {
        const auto replay = interlock("replay -q " + file.path().string());
        EXPECT_EQ(replay.code, 1) << replay.out;
        ++replayed;
    }
    EXPECT_GT(replayed, 0U);
}

/// A campaign in a process group of its own.
pid_t begin(const std::string& arguments) {
    const pid_t child = fork();
    if (child != 0) return child;
    setpgid(0, 0);
    const std::string command = "exec " + build_folder() + "/bin/interlock " + arguments;
    execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
    _exit(127);
}

TEST_F(CampaignTest, LosesNothingHoweverOftenItIsKilled) {
    const std::string command =
        std::string("campaign ") + faulty + " --jobs 2 --time 1h -q --out " + out("a");
    std::mt19937 chance(7);  // NOLINT: the moments are to be the same ones, as far as may be
    std::set<std::string> finds;
    std::uint64_t         runs = 0;
    for (int time = 0; time < 10; ++time) {
        const pid_t child = begin(command + " > /dev/null");
        std::this_thread::sleep_for(700ms + 1ms * (chance() % 1200));
        kill(-child, SIGKILL);
        waitpid(child, nullptr, 0);
        const auto now = names_in(out("a/finds"));
        EXPECT_TRUE(std::ranges::includes(now, finds)) << "a find is lost";
        finds             = now;
        const auto status = text_of(out("a/status.json"));
        EXPECT_TRUE(status.empty() || status.ends_with("}\n")) << "it is half-written";
        EXPECT_GE(number_in(status, "runs"), runs) << "runs are forgotten";
        runs = number_in(status, "runs");
    }
    EXPECT_FALSE(finds.empty());
    EXPECT_GT(runs, 0U);
    const auto played = interlock("run -q -e " + std::string(faulty) + " " + out("a/corpus"));
    EXPECT_NE(played.code, 2) << "a scenario of the corpus is half-written\n" << played.out;

    const auto ended =
        interlock(std::string("campaign ") + faulty + " --jobs 2 --runs 0 --out " + out("a"));
    EXPECT_EQ(ended.code, 1) << ended.out;
    EXPECT_THAT(ended.out, HasSubstr("goes on: "));
    EXPECT_TRUE(std::ranges::includes(names_in(out("a/finds")), finds));
    EXPECT_THAT(text_of(out("a/status.json")), testing::Not(HasSubstr("\"scenario\": \"\"")))
        << "what was found is not made small";
    const auto replayed =
        interlock("run -q --expect from-folder -e " + std::string(faulty) + " " + out("a/found"));
    EXPECT_EQ(replayed.code, 0) << replayed.out;
}

TEST_F(CampaignTest, MergesCorporaWithoutLoss) {
    const std::string command = "campaign forwarder --jobs 1 --runs 300 -q --out ";
    ASSERT_EQ(interlock(command + out("a") + " --seed 1").code, 0);
    ASSERT_EQ(interlock(command + out("b") + " --seed 2").code, 0);
    const auto merged = interlock("campaign forwarder --jobs 2 --time 0s --out " + out("both") +
                                  " --begin-with " + out("a") + " --begin-with " + out("b"));
    ASSERT_EQ(merged.code, 0) << merged.out;
    const auto both = text_of(out("both/status.json"));
    for (const auto* one : {"a", "b"}) {
        const auto status = text_of(out(one) + "/status.json");
        for (const auto* kind : {"transitions", "rules", "edges"}) {
            EXPECT_GT(covered_in(status, kind), 0U);
            EXPECT_GE(covered_in(both, kind), covered_in(status, kind)) << kind;
        }
    }
    const auto files = [&](const char* name) { return names_in(out(name) + "/corpus").size(); };
    EXPECT_LT(files("both"), files("a") + files("b")) << "what shows nothing new is not kept";
}

TEST_F(CampaignTest, SaysThatAnExtensionDoesNotStart) {
    const auto refuses = interlock("campaign " + build_folder() +
                                   "/tests/refuses_entry.so --time 5s --out " + out("a"));
    EXPECT_EQ(refuses.code, 2);
    EXPECT_THAT(refuses.out, HasSubstr("DriverEntry of refuses_entry returned 0xC0000001"));
    const auto never = interlock("campaign " + build_folder() +
                                 "/tests/never_attaches.so --runs 100 --out " + out("b"));
    EXPECT_EQ(never.code, 2);
    EXPECT_THAT(never.out, HasSubstr("runs did it attach and restart; expected one that does"));
}

TEST_F(CampaignTest, FailsBelowItsFloor) {
    const std::string command = "campaign pass_through --jobs 1 --runs 200 --seed 1 -q --out ";
    const auto        enough  = interlock(command + out("a") + " --floor nic:connected=100");
    EXPECT_EQ(enough.code, 0) << enough.out;
    const auto starved =
        interlock(command + out("b") + " --floor states=1 --floor nic:connected=100000");
    EXPECT_EQ(starved.code, 3) << starved.out;
    EXPECT_THAT(starved.out, HasSubstr("packet:made: came up 0 times; expected 1"));
    EXPECT_THAT(starved.out, HasSubstr("expected 100000 at least, by --floor"));
    EXPECT_EQ(interlock(command + out("c") + " --floor nic:conected=1").code, 2);
}

TEST_F(CampaignTest, HasItsFolderForItself) {
    ASSERT_EQ(interlock("campaign pass_through --runs 20 -q --seed 5 --out " + out("a")).code, 0);
    const auto seed = interlock("campaign pass_through --runs 20 --seed 6 --out " + out("a"));
    EXPECT_EQ(seed.code, 2);
    EXPECT_THAT(seed.out, HasSubstr("this campaign has seed 5"));
    const auto other = interlock("campaign forwarder --runs 20 --out " + out("a"));
    EXPECT_EQ(other.code, 2);
    EXPECT_THAT(other.out, HasSubstr("this is a campaign of pass_through"));
}

}  // namespace
}  // namespace interlock::cli
