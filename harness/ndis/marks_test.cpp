#include "harness/ndis/marks.hpp"

#include <gtest/gtest.h>

#include <array>

#include "model/constants.hpp"

namespace interlock::harness {
namespace {

namespace mark = model::mark;

/// A packet of two NET_BUFFERs from port 3, with room for two destinations.
class Marks : public testing::Test {
protected:
    Marks() : packet(pool.make({.frame = frame, .buffers = 2, .mdls = 2}, 1)) {
        packet.port           = 3;
        detail().AsUINT64     = 0;
        detail().SourcePortId = 3;
        grow_destinations(packet, 2);
    }

    NDIS_SWITCH_FORWARDING_DETAIL_NET_BUFFER_LIST_INFO& detail() {
        return *NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(packet.nbl);
    }

    void commit(model::PortId port) {
        const auto place = static_cast<std::uint32_t>(packet.destinations.size());
        destination_at(packet, place).PortId = port;
        packet.destinations.push_back({.port = port});
        packet.array->NumDestinations = static_cast<USHORT>(packet.destinations.size());
    }

    const std::array<std::uint8_t, 60> frame{1, 2, 3};
    PacketPool                         pool;
    Packet&                            packet;
};

TEST_F(Marks, NothingIsMarkedInWhatIsAsItWasMade) {
    EXPECT_EQ(marks_of(packet), 0U);
    commit(4);
    commit(5);
    EXPECT_EQ(marks_of(packet), 0U);
}

TEST_F(Marks, TellWhatOfTheContextWasWritten) {
    detail().SourcePortId = 4;
    EXPECT_EQ(marks_of(packet), mark::source);
    detail().SourcePortId   = 3;
    detail().SourceNicIndex = 1;
    EXPECT_EQ(marks_of(packet), mark::source);
    detail().SourceNicIndex           = 0;
    detail().NativeForwardingRequired = 1;
    EXPECT_EQ(marks_of(packet), mark::native);
    detail().NativeForwardingRequired = 0;
    packet.nbl->SourceHandle          = &packet;
    EXPECT_EQ(marks_of(packet), mark::source_handle);
}

TEST_F(Marks, LeaveAloneWhatAnExtensionMayWrite) {
    detail().IsPacketDataSafe         = 1;
    detail().NumAvailableDestinations = 7;
    packet.nbl->Scratch               = &packet;
    EXPECT_EQ(marks_of(packet), 0U);
}

TEST_F(Marks, TellOfAnotherShape) {
    NET_BUFFER& second = packet.buffers[1];
    NET_BUFFER_DATA_LENGTH(&second) -= 14;
    EXPECT_EQ(marks_of(packet), mark::shape);
    NET_BUFFER_DATA_LENGTH(&second) += 14;
    EXPECT_EQ(marks_of(packet), 0U);
    NET_BUFFER_NEXT_NB(&packet.buffers[0]) = nullptr;
    EXPECT_EQ(marks_of(packet), mark::shape);
}

TEST_F(Marks, TellOfDestinationsThatWereCommitted) {
    commit(4);
    commit(5);
    destination_at(packet, 1).PortId = 6;
    EXPECT_EQ(marks_of(packet), mark::destinations);
    destination_at(packet, 1).PortId = 5;
    packet.array->NumDestinations    = 1;
    EXPECT_EQ(marks_of(packet), mark::destinations);
}

TEST_F(Marks, FollowAnExclusion) {
    commit(4);
    commit(5);
    destination_at(packet, 0).IsExcluded = 1;
    EXPECT_EQ(marks_of(packet), mark::excluded | mark::uncommitted);
    commit_exclusions(packet);
    EXPECT_EQ(marks_of(packet), mark::excluded);
    destination_at(packet, 0).IsExcluded = 0;
    EXPECT_EQ(marks_of(packet), mark::included_again);
    destination_at(packet, 0).IsExcluded = 1;
    destination_at(packet, 1).IsExcluded = 1;
    commit_exclusions(packet);
    EXPECT_EQ(marks_of(packet), mark::excluded | mark::all_excluded);
}

TEST_F(Marks, SumOfTheDataSeesEachByteOfEachBuffer) {
    const std::uint64_t before = sum_of_data(packet);
    for (const std::size_t mdl : {std::size_t{0}, std::size_t{1}, mdls_max}) {
        auto* const byte = static_cast<std::uint8_t*>(packet.mdls[mdl].MappedSystemVa) +
                           packet.mdls[mdl].ByteCount - 1;
        *byte ^= 0x80;
        EXPECT_NE(sum_of_data(packet), before);
        *byte ^= 0x80;
    }
    EXPECT_EQ(sum_of_data(packet), before);
    NET_BUFFER_DATA_LENGTH(&packet.buffers[1]) -= 1;
    EXPECT_NE(sum_of_data(packet), before);
}

}  // namespace
}  // namespace interlock::harness
