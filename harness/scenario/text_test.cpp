#include "harness/scenario/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

#include "harness/scenario/bytes.hpp"
#include "harness/scenario/grammar.hpp"

namespace interlock::harness {
namespace {

Scenario parsed(std::string_view text) {
    const auto result = parse_text(text, "a.scenario");
    if (const auto* bad = std::get_if<InputError>(&result)) {
        ADD_FAILURE() << to_string(*bad);
        return {};
    }
    return std::get<Scenario>(result);
}

std::string refused(std::string_view lines) {
    const auto  result = parse_text("interlock scenario 1\n" + std::string(lines), "a.scenario");
    const auto* bad    = std::get_if<InputError>(&result);
    return bad == nullptr ? "accepted" : to_string(*bad);
}

TEST(ScenarioText, ReadsAVmThatStartsAndStops) {
    const Scenario scenario = parsed(
        "interlock scenario 1\n"
        "# A VM starts and stops.\n"
        "\n"
        "extension forwarder\n"
        "ndis 6.40\n"
        "create-port 2 synthetic\n"
        "  create-nic 2/0   synthetic\r\n"
        "connect-nic 2/0");
    ASSERT_EQ(scenario.steps.size(), 3U);
    EXPECT_EQ(scenario.extensions, std::vector<std::string>{"forwarder"});
    EXPECT_EQ(scenario.steps[1],
              (Step{.verb = Verb::create_nic, .port = 2, .nic_type = NicType::synthetic}));
    EXPECT_EQ(to_text(scenario),
              "interlock scenario 1\n\nextension forwarder\n\ncreate-port 2 synthetic\n"
              "create-nic 2/0 synthetic\nconnect-nic 2/0\n");
}

TEST(ScenarioText, ReadsAScheduleByPriorities) {
    const Scenario scenario = parsed("interlock scenario 1\nschedule pct 3 17\n");
    EXPECT_EQ(scenario.schedule, ScheduleKind::pct);
    EXPECT_EQ(scenario.depth, 3);
    EXPECT_EQ(scenario.seed, 17U);
    EXPECT_EQ(refused("schedule pct 10 17\n"),
              "a.scenario:2: '10' is out of range for depth; expected a number from 1 to 9");
}

TEST(ScenarioText, ReadsAScheduleByPrioritiesOfWhatIsNext) {
    const Scenario scenario = parsed("interlock scenario 1\nschedule pos 17\n");
    EXPECT_EQ(scenario.schedule, ScheduleKind::pos);
    EXPECT_EQ(scenario.depth, 0);
    EXPECT_EQ(scenario.seed, 17U);
    EXPECT_EQ(parsed(to_text(scenario)), scenario);
    EXPECT_EQ(refused("schedule pos\n"),
              "a.scenario:2: schedule pos lacks its number; expected 'schedule random <number>', "
              "'schedule pos <number>', 'schedule pct <depth> <number>' or 'schedule round-robin'");
}

TEST(ScenarioText, ReadsEverySetting) {
    const Scenario scenario = parsed(
        "interlock scenario 1\nextension above\nextension below\nndis 6.30\ninactive\nlate\n"
        "schedule random 18446744073709551615\n");
    EXPECT_THAT(scenario.extensions, testing::ElementsAre("above", "below"));
    EXPECT_EQ(scenario.ndis, 630);
    EXPECT_FALSE(scenario.active);
    EXPECT_TRUE(scenario.late);
    EXPECT_EQ(scenario.schedule, ScheduleKind::random);
    EXPECT_EQ(scenario.seed, ~std::uint64_t{0});
}

TEST(ScenarioText, TakesOptionsInAnyOrderAndWritesThemInOne) {
    const Scenario scenario = parsed(
        "interlock scenario 1\n"
        "send 2/0 to 1/1 packets 3 bytes 65 vlan 5 in-frame buffers 2 mdls 3 at-dispatch\n");
    ASSERT_EQ(scenario.steps.size(), 1U);
    EXPECT_EQ(to_text(scenario.steps[0]),
              "send 2/0 to 1/1 packets 3 buffers 2 mdls 3 bytes 65 vlan 5 in-frame at-dispatch");
}

TEST(ScenarioText, KeepsEveryFormOfAStep) {
    for (const char* line : {
             "force delete-nic 2/0",
             "create-port 3 synthetic refused below",
             "create-port 4 emulated validation",
             "add-property 2 vlan 7",
             "update-property 2 custom refused above",
             "delete-property 2 vlan",
             "request-nic none",
             "request-nic 2/0",
             "send 2/0 to everyone",
             "send 2/0 to group carrying arp native",
             "send 2/0 to nobody",
             "send 2/0 to 3/0 packets 4 mixed",
             "wait",
             "open 1",
             "open 8 device 2 beside",
             "close 1 beside",
             "ioctl 1 0x12c803",
             "ioctl 2 0x0 in 64 out 8 pattern 7 data 00ff10 beside",
             "ioctl 2 0xffffffff data 0a",
             "read 1 out 8",
             "write 1 in 20 data 6c6162656c",
             "cancel 3",
             "exit",
         }) {
        const Scenario scenario = parsed(std::string("interlock scenario 1\n") + line + "\n");
        ASSERT_EQ(scenario.steps.size(), 1U);
        EXPECT_EQ(to_text(scenario.steps[0]), line);
    }
}

TEST(ScenarioText, KeepsDecisions) {
    const std::string text =
        "interlock scenario 1\n\n"
        "when sender 3 at NdisFSendNetBufferLists #2 go control 0\n"
        "when control 0 at complete-oid #1 take 2\n";
    const Scenario scenario = parsed(text);
    ASSERT_EQ(scenario.decisions.size(), 2U);
    EXPECT_EQ(scenario.decisions[0].other, (TaskName{Role::control, 0}));
    EXPECT_EQ(scenario.decisions[1].value, 2U);
    EXPECT_EQ(to_text(scenario), text);
}

TEST(ScenarioText, KeepsFaultsByTheirNames) {
    const std::string text =
        "interlock scenario 1\n\n"
        "faults random 9\n\n"
        "fail NdisAllocateRWLock #1 in control 0 with NULL\n"
        "fail NdisFSetAttributes #2 in control 0 with NDIS_STATUS_FAILURE\n";
    const Scenario scenario = parsed(text);
    EXPECT_EQ(scenario.fault_seed, 9U);
    ASSERT_EQ(scenario.decisions.size(), 2U);
    EXPECT_EQ(scenario.decisions[1].value, 2U);
    EXPECT_EQ(to_text(scenario), text);
    EXPECT_EQ(decode(encode(scenario)), scenario);
}

TEST(ScenarioText, KnowsWhatCanFailAndHow) {
    EXPECT_EQ(refused("fail NdisAllocateRWLok #1 in control 0 with NULL\n"),
              "a.scenario:2: 'NdisAllocateRWLok' is no function that can fail; did you mean "
              "'NdisAllocateRWLock'?");
    EXPECT_EQ(refused("fail NdisAllocateRWLock #1 in control 0 with NDIS_STATUS_FAILURE\n"),
              "a.scenario:2: 'NDIS_STATUS_FAILURE' is no way in which NdisAllocateRWLock fails; "
              "expected 'NULL'");
    EXPECT_THAT(refused("fail NdisAllocateRWLock 1\n"), testing::HasSubstr("'#<n>' belongs"));
    EXPECT_THAT(refused("faults 3\n"), testing::HasSubstr("'faults random <number>'"));
}

TEST(ScenarioText, SaysWhereAndWhatIsWrongAndWhatWasExpected) {
    EXPECT_EQ(refused("\nconect-nic 2/0\n"),
              "a.scenario:3: 'conect-nic' is no step and no setting; did you mean 'connect-nic'?");
    EXPECT_EQ(refused("create-port 2 synthetik\n"),
              "a.scenario:2: 'synthetik' is no port type; did you mean 'synthetic'?");
    EXPECT_EQ(refused("create-port 2 wooden\n"),
              "a.scenario:2: 'wooden' is no port type; expected 'create-port <port> "
              "generic|external|synthetic|emulated|internal [validation] [refused above|below]'");
    EXPECT_EQ(refused("create-port 251 synthetic\n"),
              "a.scenario:2: '251' is out of range for port; expected a number from 1 to 250");
    EXPECT_EQ(refused("connect-nic 2/33\n"),
              "a.scenario:2: '33' is out of range for NIC index; expected a number from 0 to 32");
    EXPECT_EQ(refused("connect-nic 2\n"),
              "a.scenario:2: '2' is no NIC; expected <port>/<nic>, such as '2/0'");
    EXPECT_EQ(refused("connect-nic\n"),
              "a.scenario:2: connect-nic lacks its NIC; expected 'connect-nic <port>/<nic>'");
    EXPECT_EQ(refused("connect-nic 2/0 twice\n"),
              "a.scenario:2: 'twice' is nothing that connect-nic takes; expected 'connect-nic "
              "<port>/<nic>'");
    EXPECT_EQ(refused("send 2/0 to evryone\n"),
              "a.scenario:2: 'evryone' is no target; did you mean 'everyone'?");
    EXPECT_EQ(refused("send 2/0 to 3/0 packets 33\n"),
              "a.scenario:2: '33' is out of range for packets; expected a number from 1 to 32");
    EXPECT_EQ(refused("send 2/0 to 3/0 pakets 3\n"),
              "a.scenario:2: 'pakets' is nothing that send takes; did you mean 'packets'?");
    EXPECT_EQ(refused("send 2/0 to 3/0 vlan 5 vlan 5\n"),
              "a.scenario:2: 'vlan' stands twice; expected it once");
    EXPECT_EQ(refused("send 2/0 to 3/0 in-frame\n"),
              "a.scenario:2: 'in-frame' without a tag; expected 'vlan <number>' beside it");
    EXPECT_EQ(refused("send 2/0 to everyone mixed\n"),
              "a.scenario:2: 'mixed' without a second NIC; expected 'to <port>/<nic>'");
    EXPECT_EQ(refused("open 9\n"),
              "a.scenario:2: '9' is out of range for handle; expected a number from 1 to 8");
    EXPECT_EQ(refused("ioctl 1 12c803\n"),
              "a.scenario:2: '12c803' is no control code; expected a number below 2^32, such as "
              "'0x12c803'");
    EXPECT_EQ(refused("write 1 data 0\n"),
              "a.scenario:2: '0' are no bytes; expected 1 to 252 bytes, two hex digits each");
    EXPECT_EQ(refused("write 1 in 1 data 0000\n"),
              "a.scenario:2: there are more data than 'in' has room for; expected at least 'in 2'");
    EXPECT_EQ(refused("write 1 pattern 3\n"),
              "a.scenario:2: 'pattern' without bytes to fill; expected a longer 'in <number>'");
    EXPECT_EQ(refused("force wait\n"),
              "a.scenario:2: 'force' before 'wait'; expected it alone; it breaks no rule");
    EXPECT_EQ(
        refused("force late\n"),
        "a.scenario:2: 'late' is no step; expected a step, such as 'create-port 2 synthetic'");
}

TEST(ScenarioText, SaysWhatIsWrongWithASetting) {
    EXPECT_EQ(refused("wait\nlate\n"),
              "a.scenario:3: 'late' stands after a step; expected it before the first step");
    EXPECT_EQ(refused("late\nlate\n"), "a.scenario:3: 'late' stands twice; expected it once");
    EXPECT_EQ(refused("ndis 6.20\n"),
              "a.scenario:2: '6.20' is no version of NDIS that this build plays; expected 'ndis "
              "6.30' or 'ndis 6.40'");
    EXPECT_EQ(refused("schedule rndom 3\n"),
              "a.scenario:2: 'rndom' is no schedule; did you mean 'random'?");
    EXPECT_EQ(
        refused("schedule random 18446744073709551616\n"),
        "a.scenario:2: '18446744073709551616' is out of range for schedule; expected a number "
        "from 0 to 18446744073709551615");
    EXPECT_EQ(refused("extension For/warder\n"),
              "a.scenario:2: 'For/warder' is no extension's name; expected a name of 1 to 63 "
              "letters a-z, digits, '_' and '-'");
    EXPECT_THAT(refused("when nobody 1 at x #1 take 1\n"), testing::HasSubstr("is no task"));
    EXPECT_THAT(refused("when timer 1 at x #0 take 1\n"), testing::HasSubstr("out of range"));
    EXPECT_THAT(refused("when timer 1 at x 1 take 1\n"), testing::HasSubstr("'#<n>' belongs"));
}

std::string whole_refused(std::string_view text) {
    const auto  result = parse_text(text, "a.scenario");
    const auto* bad    = std::get_if<InputError>(&result);
    return bad == nullptr ? "accepted" : to_string(*bad);
}

TEST(ScenarioText, RefusesWhatIsNoScenario) {
    EXPECT_EQ(whole_refused(""),
              "a.scenario:1: there is no scenario; expected 'interlock scenario "
              "1' in the first line");
    EXPECT_EQ(whole_refused("wait\n"),
              "a.scenario:1: the first line is 'wait'; expected 'interlock scenario 1'");
    EXPECT_EQ(whole_refused("interlock scenario 2\n"),
              "a.scenario:1: this is version 2; expected version 1; take the release of interlock "
              "that wrote the file, or write 'interlock scenario 1' if it uses nothing newer");
    EXPECT_EQ(whole_refused(std::string_view("\0\x01\x02", 3)),
              "a.scenario:1: the first line is '\\x00\\x01\\x02'; expected 'interlock scenario 1'");
    EXPECT_EQ(
        refused(std::string_view("wait\nwa\0it\n", 11)),
        "a.scenario:3: there is a byte 0, which is not text; expected a scenario as text, one "
        "step a line");
}

TEST(ScenarioText, RefusesOneStepTooMany) {
    std::string text = "interlock scenario 1\n";
    for (std::size_t step = 0; step < steps_max; ++step)
        text += "wait\n";
    EXPECT_EQ(parsed(text).steps.size(), steps_max);
    EXPECT_EQ(whole_refused(text + "wait\n"),
              "a.scenario:4098: there are more than 4096 steps; expected at most 4096");
}

TEST(ScenarioText, ReadsFilesOfTextAndOfBytes) {
    const std::string file = testing::TempDir() + "interlock_scenario_of_bytes";
    const Scenario given = parsed("interlock scenario 1\nextension a\nsend 2/0 to 3/0 bytes 99\n");
    const auto     bytes = encode(given);
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    EXPECT_EQ(std::get<Scenario>(read_scenario(file)), given);

    std::ofstream(file) << to_text(given);
    EXPECT_EQ(std::get<Scenario>(read_scenario(file)), given);
    std::remove(file.c_str());
    EXPECT_EQ(to_string(std::get<InputError>(read_scenario(file))),
              file + ": cannot be read: No such file or directory; expected a scenario");
}

// Whoever looks for a way to write something finds it on the page.
TEST(ScenarioText, ThePageOfTheCorpusShowsEveryStep) {
    std::ifstream     stream("corpus/README.md");
    const std::string page{std::istreambuf_iterator<char>(stream), {}};
    for (const VerbRow& row : verb_table) {
        EXPECT_THAT(page, testing::HasSubstr("\n" + usage(row.verb) + "\n"));
    }
}

}  // namespace
}  // namespace interlock::harness
