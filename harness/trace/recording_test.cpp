#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "harness/extensions/recorder/recording.h"
#include "harness/scenario/chance.hpp"
#include "harness/trace/recording.hpp"
#include "harness/trace/trace_file.hpp"

namespace interlock::harness {
namespace {

using model::Call;
using model::Event;

/// A recording that is made by hand, record by record.
class Tape {
public:
    Tape() {
        head.Mark        = RECORDING_MARK;
        head.Version     = RECORDING_VERSION;
        head.RecordSize  = RECORDING_SIZE;
        head.Frequency   = 1000;
        head.Began       = 5000;
        head.BeganAt     = 42;
        head.NdisVersion = 0x0006'001E;
        std::strcpy(head.Name, "recorder_above");
    }

    Tape& add(RECORDING_RECORD record) {
        record.Number = ++last;
        if (record.Switch == 0) record.Switch = 6;
        records.push_back(record);
        return *this;
    }
    /// Its number is not the next.
    Tape& gap() {
        last += 3;
        return *this;
    }

    std::string bytes() const {
        std::string text(reinterpret_cast<const char*>(&head), sizeof head);
        text.append(reinterpret_cast<const char*>(records.data()),
                    records.size() * sizeof(RECORDING_RECORD));
        return text;
    }

    RECORDING_HEAD                head{};
    std::vector<RECORDING_RECORD> records;

private:
    std::uint32_t last = 0;
};

RECORDING_RECORD of(RECORDED_CALL call, std::uint64_t object = 0, std::uint8_t phase = 0) {
    RECORDING_RECORD record{};
    record.Call   = static_cast<unsigned char>(call);
    record.Phase  = phase;
    record.Object = object;
    record.Thread = 8;
    return record;
}

Trace read(const Tape& tape) {
    return std::get<Trace>(parse_trace(tape.bytes(), "a.recording"));
}

std::vector<model::ObjectId> objects_of(const Trace& trace) {
    std::vector<model::ObjectId> ids;
    for (const Event& event : trace.events)
        ids.push_back(event.object);
    return ids;
}

std::string recording_refused(const std::string& bytes) {
    const auto  result = parse_trace(bytes, "a.recording");
    const auto* bad    = std::get_if<InputError>(&result);
    return bad == nullptr ? "accepted" : to_string(*bad);
}

TEST(RecordingReader, SaysWhatTheRecorderIsAndSees) {
    const Trace trace = read(Tape());
    EXPECT_EQ(trace.head.extensions, std::vector<std::string>{"recorder_above"});
    EXPECT_EQ(trace.head.ndis, 630);
    EXPECT_FALSE(trace.head.whole);
    EXPECT_EQ(trace.head.clock, "performance counter, 1000 Hz, 0 is 42 (100 ns since 1601)");
    EXPECT_NE(std::ranges::find(trace.head.unseen, "ProtocolEdgeSend"), trace.head.unseen.end());
    EXPECT_EQ(std::ranges::find(trace.head.unseen, "FilterPause"), trace.head.unseen.end());
}

TEST(RecordingReader, TellsTimeFromWhereItBegan) {
    RECORDING_RECORD record = of(RecordedFilterPause);
    record.Time             = 5000 + 1500;
    EXPECT_EQ(read(Tape().add(record)).events.at(0).time_100ns, 15'000'000U);
}

TEST(RecordingReader, AnAddressThatComesAnewIsAnotherObject) {
    const Trace trace = read(Tape()
                                 .add(of(RecordedFilterOidRequest, 0x10))
                                 .add(of(RecordedNdisFOidRequestComplete, 0x10))
                                 .add(of(RecordedNdisFOidRequestComplete, 0, 1))
                                 .add(of(RecordedFilterOidRequest, 0, 1))
                                 .add(of(RecordedFilterOidRequest, 0x10)));
    EXPECT_EQ(objects_of(trace), (std::vector<model::ObjectId>{1, 1, 0, 0, 2}));
}

TEST(RecordingReader, APacketThatIsTurnedRoundIsTheSame) {
    const Trace trace = read(Tape()
                                 .add(of(RecordedFilterSendNetBufferLists, 0x10))
                                 .add(of(RecordedFilterReceiveNetBufferLists, 0x10))
                                 .add(of(RecordedNdisFReturnNetBufferLists, 0x10))
                                 .add(of(RecordedNdisFSendNetBufferListsComplete, 0x10))
                                 .add(of(RecordedFilterReceiveNetBufferLists, 0x10)));
    EXPECT_EQ(objects_of(trace), (std::vector<model::ObjectId>{1, 1, 1, 1, 2}));
}

TEST(RecordingReader, AReturnBelongsToItsCallAlsoWhenTheAddressIsTaken) {
    const Trace trace = read(Tape()
                                 .add(of(RecordedNdisAllocateCloneOidRequest, 0x20))
                                 .add(of(RecordedNdisFOidRequest, 0x20))
                                 .add(of(RecordedNdisFreeCloneOidRequest, 0x20))
                                 .add(of(RecordedNdisAllocateCloneOidRequest, 0x20))
                                 .add(of(RecordedNdisFOidRequest, 0x20, 1)));
    EXPECT_EQ(objects_of(trace), (std::vector<model::ObjectId>{1, 1, 1, 2, 1}));
}

TEST(RecordingReader, HasAHoleWhereRecordsAreMissing) {
    RECORDING_RECORD after = of(RecordedFilterSendNetBufferListsComplete, 0x10);
    after.Lost             = 17;
    RECORDING_RECORD end{};
    end.Lost          = 4;
    const Trace trace = read(Tape()
                                 .add(of(RecordedFilterSendNetBufferLists, 0x10))
                                 .add(after)
                                 .gap()
                                 .add(of(RecordedFilterDetach))
                                 .add(end));
    EXPECT_EQ(trace.holes, (std::vector<Hole>{{1, 17}, {2, 0}, {3, 4}}));
    EXPECT_EQ(objects_of(trace), (std::vector<model::ObjectId>{1, 2, 0}));
}

TEST(RecordingReader, LeavesOutOtherSwitches) {
    RECORDING_RECORD other = of(RecordedFilterPause);
    other.Switch           = 9;
    const Trace trace      = read(Tape().add(of(RecordedFilterRestart)).add(other));
    ASSERT_EQ(trace.events.size(), 1U);
    EXPECT_EQ(trace.events[0].call, Call::FilterRestart);
}

TEST(RecordingReader, SaysWhereAndWhatIsWrong) {
    Tape newer;
    newer.head.Version = 2;
    EXPECT_EQ(recording_refused(newer.bytes()),
              "a.recording: byte 0: this is version 2, of 96 bytes a record; expected version 1, "
              "of 96; take the release that the recorder is of");
    EXPECT_EQ(recording_refused(Tape().add(of(RecordedCalls)).bytes()),
              "a.recording: byte 96: a record is of call 32, phase 0; expected a call below 32, "
              "phase 0 or 1");
    EXPECT_EQ(recording_refused(Tape().add(of(RecordedFilterPause)).bytes().substr(0, 100)),
              "a.recording: byte 96: the recording ends in the middle of a record; expected 96 "
              "bytes each; the collector was stopped while it wrote");
}

TEST(RecordingReader, RefusesGarbageWithoutHarm) {
    Chance chance(3);
    Tape   tape;
    for (int record = 0; record < 40; ++record)
        tape.add(of(static_cast<RECORDED_CALL>(chance.below(RecordedCalls)), chance.below(4),
                    static_cast<std::uint8_t>(chance.below(2))));
    const std::string whole = tape.bytes();
    for (int round = 0; round < 5000; ++round) {
        std::string changed = whole;
        for (std::uint32_t change = chance.between(1, 4); change > 0; --change)
            changed[8 + chance.below(static_cast<std::uint32_t>(changed.size()) - 8)] =
                static_cast<char>(chance.next());
        recording_refused(
            changed.substr(0, chance.below(static_cast<std::uint32_t>(changed.size()))));
    }
}

}  // namespace
}  // namespace interlock::harness
