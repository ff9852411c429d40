// The command as a shell sees it: what it prints, and what it ends with.

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/shell.hpp"

namespace interlock::cli {
namespace {

namespace fs = std::filesystem;

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// A folder that is gone after the test.
class CommandTest : public testing::Test {
protected:
    CommandTest() {
        folder = testing::TempDir() + "interlock_cli_" + std::to_string(getpid());
        fs::create_directories(folder);
    }
    ~CommandTest() override {
        fs::remove_all(folder);
    }

    std::string write(const std::string& name, const std::string& text) const {
        const std::string file = folder + "/" + name;
        fs::create_directories(fs::path(file).parent_path());
        std::ofstream(file) << text;
        return file;
    }

    static std::string read(const std::string& file) {
        std::ifstream stream(file);
        return {std::istreambuf_iterator<char>(stream), {}};
    }

    static std::string misbehaving(const std::string& name) {
        return build_folder() + "/tests/" + name + ".so";
    }

    std::string two_guests() const {
        return write("two_guests.scenario",
                     "interlock scenario 1\n"
                     "extension pass_through\n"
                     "create-port 2 synthetic\n"
                     "create-nic 2/0 synthetic\n"
                     "connect-nic 2/0\n"
                     "send 2/0 to everyone packets 2\n");
    }

    std::string forced() const {
        return write("forced.scenario",
                     "interlock scenario 1\n"
                     "extension pass_through\n"
                     "create-port 2 synthetic\n"
                     "force create-port 2 synthetic\n");
    }

    std::string folder;
};

TEST_F(CommandTest, PlaysEveryScheduleAndSaysThatNoneIsLeft) {
    const auto all = interlock("run --exhaust 1 " + two_guests());
    EXPECT_EQ(all.code, 0) << all.out;
    EXPECT_THAT(all.out, ContainsRegex("^exhausted.*\n.*[0-9]+ schedules?, none left, within 1 "));
    const auto some = interlock("run --exhaust 9 --answers 9 --time 1ms " + two_guests());
    EXPECT_EQ(some.code, 3) << some.out;
}

TEST_F(CommandTest, SaysWithWhichProbabilityARunByPrioritiesShowsABug) {
    const auto file = write("pct.scenario",
                            "interlock scenario 1\nextension pass_through\nschedule pct 2 1\n"
                            "create-port 2 synthetic\ncreate-nic 2/0 synthetic\n"
                            "connect-nic 2/0\nsend 2/0 to everyone\nwait\n");
    const auto run  = interlock("run " + file);
    EXPECT_THAT(run.out, ContainsRegex("PCT of depth 2: [0-9]+ tasks, [0-9]+ places; shows a bug "
                                       "of that depth with at least 1/\\([0-9]+\\*104\\^1\\) = "));
}

TEST_F(CommandTest, HelpTeachesWithExamples) {
    const auto all = interlock("--help");
    EXPECT_EQ(all.code, 0);
    for (const auto* name :
         {"run", "replay", "fuzz", "check", "rules", "explain", "machines", "prove", "cover"}) {
        EXPECT_THAT(all.out, HasSubstr(name));
        const auto one = interlock(std::string(name) + " --help");
        EXPECT_EQ(one.code, 0) << name;
        EXPECT_THAT(one.out, HasSubstr("Example")) << name;
        EXPECT_THAT(one.out, HasSubstr(std::string("interlock ") + name)) << name;
    }
}

TEST_F(CommandTest, AnUnknownOptionIsBadInput) {
    EXPECT_EQ(interlock("run --no-such-option x").code, 2);
    EXPECT_EQ(interlock("").code, 2);
    EXPECT_EQ(interlock("fuzz pass_through --time soon").code, 2);
}

TEST_F(CommandTest, RunTellsWhetherAScenarioConforms) {
    const auto run = interlock("run " + two_guests());
    EXPECT_EQ(run.code, 0) << run.out;
    EXPECT_THAT(run.out, StartsWith("conforms   "));
}

TEST_F(CommandTest, RunReportsAViolationInFull) {
    const auto run = interlock("run " + forced());
    EXPECT_EQ(run.code, 1) << run.out;
    for (const auto* word : {"PORT-01 broken by the host", "https://learn.microsoft.com/", "step 2",
                             "what happened to", "interlock replay "}) {
        EXPECT_THAT(run.out, HasSubstr(word));
    }
}

TEST_F(CommandTest, RunTwiceFindsNoDifference) {
    EXPECT_EQ(interlock("run --twice --seed 5 " + two_guests()).code, 0);
}

TEST_F(CommandTest, ReplayTellsTheStory) {
    const auto replay = interlock("replay " + two_guests());
    EXPECT_EQ(replay.code, 0);
    EXPECT_THAT(replay.out, HasSubstr("step 4: send 2/0 to everyone"));
    EXPECT_THAT(replay.out, HasSubstr("FilterSendNetBufferLists nbl"));
}

TEST_F(CommandTest, ATraceIsJudgedAsItsRunWas) {
    for (const auto& [scenario, code] : {std::pair(two_guests(), 0), std::pair(forced(), 1)}) {
        const std::string trace = folder + "/a.trace";
        EXPECT_EQ(interlock("run --quiet --trace " + trace + " " + scenario).code, code);
        EXPECT_EQ(interlock("check " + trace).code, code);
    }
}

TEST_F(CommandTest, ATruncatedTraceIsBadInput) {
    const std::string trace = folder + "/a.trace";
    ASSERT_EQ(interlock("run --trace " + trace + " " + two_guests()).code, 0);
    const auto text = read(trace);
    write("cut.trace", text.substr(0, text.size() / 2));
    const auto check = interlock("check " + folder + "/cut.trace");
    EXPECT_EQ(check.code, 2);
    EXPECT_THAT(check.out, HasSubstr("cut.trace:"));
    EXPECT_THAT(check.out, HasSubstr("; expected"));
}

TEST_F(CommandTest, AWrongLineIsNamedWithItsPlace) {
    const auto file = write("wrong.scenario", "interlock scenario 1\nconect-nic 2/0\n");
    const auto run  = interlock("run " + file);
    EXPECT_EQ(run.code, 2);
    EXPECT_THAT(run.out, HasSubstr("wrong.scenario:2: "));
    EXPECT_THAT(run.out, HasSubstr("connect-nic"));
}

TEST_F(CommandTest, WhatIsNotThereIsBadInput) {
    EXPECT_THAT(interlock("run " + folder + "/none.scenario").out, HasSubstr("none.scenario"));
    EXPECT_EQ(interlock("run " + folder + "/none.scenario").code, 2);
    EXPECT_EQ(interlock("fuzz " + folder + "/none.so").code, 2);
    EXPECT_EQ(interlock("fuzz no_such_bundled_one").code, 2);
    EXPECT_EQ(interlock("check " + folder + "/none.trace").code, 2);
}

TEST_F(CommandTest, WhatIsNoExtensionIsBadInput) {
    const auto file = write("text.so", "not a shared object");
    const auto run  = interlock("run --extension " + file + " " + two_guests());
    EXPECT_EQ(run.code, 2);
    EXPECT_THAT(run.out, HasSubstr("text.so: "));
    EXPECT_THAT(run.out, HasSubstr("; expected"));
}

TEST_F(CommandTest, ADriverThatCrashesOnEntryIsBadInput) {
    const auto run = interlock("fuzz " + misbehaving("crashes_on_entry"));
    EXPECT_EQ(run.code, 2);
    EXPECT_THAT(run.out, HasSubstr("DriverEntry of crashes_on_entry crashed"));
}

TEST_F(CommandTest, ADriverThatRefusesToStartIsBadInput) {
    const auto run = interlock("fuzz " + misbehaving("refuses_entry"));
    EXPECT_EQ(run.code, 2);
    EXPECT_THAT(run.out, HasSubstr("DriverEntry of refuses_entry returned 0xC0000001"));
}

TEST_F(CommandTest, AnExtensionThatNeverAttachesHasNothingToJudge) {
    const auto run = interlock("fuzz --runs 64 " + misbehaving("never_attaches"));
    EXPECT_EQ(run.code, 2);
    EXPECT_THAT(run.out, HasSubstr("FilterAttach returned NDIS_STATUS_RESOURCES"));
}

TEST_F(CommandTest, ACampaignBeginsWithScenariosOfTheUser) {
    const auto mine = write("twice.scenario",
                            "interlock scenario 1\n"
                            "create-port 2 synthetic\nforce create-port 2 synthetic\n");
    const auto run =
        interlock("fuzz pass_through --runs 1 --out " + folder + " --begin-with " + mine);
    EXPECT_EQ(run.code, 1) << run.out;
    EXPECT_TRUE(fs::exists(folder + "/found/PORT-01")) << run.out;
    const auto none = interlock("fuzz pass_through --begin-with " + folder + "/none");
    EXPECT_EQ(none.code, 2);
    EXPECT_THAT(none.out, HasSubstr("none"));
}

TEST_F(CommandTest, ACrashIsAFindingAndNotTheEnd) {
    const auto so  = misbehaving("crashes_on_restart");
    const auto run = interlock("fuzz --runs 64 --out " + folder + " " + so);
    EXPECT_EQ(run.code, 1) << run.out;
    EXPECT_THAT(run.out, HasSubstr("RUN-01 broken by extension crashes_on_restart"));
    EXPECT_THAT(run.out, HasSubstr("crashes with SIG"));
    ASSERT_TRUE(fs::exists(folder + "/found/RUN-01")) << run.out;
    for (const auto& found : fs::directory_iterator(folder + "/found/RUN-01")) {
        const auto replay = interlock("replay " + found.path().string() + " --extension " + so);
        EXPECT_EQ(replay.code, 1);
        EXPECT_THAT(replay.out, HasSubstr("RUN-01 broken by extension"));
    }
    const auto live = interlock("switch --port a=none --time 9s --extension " + so);
    EXPECT_EQ(live.code, 1) << live.out;
    EXPECT_THAT(live.out, HasSubstr("RUN-01 broken by extension crashes_on_restart"));
}

TEST_F(CommandTest, WhatNeverComesBackIsUndecided) {
    const auto run = interlock("run --patience 1s --extension " + misbehaving("never_returns") +
                               " " + two_guests());
    EXPECT_EQ(run.code, 3) << run.out;
    EXPECT_THAT(run.out, HasSubstr("undecided"));
    // ThreadSanitizer keeps signals back from who never calls anything.
    const auto told = ContainsRegex("FilterRestart of never_returns|killed from outside");
    for (const std::string how : {"off", "all"}) {
        const auto live = interlock("switch --port a=none --time 9s --patience 1s --threads " +
                                    how + " --extension " + misbehaving("never_returns"));
        EXPECT_EQ(live.code, 3) << live.out;
        EXPECT_THAT(live.out, told) << how;
    }
}

TEST_F(CommandTest, FramesOfACaptureGoThroughTheSwitch) {
    // One broadcast from 00:15:5d:00:00:01, in a capture of one frame.
    std::string capture("\xd4\xc3\xb2\xa1\x02\0\x04\0\0\0\0\0\0\0\0\0\0\0\x04\0\x01\0\0\0", 24);
    capture += std::string("\0\0\0\0\0\0\0\0\x3c\0\0\0\x3c\0\0\0", 16);
    const std::string frame = std::string(6, '\xff') +
                              std::string("\0\x15\x5d\0\0\x01\x08\x06", 8) + std::string(46, 'x');
    const auto scenario = write("two.scenario",
                                "interlock scenario 1\nextension forwarder\n"
                                "create-port 2 synthetic\ncreate-nic 2/0 synthetic\n"
                                "connect-nic 2/0\ncreate-port 3 synthetic\n"
                                "create-nic 3/0 synthetic\nconnect-nic 3/0\n");
    const auto run =
        interlock("run " + scenario + " --capture " + write("in.pcap", capture + frame) +
                  " --frames 00:15:5d:00:00:01=2/0 --delivered " + folder);
    EXPECT_EQ(run.code, 0) << run.out;
    EXPECT_THAT(read(folder + "/3-0.pcap"), HasSubstr(frame));
    EXPECT_FALSE(fs::exists(folder + "/2-0.pcap"));
    EXPECT_EQ(interlock("run --frames 1:2=2/0 " + scenario).code, 2);
}

TEST_F(CommandTest, FoldersPromiseAVerdict) {
    const auto conforming = read(two_guests());
    const auto violating  = read(forced());
    write("conforms/a.scenario", conforming);
    write("violates/PORT-01/a.scenario", violating);
    EXPECT_EQ(interlock("run --expect from-folder " + folder + "/conforms").code, 0);
    EXPECT_EQ(interlock("run --expect from-folder " + folder + "/violates").code, 0);
    write("violates/NIC-13/b.scenario", violating);
    write("conforms/c.scenario", violating);
    const auto wrong =
        interlock("run --expect from-folder " + folder + "/violates " + folder + "/conforms");
    EXPECT_EQ(wrong.code, 1);
    EXPECT_THAT(wrong.out, HasSubstr("breaks NIC-13 first  breaks PORT-01 first, by the host"));
    EXPECT_THAT(wrong.out, HasSubstr("conforms             breaks PORT-01 first, by the host"));
}

TEST_F(CommandTest, AttributionNamesTheOneOfAStack) {
    const auto scenario = write("early.scenario",
                                "interlock scenario 1\n"
                                "create-port 2 synthetic\n"
                                "create-nic 2/0 synthetic\n"
                                "connect-nic 2/0\n");
    const auto ran =
        interlock("run --attribute -e vlan_acl -e faulty_reference_too_early " + scenario);
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.out, HasSubstr("blame      faulty_reference_too_early: it breaks the rule"));
    EXPECT_THAT(ran.out, HasSubstr("kept with pass_through in its place"));
    EXPECT_THAT(ran.out, HasSubstr("broken alone"));
}

TEST_F(CommandTest, AttributionSparesAGoodOneThatAForcedSwitchMisleads) {
    const auto ran = interlock("run --attribute " + forced());
    EXPECT_THAT(ran.out, HasSubstr("blame      the switch: the scenario forces it"));
}

TEST_F(CommandTest, AnOptionTakesNoScenarioForItsOwn) {
    const auto ran =
        interlock("run --quiet -e pass_through " + two_guests() + " -e vlan_acl " + two_guests());
    EXPECT_EQ(ran.code, 0) << ran.out;
}

TEST_F(CommandTest, SameSeedSameBytes) {
    const auto one = [&](const std::string& out) {
        const auto run =
            shell("cd " + folder + " && rm -rf found && " + fs::absolute(build_folder()).string() +
                  "/bin/interlock fuzz faulty_reference_too_early --seed 7 --runs 400 "
                  "--keep-going 2>/dev/null");
        return std::regex_replace(run.out + out, std::regex("in [0-9.]+ s"), "in some time");
    };
    const auto first = one("");
    EXPECT_THAT(first, StartsWith("seed 7\n"));
    EXPECT_THAT(first, HasSubstr("REF-02 broken by extension faulty_reference_too_early"));
    EXPECT_EQ(first, one(""));
}

TEST_F(CommandTest, JsonIsForAMachine) {
    const auto run = interlock("run --json " + forced());
    EXPECT_EQ(run.code, 1);
    EXPECT_THAT(run.out, StartsWith("{"));
    EXPECT_THAT(run.out, HasSubstr("\"rule\": \"PORT-01\""));
    EXPECT_THAT(interlock("rules --json").out, StartsWith("["));
}

TEST_F(CommandTest, ReportsAreWritten) {
    const auto text = folder + "/out/a.txt", json = folder + "/out/a.json";
    EXPECT_EQ(
        interlock("run -q --report text=" + text + " --report json=" + json + " " + forced()).code,
        1);
    EXPECT_THAT(read(text), HasSubstr("PORT-01 broken by the host"));
    EXPECT_THAT(read(json), StartsWith("{"));
    EXPECT_EQ(interlock("run --report smoke=x " + two_guests()).code, 2);
}

TEST_F(CommandTest, ExplainTellsAllAboutARule) {
    const auto rule = interlock("explain PORT-01");
    EXPECT_EQ(rule.code, 0);
    EXPECT_THAT(rule.out, HasSubstr("https://learn.microsoft.com/"));
    const auto cell = interlock("explain nic:connected:disconnect_issued");
    EXPECT_EQ(cell.code, 0);
    EXPECT_THAT(cell.out, HasSubstr("disconnecting"));
    const auto none = interlock("explain PORT-99");
    EXPECT_EQ(none.code, 2);
    EXPECT_THAT(none.out, HasSubstr("PORT-01"));
}

TEST_F(CommandTest, AReadingChangesTheVerdict) {
    const auto late = " corpus/scenarios/violates/NIC-15/sent_after_disconnect.scenario";
    EXPECT_EQ(interlock(std::string("run -q") + late).code, 1);
    EXPECT_EQ(interlock(std::string("run -q --reading strict") + late).code, 1);
    EXPECT_EQ(interlock(std::string("run -q --reading as-written") + late).code, 0);
    EXPECT_EQ(interlock(std::string("run -q --reading kind") + late).code, 2);
    EXPECT_EQ(interlock(std::string("run -q --ndis 6.20") + late).code, 2);
    const auto replay = interlock(std::string("run --reading strict --ndis 6.30") + late);
    EXPECT_THAT(replay.out, HasSubstr("--reading strict --ndis 6.30"));
    EXPECT_THAT(interlock("explain NIC-15").out, HasSubstr("as-written silent"));
    EXPECT_THAT(interlock("errata --markdown").out, StartsWith("# Errata"));
    EXPECT_THAT(interlock("oids").out, StartsWith("OID_SWITCH_PROPERTY_ADD"));
}

TEST_F(CommandTest, ExplainFindsTheRulesBehindANumberOfDriverVerifier) {
    const auto rules = interlock("explain 0xA005");
    EXPECT_EQ(rules.code, 0);
    EXPECT_THAT(rules.out, HasSubstr("PKT-01  "));
    EXPECT_THAT(rules.out, HasSubstr("PKT-04  "));
    EXPECT_THAT(interlock("explain NdisOidDoubleComplete").out, HasSubstr("OID-02  "));
    const auto none = interlock("explain 0xC4/0xA00E");
    EXPECT_EQ(none.code, 0);
    EXPECT_THAT(none.out, HasSubstr("No rule answers to it."));
}

TEST_F(CommandTest, ProvesTheModelAndTellsTheTwinsRun) {
    const auto quiet = interlock("prove --quiet one-way-on");  // All of them: proofs_test.
    EXPECT_EQ(quiet.code, 0) << quiet.out;
    EXPECT_THAT(quiet.out, StartsWith("1 of 1 claims hold"));

    const auto one = interlock("prove no-nic-deleted-with-packets");
    EXPECT_EQ(one.code, 0) << one.out;
    EXPECT_THAT(one.out, HasSubstr("nic 0: delete_issued"));
    EXPECT_THAT(interlock("prove one-way-on --json").out, HasSubstr("\"answer\": \"proved\""));

    const auto none = interlock("prove nothing");
    EXPECT_EQ(none.code, 2);
    EXPECT_THAT(none.out, HasSubstr("expected one of packets-need-a-connection, "));
}

TEST_F(CommandTest, ColoursAreForTerminalsOnly) {
    EXPECT_THAT(interlock("run " + forced()).out, Not(HasSubstr("\x1b[")));
    EXPECT_THAT(interlock("run --color always " + forced()).out, HasSubstr("\x1b["));
}

TEST_F(CommandTest, CompletionIsAScriptThatBashReads) {
    const auto script = interlock("completion bash");
    EXPECT_EQ(script.code, 0);
    EXPECT_EQ(shell("bash -n " + write("completion.bash", script.out)).code, 0);
}

}  // namespace
}  // namespace interlock::cli
