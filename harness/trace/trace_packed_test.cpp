#include "harness/trace/trace_packed.hpp"

#include <gtest/gtest.h>

#include <cstdio>

#include "harness/scenario/chance.hpp"
#include "harness/trace/trace_file.hpp"
#include "harness/trace/trace_lines.hpp"

namespace interlock::harness {
namespace {

using model::Call;
using model::Event;

Trace some_trace() {
    Trace trace{{.ndis       = 630,
                 .whole      = false,
                 .extensions = {"forwarder", "ä"},
                 .clock      = "a clock",
                 .unseen     = {"DriverDispatch", "Waited"},
                 .order      = model::PartialOrder{.by_object = true, .skew_100ns = 300}},
                {},
                {}};
    trace.events = {
        {.call = Call::FilterAttach, .module = 0, .detail = 3},
        {.call   = Call::FilterAttach,
         .phase  = model::Phase::leave,
         .module = 0,
         .status = 0xC000009A},
        {.call = Call::EndOfRun, .time_100ns = ~std::uint64_t{0}},
    };
    trace.holes = {{0, 0}, {1, 17}, {1, 2}, {3, ~std::uint64_t{0}}};
    return trace;
}

std::string packed_refused(std::string_view bytes) {
    const auto  result = parse_trace(bytes, "a.packed");
    const auto* bad    = std::get_if<InputError>(&result);
    return bad == nullptr ? "accepted" : to_string(*bad);
}

/// All but the end.
std::string begun() {
    std::string bytes;
    add_packed_head(bytes, {});
    return bytes;
}

TEST(PackedTrace, ComesBackAndTurnsIntoLinesAndBack) {
    const Trace trace  = some_trace();
    const auto  packed = std::get<Trace>(parse_trace(to_packed(trace), "a"));
    EXPECT_EQ(packed, trace);
    EXPECT_EQ(std::get<Trace>(parse_trace(to_json_lines(packed), "a")), trace);
}

TEST(PackedTrace, IsAtMostAThirdOfTheLines) {
    Trace trace;
    trace.events.assign(1000, {.call   = Call::NdisFOidRequest,
                               .module = 1,
                               .object = 7,
                               .port   = 3,
                               .oid    = 0x10300,
                               .step   = 12});
    EXPECT_LT(3 * to_packed(trace).size(), to_json_lines(trace).size());
}

/// In pieces of every size: what a pipe gives.
TEST(PackedTrace, IsTakenInPieces) {
    const Trace       trace = some_trace();
    const std::string bytes = to_packed(trace);
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
        TraceKeeper keeper;
        PackedTrace packed(keeper);
        std::string left;
        for (std::size_t from = 0; from < bytes.size(); from += piece) {
            left += bytes.substr(from, piece);
            std::string_view rest = left;
            ASSERT_FALSE(packed.take(rest));
            left = std::string(rest);
        }
        ASSERT_FALSE(packed.end_of_file(left));
        ASSERT_EQ(keeper.kept, trace) << "in pieces of " << piece;
    }
}

TEST(PackedTrace, NoticesThatAFileWasCutShort) {
    const std::string whole = to_packed(some_trace());
    for (std::size_t size = 1; size < whole.size(); ++size)
        EXPECT_NE(packed_refused(whole.substr(0, size)), "accepted") << size;
    EXPECT_EQ(packed_refused(begun()),
              "a.packed: byte " + std::to_string(begun().size()) +
                  ": the trace ends after 0 events; expected its end; the run was cut short, or "
                  "the file was");
}

TEST(PackedTrace, SaysWhereAndWhatIsWrong) {
    const std::string at = "a.packed: byte " + std::to_string(begun().size()) + ": ";
    EXPECT_EQ(packed_refused(begun() + '\0' + '\1'),
              at + "the trace has 0 events; expected 1, as its end says");
    EXPECT_EQ(packed_refused(begun() + '\x02' + '\x08' + '\0' + '\0' + '\x80' + '\x02'),
              at + "the value of 'cpu' is 256; expected at most 255");
    EXPECT_EQ(packed_refused(begun() + std::string(11, '\xFF')),
              at + "a number or a name is too long; expected 64 bits");
    EXPECT_EQ(packed_refused(std::string(packed_mark) + '\7'),
              "a.packed: byte 0: this is version 7; expected version 1 to 3; take the release of "
              "interlock that wrote the file");
}

TEST(PackedTrace, RefusesGarbageWithoutHarm) {
    Chance            chance(3);
    const std::string whole    = to_packed(some_trace());
    int               accepted = 0;
    for (int round = 0; round < 20000; ++round) {
        std::string changed = whole;
        for (std::uint32_t change = chance.between(1, 4); change > 0; --change)
            changed[chance.below(changed.size())] = static_cast<char>(chance.next());
        accepted += packed_refused(changed) == "accepted";
    }
    EXPECT_GT(accepted, 0);
    EXPECT_LT(accepted, 20000);
}

TEST(PackedTrace, IsWhatTheEndingAsksFor) {
    const std::string file = testing::TempDir() + "interlock_trace_packed_test.packed";
    ASSERT_FALSE(write_trace(file, some_trace()));
    EXPECT_EQ(std::get<Trace>(read_trace(file)), some_trace());
    std::remove(file.c_str());
}

}  // namespace
}  // namespace interlock::harness
