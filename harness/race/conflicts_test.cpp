// What races with what.

#include "harness/race/race_test.hpp"

namespace interlock::harness {
namespace {

std::size_t races_between(AccessKind one, AccessKind other) {
    RaceTest test;
    both(
        test, [&] { test.access(one); }, [&] { test.access(other); });
    return test.races();
}

TEST(Races, NeedsOneWhoWrites) {
    EXPECT_EQ(races_between(reads, reads), 0U);
    EXPECT_EQ(races_between(reads, writes), 1U);
    EXPECT_EQ(races_between(writes, reads), 1U);
    EXPECT_EQ(races_between(writes, writes), 1U);
}

TEST(Races, AreNotBetweenMarkedAccesses) {
    EXPECT_EQ(races_between(exchanges, exchanges), 0U);
    EXPECT_EQ(races_between(exchanges, reads_volatile), 0U);
    EXPECT_EQ(races_between(writes_volatile, reads_volatile), 0U);
}

TEST(Races, LetAPlainAlignedReadMeetAMarkedWriteAndNothingElse) {
    AccessKind wide_read = reads;
    wide_read.wide       = true;
    EXPECT_EQ(races_between(reads, exchanges), 0U);
    EXPECT_EQ(races_between(reads, writes_volatile), 0U);
    EXPECT_EQ(races_between(wide_read, exchanges), 1U);
    EXPECT_EQ(races_between(writes, exchanges), 1U);
    EXPECT_EQ(races_between(writes, reads_volatile), 1U);
}

TEST(Races, AreAboutTheSameBytes) {
    RaceTest test;
    both(
        test, [&] { test.access(writes, test.word, 2); },
        [&] { test.access(writes, reinterpret_cast<std::byte*>(test.word) + 2, 6); });
    EXPECT_EQ(test.races(), 0U);
}

TEST(Races, AreSeenInEveryByteOfACopy) {
    RaceTest test;
    both(
        test, [&] { test.access({.writes = true, .wide = true}, test.word, 8); },
        [&] { test.access(writes, reinterpret_cast<std::byte*>(test.word) + 7, 1); });
    EXPECT_EQ(test.races(), 1U);
}

TEST(Races, AreNotMadeByMemoryThatIsAllocatedAgain) {
    RaceTest test;
    both(
        test, [&] { test.write_word(); },
        [&] {
            test.world.races.allocated(test.word, sizeof test.word);
            test.write_word();
        });
    EXPECT_EQ(test.races(), 0U);
}

TEST(Races, AreToldOncePerPairOfPlaces) {
    RaceTest test;
    each(test, [&] {
        for (int i = 0; i < 5; ++i) {
            test.world.races.access(test.word, 4, writes, &test);
            KeQueryTimeIncrement();
        }
    });
    EXPECT_EQ(test.races(), 1U);
}

}  // namespace
}  // namespace interlock::harness
