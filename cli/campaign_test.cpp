// A campaign of many jobs: what it leaves, that it may be killed, and that it says what is wrong.

#include <sys/wait.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <regex>
#include <set>
#include <sstream>
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

/// Of all objects of a list.
std::uint64_t sum_in(const std::string& text, const std::string& name, const std::string& list) {
    const auto        begin = text.find("\"" + list + "\": [");
    const std::string part  = text.substr(begin, text.find("\n  ]", begin) - begin);
    const std::regex  number("\"" + name + "\": (\\d+)");
    std::uint64_t     sum = 0;
    for (std::sregex_iterator found(part.begin(), part.end(), number), end; found != end; ++found)
        sum += std::stoull((*found)[1]);
    return sum;
}

/// In the list that has a name.
std::vector<std::uint64_t> numbers_at(const std::string& text, const std::string& name) {
    const auto                 begin = text.find("\"" + name + "\": [");
    std::istringstream         list(text.substr(text.find('[', begin) + 1));
    std::vector<std::uint64_t> numbers;
    for (std::uint64_t number = 0; list >> number; list.ignore())
        numbers.push_back(number);
    return numbers;
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
    const auto ended =
        interlock(std::string("campaign ") + faulty + " --jobs 2 --runs 1200 --seed 1 --out " +
                  out("a") + " --report html=" + out("page.html"));
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
    EXPECT_THAT(text_of(out("page.html")), HasSubstr("harness/extensions/forwarder/ingress.c"));
    EXPECT_EQ(sum_in(status, "runs", "engines"), number_in(status, "runs"));
    EXPECT_GT(numbers_at(status, "nic:connected:disconnect_issued").back(), 0U)
        << "nothing was disconnected with 8 under way";
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
    // Ten times; and where all is slow, longer and longer until it has found something to lose.
    for (int time = 0; time < 10 || (finds.empty() && time < 15); ++time) {
        const auto  more  = time < 10 ? 0s : 4s * (time - 9);
        const pid_t child = begin(command + " > /dev/null");
        std::this_thread::sleep_for(700ms + 1ms * (chance() % 1200) + more);
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

/// As if a campaign had found what a scenario of our corpus shows.
void plant_find(const std::string& campaign, const std::string& key) {
    const std::string scenario = "found/PKT-04/" + key + ".scenario";
    fs::create_directories(campaign + "/finds");
    fs::create_directories(campaign + "/found/PKT-04");
    fs::copy("corpus/scenarios/violates/PKT-04/" + std::string(faulty) + ".scenario",
             campaign + "/" + scenario);
    std::ofstream(campaign + "/finds/" + key + ".json")
        << R"({"key": ")" << key << R"(", "rule": "PKT-04", "scenario": ")" << scenario << "\"}\n";
}

TEST_F(CampaignTest, MergesFindsAndCountsHoweverOften) {
    const std::string command = std::string("campaign ") + faulty + " --jobs 1 -q --out ";
    interlock(command + out("a") + " --runs 10 --seed 1");
    interlock(command + out("b") + " --runs 10 --seed 2");
    plant_find(out("a"), "PKT-04-0000000000000001");
    for (const auto* key : {"PKT-04-0000000000000001", "PKT-04-0000000000000002"})
        plant_find(out("b"), key);
    for (const int time : {1, 2}) {
        const auto merged =
            interlock(command + out("both") + " --merge " + out("a") + " " + out("b"));
        EXPECT_EQ(merged.code, 1) << merged.out;
        const auto status = text_of(out("both/status.json"));
        EXPECT_THAT(status, HasSubstr("\"state\": \"merged\""));
        EXPECT_THAT(status, HasSubstr("\"seed\": 1"));
        EXPECT_THAT(status, HasSubstr("interlock replay " + out("both/found/PKT-04")));
        EXPECT_GE(number_in(status, "runs"), 20U);
        // With what it plays: theirs, and what an earlier merge kept.
        EXPECT_LE(number_in(status, "runs"), 60U) << "counted twice, time " << time;
        EXPECT_THAT(names_in(out("both/finds")),
                    testing::IsSupersetOf(
                        {"PKT-04-0000000000000001.json", "PKT-04-0000000000000002.json"}));
    }
    const auto replayed = interlock("run -q --expect from-folder -e " + std::string(faulty) + " " +
                                    out("both/found"));
    EXPECT_EQ(replayed.code, 0) << replayed.out;
}

TEST_F(CampaignTest, SaysWhatItCannotMerge) {
    const std::string command = "campaign pass_through --jobs 1 --runs 20 -q --out ";
    ASSERT_EQ(interlock(command + out("a")).code, 0);
    const auto merge = [&](const std::string& extension, const std::string& into,
                           const std::string& what) {
        return interlock("campaign " + extension + " --out " + out(into) + " --merge " + out(what));
    };
    EXPECT_THAT(merge("forwarder", "b", "a").out, HasSubstr("it is a campaign of pass_through"));
    EXPECT_THAT(merge("pass_through", "b", "none").out, HasSubstr("it has no status.json"));
    EXPECT_THAT(merge("pass_through", "a", "a").out, HasSubstr("of a campaign that fuzzed"));
    EXPECT_EQ(merge("pass_through", "a", "a").code, 2);
    const auto full = interlock("campaign pass_through --out " + out("c") +
                                " --corpus-max 0 --merge " + out("a"));
    EXPECT_EQ(full.code, 3) << full.out;
    EXPECT_THAT(full.out, HasSubstr("the corpus is full"));
}

std::string seed_told(const std::string& text) {
    std::smatch found;
    std::regex_search(text, found, std::regex("job 0 has seed (\\d+)"));
    return found.str(1);
}

TEST_F(CampaignTest, IsOneOfSeveralNodes) {
    const std::string command = "campaign forwarder --jobs 1 --seed 7 --out ";
    const auto        alone   = interlock(command + out("alone") + " --runs 400");
    const auto        zero    = interlock(command + out("all") + " --runs 0 --node 0");
    const auto        one     = interlock(command + out("all") + " --runs 0 --node 1");
    EXPECT_EQ(seed_told(alone.out), seed_told(zero.out));
    EXPECT_NE(seed_told(zero.out), seed_told(one.out));
    fs::rename(out("alone"), out("all/node-2"));
    const auto late = interlock(command + out("all") + " --runs 0 --node 3");
    ASSERT_EQ(late.code, 0) << late.out;
    for (const auto* kind : {"transitions", "rules", "edges"}) {
        const auto there = covered_in(text_of(out("all/node-2/status.json")), kind);
        EXPECT_GT(there, 0U);
        EXPECT_EQ(covered_in(text_of(out("all/node-3/status.json")), kind), there) << kind;
    }
}

TEST_F(CampaignTest, LearnsFromOtherNodesWhileItRuns) {
    const std::string command = "campaign forwarder --jobs 1 -q --out ";
    // Long enough to have found what this one has not when it looks for the first time.
    ASSERT_EQ(interlock(command + out("other") + " --runs 8000 --seed 8").code, 0);
    const auto  theirs = names_in(out("other/corpus"));
    const pid_t child  = begin(command + out("all") + " --time 1h --node 0 > /dev/null");
    const auto  own    = out("all/node-0/");
    const auto  until  = std::chrono::steady_clock::now() + 30s;
    std::vector<std::string> learned;
    while (learned.empty() && std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(100ms);
        const bool runs = number_in(text_of(own + "status.json"), "runs") > 0;
        if (runs && fs::exists(out("other"))) fs::rename(out("other"), out("all/node-1"));
        std::ranges::set_intersection(theirs, names_in(own + "corpus"),
                                      std::back_inserter(learned));
    }
    kill(-child, SIGKILL);
    waitpid(child, nullptr, 0);
    EXPECT_FALSE(learned.empty()) << "of " << theirs.size() << " scenarios of the other";
}

/// A bound that every job exceeds at once, so that each is started again and again.
TEST_F(CampaignTest, GoesOnWithJobsThatHoldTooMuchMemory) {
    const auto ended = interlock(
        "campaign pass_through --jobs 2 --time 5s --memory-max 1 --seed 3"
        " --out " +
        out("a"));
    EXPECT_EQ(ended.code, 0) << ended.out;
    const auto status = text_of(out("a/status.json"));
    EXPECT_GT(number_in(status, "jobs_started_anew"), 1U);
    EXPECT_GT(number_in(status, "runs"), 0U);
    EXPECT_THAT(text_of(out("a/status.html")), HasSubstr("started anew"));
}

/// Processes that a process made.
std::vector<pid_t> children_of(pid_t process) {
    std::istringstream list(text_of("/proc/" + std::to_string(process) + "/task/" +
                                    std::to_string(process) + "/children"));
    return {std::istream_iterator<pid_t>(list), {}};
}

/// As a system that is short of memory kills one.
TEST_F(CampaignTest, GoesOnWhenAJobIsKilled) {
    const pid_t campaign =
        begin("campaign pass_through --jobs 1 --time 1h -q --out " + out("a") + " > /dev/null");
    const auto until = std::chrono::steady_clock::now() + 60s;
    const auto told  = [&](const char* number) {
        return number_in(text_of(out("a/status.json")), number);
    };
    const auto comes = [&](const char* number) {
        while (told(number) == 0 && std::chrono::steady_clock::now() < until)
            std::this_thread::sleep_for(50ms);
        return told(number) != 0;
    };
    ASSERT_TRUE(comes("runs"));
    const auto jobs = children_of(campaign);
    ASSERT_FALSE(jobs.empty());
    for (const pid_t job : jobs)
        kill(job, SIGKILL);
    EXPECT_TRUE(comes("jobs_started_anew"));
    kill(-campaign, SIGKILL);
    waitpid(campaign, nullptr, 0);
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
