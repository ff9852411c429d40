// Frames of real computers through the learning forwarder: each comes out as it went in, in order,
// where the computer is that it is for.

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>
#include <map>

#include "harness/pcap.hpp"
#include "harness/scenario/text.hpp"
#include "props/on_stage.hpp"

namespace interlock::props {
namespace {

using Bytes      = std::vector<std::uint8_t>;
using MacAddress = std::array<std::uint8_t, 6>;
using PerNic     = std::map<model::PortId, std::vector<Bytes>>;  // By port; all NICs are index 0.

constexpr int  not_here = 77;
constexpr auto stored   = "corpus/captures/ping_and_tcp.pcap";

constexpr std::array<model::PortId, 3> ports{2, 3, 4};  // The two sides, and a bystander.
constexpr std::string_view             three_guests = R"(interlock scenario 1
create-port 2 synthetic
create-nic 2/0 synthetic
connect-nic 2/0
create-port 3 synthetic
create-nic 3/0 synthetic
connect-nic 3/0
create-port 4 synthetic
create-nic 4/0 synthetic
connect-nic 4/0
)";

MacAddress address_at(const Bytes& frame, std::size_t offset) {
    MacAddress address{};
    std::copy_n(frame.begin() + static_cast<std::ptrdiff_t>(offset), address.size(),
                address.begin());
    return address;
}

MacAddress destination(const Bytes& frame) {
    return address_at(frame, 0);
}

MacAddress source(const Bytes& frame) {
    return address_at(frame, 6);
}

bool is_group(const MacAddress& address) {
    return (address[0] & 1) != 0;
}

/// What a capture is about.
struct Kinds {
    int arp = 0, icmp = 0, tcp = 0, others = 0;

    void add(const Bytes& frame) {
        constexpr std::size_t protocol_at = 23;
        const int             type        = frame[12] << 8 | frame[13];
        const bool            ipv4        = type == 0x0800 && frame.size() > protocol_at;
        if (type == 0x0806)
            ++arp;
        else if (ipv4 && frame[protocol_at] == 1)
            ++icmp;
        else if (ipv4 && frame[protocol_at] == 6)
            ++tcp;
        else
            ++others;
    }
};

/// What a switch that learns has to do with the frames, worked out from the frames alone.
struct Plan {
    std::map<MacAddress, model::PortId> sides;  // By order of appearance.
    std::vector<harness::InjectedFrame> frames;
    PerNic                              expected;
    Kinds                               kinds;
    int to_all = 0, searched = 0, to_one = 0;  // Group addresses; not yet learnt; learnt.

    void add(const Bytes& frame);
};

void Plan::add(const Bytes& frame) {
    const model::PortId from  = sides.try_emplace(source(frame), ports[sides.size()]).first->second;
    const auto          known = sides.find(destination(frame));
    const bool          group = is_group(destination(frame));
    ++(group ? to_all : known == sides.end() ? searched : to_one);
    for (const model::PortId port : ports) {
        if (port == from) continue;
        if (group || known == sides.end() || known->second == port) expected[port].push_back(frame);
    }
    frames.push_back({.port = from, .nic = 0, .bytes = frame});
    kinds.add(frame);
}

/// @return no frames, and a failed test, if the capture is not of two sides.
Plan plan_of(const std::string& file, std::size_t skip = 0) {
    Plan plan;
    auto read = harness::read_pcap(file);
    if (const auto* const bad = std::get_if<harness::InputError>(&read)) {
        ADD_FAILURE() << to_string(*bad);
        return plan;
    }
    const auto& captured = std::get<std::vector<harness::CapturedFrame>>(read);
    for (std::size_t place = skip; place < captured.size(); ++place) {
        const auto& frame = captured[place];
        EXPECT_EQ(frame.bytes_on_wire, frame.bytes.size()) << "frame " << place + 1 << " is cut";
        EXPECT_LE(frame.bytes.size(), 1514U) << "frame " << place + 1 << " is none of a wire";
        const bool third = plan.sides.size() == 2 && !plan.sides.contains(source(frame.bytes));
        EXPECT_FALSE(third) << "frame " << place + 1 << " is from a third computer";
        if (testing::Test::HasFailure()) return {};
        plan.add(frame.bytes);
    }
    return plan;
}

/// Plays the frames, and expects of each NIC what the plan says.
void play_through_forwarder(const Plan& plan) {
    PerNic                delivered;
    harness::StageOptions options;
    options.frames    = plan.frames;
    options.delivered = [&](model::PortId port, model::NicIndex, auto bytes) {
        delivered[port].emplace_back(bytes.begin(), bytes.end());
    };
    const std::vector<std::string> stack{"forwarder"};
    const auto                     stage = open_stage(stack, options);
    auto scenario = std::get<harness::Scenario>(harness::parse_text(three_guests, "three guests"));
    scenario.extensions                     = stack;
    const harness::Performance& performance = play(*stage, scenario);
    EXPECT_TRUE(went_well(performance)) << story(scenario, performance, "real_frames");

    for (const model::PortId port : ports) {
        const auto& got = delivered[port];
        const auto  all = plan.expected.find(port);
        const auto  due = all == plan.expected.end() ? std::vector<Bytes>{} : all->second;
        EXPECT_EQ(got.size(), due.size()) << "frames at the NIC of port " << port;
        const auto differ = std::ranges::mismatch(got, due);
        EXPECT_TRUE(differ.in1 == got.end() && differ.in2 == due.end())
            << "at the NIC of port " << port << " frame " << differ.in1 - got.begin() + 1
            << " is not the one that is due";
        std::cout << "port " << port << ": " << got.size() << " frames, " << due.size() << " due\n";
    }
}

void tell_of(const Plan& plan) {
    std::cout << plan.frames.size() << " frames: " << plan.kinds.arp << " ARP, " << plan.kinds.icmp
              << " ICMP, " << plan.kinds.tcp << " TCP, " << plan.kinds.others << " others; "
              << plan.to_all << " to a group, " << plan.searched << " to a station not yet learnt, "
              << plan.to_one << " to one that was\n";
}

void expect_a_conversation(const Plan& plan) {
    tell_of(plan);
    EXPECT_EQ(plan.sides.size(), 2U);
    for (const int count : {plan.kinds.arp, plan.kinds.icmp, plan.kinds.tcp})
        EXPECT_GT(count, 1);
    for (const int count : {plan.to_all, plan.to_one})
        EXPECT_GT(count, 0);
}

TEST(RealFrames, AStoredCaptureComesOutAsItWentIn) {
    const Plan plan = plan_of(stored);
    expect_a_conversation(plan);
    play_through_forwarder(plan);
}

TEST(RealFrames, AStationThatIsNotYetLearntIsSearchedEverywhere) {
    // Without the frames of the one that speaks first, the other one's answer finds it unknown.
    const Plan plan = plan_of(stored, 1);
    tell_of(plan);
    EXPECT_GT(plan.searched, 0);
    EXPECT_GT(plan.to_one, 0);
    play_through_forwarder(plan);
}

class Recorded : public testing::Test {
protected:
    /// @return what the recorder ended with.
    int record() const {
        const auto here = std::filesystem::read_symlink("/proc/self/exe").parent_path();
        const auto tool = here.parent_path() / "bin" / "record_frames";
        return WEXITSTATUS(std::system((tool.string() + " " + file).c_str()));
    }

    void TearDown() override {
        std::filesystem::remove(file);
    }

    const std::string file = (std::filesystem::temp_directory_path() /
                              ("interlock_live_" + std::to_string(getpid()) + ".pcap"))
                                 .string();
};

TEST_F(Recorded, WhatTwoComputersSayNowComesOutAsItWentIn) {
    if (geteuid() != 0) GTEST_SKIP() << "only root may make network namespaces";
    const int ended = record();
    if (ended == not_here) GTEST_SKIP() << "this machine lets us make no network: see above";
    ASSERT_EQ(ended, 0);
    const Plan plan = plan_of(file);
    expect_a_conversation(plan);
    play_through_forwarder(plan);
}

}  // namespace
}  // namespace interlock::props
