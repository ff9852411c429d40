// What the live switch is made of, without a network; and the whole of it between captures.

#include "harness/live/live_switch.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <string>

#include "harness/bundled.hpp"
#include "harness/live/checksum.hpp"
#include "harness/live/churn.hpp"
#include "harness/pcap.hpp"
#include "harness/trace/judging_sink.hpp"

namespace interlock::harness {
namespace {

constexpr Time100ns ms = 10'000;

std::string wrong_with(std::string_view text) {
    const auto        parsed = parse_port_spec(text);
    const auto* const error  = std::get_if<InputError>(&parsed);
    return error ? error->wrong : "";
}

TEST(PortSpec, SaysKindTargetAndOptions) {
    const auto  parsed = parse_port_spec("vm1=tap:t1,steady,type=emulated");
    const auto& spec   = std::get<PortSpec>(parsed);
    EXPECT_EQ(spec.name, "vm1");
    EXPECT_EQ(spec.kind, WireKind::tap);
    EXPECT_EQ(spec.target, "t1");
    EXPECT_EQ(spec.type, PortType::emulated);
    EXPECT_EQ(spec.churned, Churned::no);
}

TEST(PortSpec, TakesThePortUpForTheExternalOne) {
    EXPECT_EQ(std::get<PortSpec>(parse_port_spec("up=veth:v")).type, PortType::external);
    EXPECT_EQ(std::get<PortSpec>(parse_port_spec("up=veth:v,type=internal")).type,
              PortType::internal);
    EXPECT_EQ(std::get<PortSpec>(parse_port_spec("vm=veth:v")).type, PortType::synthetic);
}

TEST(PortSpec, OfAGuestComesAndGoesWithTheLinkAndIsNotChurned) {
    const auto  parsed = parse_port_spec("vm=packet:t1,guest");
    const auto& spec   = std::get<PortSpec>(parsed);
    EXPECT_EQ(spec.bears, LinkBears::machine);
    EXPECT_EQ(spec.churned, Churned::no);
}

TEST(PortSpec, RefusesWhatIsNone) {
    EXPECT_EQ(wrong_with("vm1"), "this is no port");
    EXPECT_EQ(wrong_with("=tap:t1"), "this is no port");
    EXPECT_EQ(wrong_with("vm1=tun:t1"), "there is no kind 'tun'");
    EXPECT_EQ(wrong_with("vm1=tap:"), "it does not say which");
    EXPECT_EQ(wrong_with("vm1=tap:t1,fast"), "'fast' is no option of it");
    EXPECT_EQ(wrong_with("vm1=tap:t1,out=a"), "'out=a' is no option of it");
}

TEST(Script, SaysWhenEachStepIsDue) {
    const auto parsed = parse_script(
        "# a life\nat 0.5 disconnect-nic 1/0\n\nat 2 delete-nic 1/0 # now\n", "a.script");
    const auto& steps = std::get<std::vector<TimedStep>>(parsed);
    ASSERT_EQ(steps.size(), 2U);
    EXPECT_EQ(steps[0].due, 500 * ms);
    EXPECT_EQ(steps[0].step.verb, Verb::disconnect_nic);
    EXPECT_EQ(steps[1].due, 2000 * ms);
    EXPECT_EQ(steps[1].step.port, 1U);
}

TEST(Script, NamesTheLineThatIsWrong) {
    const auto line_of = [](std::string_view text) {
        const auto        parsed = parse_script(text, "a.script");
        const auto* const error  = std::get_if<InputError>(&parsed);
        return error ? error->line : 0;
    };
    EXPECT_EQ(line_of("at 1 create-port 3 synthetic\n"), 0U);
    EXPECT_EQ(line_of("create-port 3 synthetic\n"), 1U);
    EXPECT_EQ(line_of("\nat 1 no-such-step\n"), 2U);
    EXPECT_EQ(line_of("at 2 update-port 3\nat 1 update-port 3\n"), 2U);
    EXPECT_EQ(line_of("at 1 wait\n"), 1U);
}

// The example of RFC 1071, 3, behind two bytes of a header.
TEST(Checksum, IsThatOfItsRfc) {
    std::uint8_t frame[] = {9, 9, 0, 0, 0x00, 0x01, 0xF2, 0x03, 0xF4, 0xF5, 0xF6, 0xF7};
    ASSERT_TRUE(complete_checksum(frame, 2, 0));
    EXPECT_EQ(frame[2], 0x22);
    EXPECT_EQ(frame[3], 0x0D);
    EXPECT_EQ(frame[0], 9);
}

TEST(Checksum, OfAnOddLengthEndsWithAZero) {
    std::uint8_t odd[]  = {0, 0, 1, 2, 3};
    std::uint8_t even[] = {0, 0, 1, 2, 3, 0};
    ASSERT_TRUE(complete_checksum(odd, 0, 0));
    ASSERT_TRUE(complete_checksum(even, 0, 0));
    EXPECT_EQ(odd[0], even[0]);
    EXPECT_EQ(odd[1], even[1]);
}

TEST(Checksum, IsNotWrittenOutsideOfTheFrame) {
    std::uint8_t frame[] = {1, 2, 3, 4};
    EXPECT_FALSE(complete_checksum(frame, 5, 0));
    EXPECT_FALSE(complete_checksum(frame, 2, 1));
    EXPECT_EQ(frame[3], 4);
}

// --- The clock -----------------------------------------------------------------------------------

struct Timed {
    Kernel                 kernel;
    std::vector<Time100ns> slept_until;
    LiveScheduler          scheduler{LivePolicy::plain, 1, [this](Time100ns due) {
                                slept_until.push_back(due);
                                while (scheduler.now() < due) {
                                }
                            }};

    Timed() {
        kernel.begin(scheduler, ~std::uint64_t{0});
    }
};

TEST(LiveClock, DoesNotLeapToWhatIsDue) {
    Timed      timed;
    const auto began = std::chrono::steady_clock::now();
    timed.kernel.spawn({Role::control, 0}, 0, passive_level, [&] {
        timed.kernel.sleep(20 * ms, "here");
        EXPECT_GE(timed.kernel.now(), 20 * ms);
    });
    EXPECT_EQ(timed.kernel.run(), Halt::finished);
    EXPECT_GE(std::chrono::steady_clock::now() - began, std::chrono::milliseconds(20));
    EXPECT_EQ(timed.slept_until.size(), 1U);
}

TEST(LiveClock, GoesOnWhileATaskRuns) {
    Timed timed;
    timed.kernel.spawn({Role::control, 0}, 0, passive_level, [&] {
        Time100ns last = timed.kernel.now();
        for (int turn = 0; turn < 1000; ++turn) {
            timed.kernel.sleep(0, live_turn);
            EXPECT_GE(timed.kernel.now(), last);
            last = timed.kernel.now();
        }
        EXPECT_GT(last, 0U);
    });
    EXPECT_EQ(timed.kernel.run(), Halt::finished);
}

TEST(LiveClock, LetsEverybodyHaveHisTurn) {
    Timed timed;
    int   turns = 0;
    timed.kernel.spawn({Role::control, 0}, 0, passive_level, [&] {
        while (turns < 3)
            timed.kernel.sleep(0, live_turn);
    });
    timed.kernel.spawn({Role::sender, 0}, 1, passive_level, [&] {
        for (; turns < 3; ++turns)
            timed.kernel.sleep(0, live_turn);
    });
    EXPECT_EQ(timed.kernel.run(), Halt::finished);
    EXPECT_EQ(turns, 3);
}

TEST(LiveClock, HasNoEndOfTasks) {
    constexpr std::uint32_t many = 200'000;  // More than there are numbers for.
    Timed                   timed;
    std::uint32_t           ran = 0;
    timed.kernel.spawn({Role::control, 0}, 0, passive_level, [&] {
        for (std::uint32_t task = 0; task < many; ++task) {
            timed.kernel.spawn({Role::timer, task}, 0, passive_level, [&] { ++ran; });
            timed.kernel.sleep(0, live_turn);
        }
    });
    EXPECT_EQ(timed.kernel.run(), Halt::finished);
    EXPECT_EQ(ran, many);
}

// --- Churn ---------------------------------------------------------------------------------------

TEST(Churn, DoesTheSameForTheSameSeedAndNothingWithoutPorts) {
    SwitchState state;
    state.begin();
    const ChurnedPort ports[] = {{.id = 1}, {.id = 2, .type = PortType::external}};
    const auto        linked  = [](model::PortId) { return true; };
    Churn             one(7), other(7);
    for (int step = 0; step < 20; ++step)
        EXPECT_EQ(one.next(ports, state, linked), other.next(ports, state, linked));
    EXPECT_FALSE(one.next({}, state, linked).has_value());
}

TEST(Churn, ConnectsNobodyWithoutALink) {
    SwitchState state;
    state.begin();
    state.port_to_be(1).phase   = PortPhase::created;
    state.nic_to_be(1, 0).phase = NicPhase::created;
    const ChurnedPort ports[]   = {{.id = 1}};
    Churn             churn(7);
    for (int step = 0; step < 20; ++step)
        EXPECT_EQ(churn.next(ports, state, [](model::PortId) { return false; })->verb,
                  Verb::delete_nic);
}

// --- The whole -----------------------------------------------------------------------------------

/// Frames from one station to another, a millisecond apart.
std::string capture_of(std::size_t count) {
    std::vector<CapturedFrame> frames;
    for (std::size_t place = 0; place < count; ++place) {
        CapturedFrame frame{.time_ns = place * 1'000'000, .bytes = {}, .bytes_on_wire = 60};
        frame.bytes.assign(60, static_cast<std::uint8_t>(place));
        std::fill_n(frame.bytes.begin(), 12, std::uint8_t{2});
        frame.bytes[11] = 3;
        frames.push_back(frame);
    }
    const std::string file = testing::TempDir() + "live_test.pcap";
    EXPECT_FALSE(write_pcap(file, frames).has_value());
    return file;
}

LivePort plugged(const std::string& text) {
    auto spec = std::get<PortSpec>(parse_port_spec(text));
    return {.name    = spec.name,
            .type    = spec.type,
            .churned = spec.churned,
            .wire    = std::move(std::get<std::unique_ptr<Wire>>(open_wire(spec, 0)))};
}

struct Lived {
    LiveCounts     counts;
    model::Verdict verdict;
    LiveEnd        end;
};

/// Plays `count` frames from port a to port b, which writes them to a capture.
Lived live(std::vector<std::string> extensions, std::size_t count, LiveOptions options) {
    JudgingSink judged;
    options.judge    = &judged;
    options.stops_at = (count + 200) * ms;
    std::vector<LivePort> ports;
    ports.push_back(plugged("a=pcap:" + capture_of(count) + ",steady"));
    ports.push_back(plugged("b=pcap:,steady,out=" + testing::TempDir() + "live_test_out.pcap"));
    auto  opened = LiveSwitch::open(extensions, std::move(ports), std::move(options));
    auto& made   = std::get<std::unique_ptr<LiveSwitch>>(opened);
    Lived lived;
    lived.end     = made->run();
    lived.counts  = made->counts();
    lived.verdict = judged.judge.verdict();
    return lived;
}

std::uint64_t delivered(const Lived& lived) {
    return lived.counts.finished.by_fate[static_cast<std::size_t>(Fate::delivered)];
}

TEST(LiveSwitch, CarriesACaptureToAnother) {
    const Lived lived = live({bundled("pass_through"), bundled("forwarder")}, 50, {});
    EXPECT_EQ(lived.verdict.outcome, model::Outcome::conforms);
    EXPECT_EQ(lived.end.halt, Halt::finished);
    EXPECT_EQ(lived.counts.ports[0].accepted, 50U);
    EXPECT_EQ(delivered(lived), 50U);
    EXPECT_EQ(lived.counts.in_flight, 0U);
    const auto written = read_pcap(testing::TempDir() + "live_test_out.pcap");
    EXPECT_EQ(std::get<std::vector<CapturedFrame>>(written).size(), 50U);
}

TEST(LiveSwitch, AccountsForEveryFrameUnderChurnByChance) {
    const Lived lived = live({bundled("cloner"), bundled("forwarder")}, 300,
                             {.policy = LivePolicy::by_chance, .seed = 7, .churn_per_s = 2000});
    EXPECT_EQ(lived.verdict.outcome, model::Outcome::conforms);
    EXPECT_GT(lived.counts.other_lives, 5U);
    std::uint64_t finished = lived.counts.finished.cloned;
    for (const std::uint64_t count : lived.counts.finished.by_fate)
        finished += count;
    EXPECT_EQ(finished, lived.counts.ports[0].accepted);
    EXPECT_EQ(lived.counts.in_flight, 0U);
}

TEST(LiveSwitch, TakesTheStepsOfAScript) {
    auto script = parse_script(
        "at 0.02 disconnect-nic 2/0\nat 0.02 delete-nic 2/0\n"
        "at 0.03 teardown-port 2\nat 0.03 delete-port 2\nat 0.04 delete-port 2\n",
        "a.script");
    const Lived lived = live({bundled("forwarder")}, 100,
                             {.script = std::get<std::vector<TimedStep>>(std::move(script))});
    EXPECT_EQ(lived.verdict.outcome, model::Outcome::conforms);
    EXPECT_EQ(lived.counts.ports[1].lives, 1U);
    EXPECT_EQ(lived.counts.left_out, 1U);  // It is deleted already.
    EXPECT_LT(delivered(lived), 90U);
    EXPECT_GT(delivered(lived), 0U);
}

TEST(LiveSwitch, SaysWhatIsWrongWithAnExtension) {
    const std::string nowhere[] = {"there_is_none.so"};
    const auto        opened    = LiveSwitch::open(nowhere, {}, {});
    ASSERT_TRUE(std::holds_alternative<InputError>(opened));
    EXPECT_EQ(std::get<InputError>(opened).file, "there_is_none.so");
}

}  // namespace
}  // namespace interlock::harness
