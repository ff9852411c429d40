#include "harness/ndis/given_away.hpp"

#include <gtest/gtest.h>

namespace interlock::harness {
namespace {

constexpr std::uint8_t    frame[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18};
constexpr model::ModuleId somebody = 1;

struct GivenAway : testing::Test {
    GivenAway() {
        give_away(packet, somebody);
        sum_up(packet);
    }

    std::uint8_t& first_byte() const {
        return *static_cast<std::uint8_t*>(packet.mdls[0].MappedSystemVa);
    }

    PacketPool pool;
    Packet&    packet = pool.make({.frame = frame, .mdls = 2}, 7);
};

TEST_F(GivenAway, WhatIsLeftAloneComesBackAsItWas) {
    packet.nbl->Next = packet.nbl;  // Whoever has it makes lists of it.
    EXPECT_FALSE(take_up(packet));
}

TEST_F(GivenAway, WritingToItsStatusIsSeen) {
    packet.nbl->Status = NDIS_STATUS_FAILURE;
    EXPECT_TRUE(take_up(packet));
}

TEST_F(GivenAway, WritingToItsDataIsSeen) {
    first_byte() ^= 1;
    EXPECT_TRUE(take_up(packet));
}

TEST_F(GivenAway, ItsNewOwnerMayWriteToIt) {
    take_up(packet);
    first_byte() ^= 1;
    EXPECT_FALSE(is_touched(packet));
}

TEST_F(GivenAway, WritingToALengthIsSeen) {
    --packet.buffers[0].DataLength;
    EXPECT_TRUE(take_up(packet));
}

TEST_F(GivenAway, WhoOwnsTheOriginalOfACloneMayWriteToItsData) {
    take_up(packet);
    packet.cloned = true;
    give_away(packet, somebody);
    sum_up(packet);
    first_byte() ^= 1;
    EXPECT_FALSE(is_touched(packet));
    --packet.buffers[0].DataLength;
    EXPECT_TRUE(is_touched(packet));
}

TEST_F(GivenAway, WritingToAFinishedNblIsSeen) {
    pool.take_back(packet);
    EXPECT_FALSE(is_touched(packet));
    packet.own.Status = NDIS_STATUS_FAILURE;
    EXPECT_TRUE(is_touched(packet));
}

TEST_F(GivenAway, WhatTheSwitchFinishesTooEarlyItsHolderMayChange) {
    packet.on_egress = true;
    pool.take_back(packet);
    packet.own.Status = NDIS_STATUS_FAILURE;
    EXPECT_FALSE(is_touched(packet));
}

TEST_F(GivenAway, EachByteOfItIsKnownUntilSomebodyHasIt) {
    EXPECT_TRUE(is_of_given(packet, &packet.nbl->Status, 4));
    EXPECT_TRUE(is_of_given(packet, &packet.buffers[0].DataLength, 4));
    EXPECT_TRUE(is_of_given(packet, &first_byte(), 1));
    EXPECT_FALSE(is_of_given(packet, &frame, sizeof frame));
    take_up(packet);
    EXPECT_FALSE(is_of_given(packet, &packet.nbl->Status, 4));
    EXPECT_FALSE(is_of_given(packet, &first_byte(), 1));
}

TEST_F(GivenAway, WhoHoldsACloneOfItMayReadItsData) {
    packet.cloned = true;
    EXPECT_TRUE(is_of_given(packet, &packet.nbl->Status, 4));
    EXPECT_FALSE(is_of_given(packet, &first_byte(), 1));
}

TEST_F(GivenAway, OfAnExtensionsNblItsContextIsItsOwn) {
    NET_BUFFER_LIST made{};
    Packet&         own = pool.remember(&made, 8, somebody);
    give_away(own, somebody);
    EXPECT_TRUE(is_of_given(own, &made.FirstNetBuffer, 8));
    EXPECT_FALSE(is_of_given(own, &made.Context, 8));
}

TEST_F(GivenAway, ItIsNotLookedAtInTheNextRun) {
    pool.take_back(packet);
    std::size_t looked_at = 0;
    pool.for_each_given([&](const Packet&) { ++looked_at; });
    EXPECT_EQ(looked_at, 1U);
    pool.begin();
    pool.for_each_given([&](const Packet&) { ++looked_at; });
    EXPECT_EQ(looked_at, 1U);
}

}  // namespace
}  // namespace interlock::harness
