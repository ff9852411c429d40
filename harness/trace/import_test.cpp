#include "harness/trace/import.hpp"

#include <fstream>
#include <iterator>
#include <sstream>

#include <gtest/gtest.h>

#include "harness/trace/trace_lines.hpp"

namespace interlock::harness {
namespace {

using model::Call;
using model::Event;
using model::Phase;

constexpr std::string_view small_table = R"(interlock import 1
# Two calls, and what a tool calls them.
ndis 6.30
clock "time stamps"
name suspect
call FilterPause Id 7 Task Pause
call FilterOidRequest OID_SWITCH_NIC_CREATE Id 9
phase leave Opcode Stop
field port "Source Port"
field object #5 address
field task Thread thread
field time_100ns Time ms
field nic Nic name
hole Lost
pass Id 0
)";

constexpr std::string_view small_rows =
    "Id,Task,Opcode,Source Port,Request,Thread,Time,Nic,Lost\r\n"
    "0,,,,,,,,\r\n"
    "9,,Start,3,0xFFFFA10,0x1a4,1.5,\"a, \"\"b\"\"\",\r\n"
    "7,Pause,Start,,,16,2,,\r\n"
    "7,Pause,Stop,,,16,2.25,,\r\n"
    "9,,Start,3,0xFFFFA10,0x1a4,3,c,4\r\n";

ImportTable table_of(std::string_view text) {
    auto table = parse_import_table(text, "a.table");
    if (const auto* bad = std::get_if<InputError>(&table)) ADD_FAILURE() << to_string(*bad);
    return std::get<ImportTable>(table);
}

Trace imported(std::string_view table, std::string_view rows) {
    const ImportTable  by = table_of(table);
    TraceKeeper        keeper;
    std::istringstream stream{std::string(rows)};
    const auto         bad = import_rows(stream, "a.csv", by, keeper);
    EXPECT_FALSE(bad) << to_string(*bad);
    return keeper.kept;
}

std::string bad_table(std::string_view line) {
    const auto  table = parse_import_table("interlock import 1\n" + std::string(line), "a.table");
    const auto* bad   = std::get_if<InputError>(&table);
    return bad == nullptr ? "accepted" : to_string(*bad);
}

std::string bad_rows(std::string_view rows) {
    const ImportTable  by = table_of(small_table);
    TraceKeeper        keeper;
    std::istringstream stream{std::string(rows)};
    const auto         bad = import_rows(stream, "a.csv", by, keeper);
    return bad ? to_string(*bad) : "accepted";
}

std::string content(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

TEST(Import, TurnsRowsIntoEventsByTheTable) {
    const Trace trace = imported(small_table, small_rows);
    EXPECT_EQ(trace.head.ndis, 630);
    EXPECT_EQ(trace.head.clock, "time stamps");
    EXPECT_EQ(trace.head.extensions, std::vector<std::string>{"suspect"});
    EXPECT_FALSE(trace.head.whole);
    const Event oid{.call   = Call::FilterOidRequest,
                    .module = 0,
                    .object = 1,
                    .port   = 3,
                    .nic    = 1,
                    .oid    = 0x1'027A};
    Event       first = oid, again = oid;
    first.time_100ns = 15'000;
    again.time_100ns = 30'000;
    again.object     = 2;
    again.nic        = 2;
    const Event pause{.call = Call::FilterPause, .module = 0, .task = 1, .time_100ns = 20'000};
    Event       back = pause;
    back.phase       = Phase::leave;
    back.time_100ns  = 22'500;
    EXPECT_EQ(trace.events, (std::vector<Event>{first, pause, back, again}));
    EXPECT_EQ(trace.holes, (std::vector<Hole>{{3, 4}}));
}

TEST(Import, TakesJsonLinesAndArraysOfThem) {
    const auto* const rows = R"([{"Id":7,"Task":"Pause","Opcode":"Start","Source Port":"","Time":2,
)";
    EXPECT_NE(bad_rows(rows), "accepted") << "An object stands on one line.";
    const auto* const whole =
        "[{\"Id\":7,\"Task\":\"Pause\",\"Opcode\":\"Start\",\"Source Port\":3,\"Request\":\"\","
        "\"Thread\":1,\"Time\":\"2\",\"Nic\":\"\"},\n"
        "{\"Id\":7,\"Task\":\"Pause\",\"Opcode\":\"Stop\",\"Source Port\":3,\"Request\":\"\","
        "\"Thread\":1,\"Time\":\"3\",\"Nic\":\"\"}]\n";
    const Trace trace = imported(small_table, whole);
    ASSERT_EQ(trace.events.size(), 2U);
    EXPECT_EQ(trace.events[1].phase, Phase::leave);
    EXPECT_EQ(trace.events[1].port, 3U);
}

TEST(Import, SaysWhereATableIsWrong) {
    EXPECT_EQ(bad_table("call FilterPaws Id 1"),
              "a.table:2: 'FilterPaws' is no call; expected one of model/call.hpp, such as "
              "'FilterPause'");
    EXPECT_EQ(bad_table("call FilterPause Id"),
              "a.table:2: a column is without its value; expected pairs: a column and its value");
    EXPECT_EQ(bad_table("field prt Port"),
              "a.table:2: 'prt' is no field of an event; expected one of model/event.hpp");
    EXPECT_EQ(bad_table("field port Port text"),
              "a.table:2: 'text' is no kind of value; expected number, address, thread, name, ms, "
              "seconds or filetime");
    EXPECT_EQ(bad_table("module 8"), "a.table:2: '8' is no module; expected 0 to 7, or host");
    EXPECT_EQ(bad_table("# nothing"),
              "a.table: the table has no call; expected 'call <name> <column> …'");
}

TEST(Import, SaysWhichRowIsWrong) {
    EXPECT_EQ(bad_rows("Id,Task,Opcode,Source Port,Request,Thread,Time,Nic\n"
                       "0,,,,,,,\n8,,,,,,,\n"),
              "a.csv:3: the row is no call that the table has; expected one; or 'pass others' in "
              "the table");
    EXPECT_EQ(bad_rows("Id,Task,Opcode,Source Port,Request,Thread,Time,Nic\n9,,,three,,,,\n"),
              "a.csv:2: column 'Source Port' is 'three'; expected a number, decimal or behind 0x");
    EXPECT_EQ(bad_rows("Id\n9\n"),
              "a.csv:2: there is no column 'Source Port'; expected it, for the event's 'port'");
    EXPECT_EQ(bad_rows("Id,Task,Opcode,Source Port,Request,Thread,Time,Nic\n"
                       "9,,,4294967296,,,,\n"),
              "a.csv:2: 'port' is 4294967296; expected at most 4294967295");
    EXPECT_EQ(bad_rows(""), "a.csv: there is nothing; expected CSV or JSON lines");
}

TEST(Import, TakesWhatStandsInQuotesOverSeveralLines) {
    const std::string names = "Id,Task,Opcode,Source Port,Request,Thread,Time,Nic\n";
    EXPECT_EQ(bad_rows(names + "9,\"over\ntwo, and \"\"quoted\"\"\",,3,,,,\n8,,,,,,,\n"),
              "a.csv:4: the row is no call that the table has; expected one; or 'pass others' in "
              "the table");
    EXPECT_EQ(bad_rows(names + "9,\"" + std::string((1U << 20) + 1, 'x')),
              "a.csv:2: a row has more than a million letters; expected CSV or JSON lines");
}

/// What comes with the tables: each sample becomes what stands beside it.
TEST(Import, TheTablesOfTheCorpusReadTheirSamples) {
    for (const std::string name : {"recorder_etw", "packet_capture", "pktmon"}) {
        const std::string folder = "corpus/import/";
        const Trace       trace =
            imported(content(folder + name + ".table"), content(folder + name + ".csv"));
        EXPECT_EQ(to_json_lines(trace), content(folder + name + ".trace")) << name;
    }
}

}  // namespace
}  // namespace interlock::harness
