// Recorded traces at the command: through a pipe, packed, with holes, long, and drawn.

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/shell.hpp"

namespace interlock::cli {
namespace {

namespace fs = std::filesystem;

using testing::HasSubstr;
using testing::StartsWith;

std::string content(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// The lines of a text, and how many begin so.
std::size_t lines_that_begin(const std::string& text, const std::string& so) {
    std::size_t count = 0;
    for (std::size_t at = text.find(so); at != text.npos; at = text.find("\n" + so, at + 1))
        ++count;
    return count;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    for (auto at = text.find(what); at != text.npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
    return text;
}

class ExportTest : public testing::Test {
protected:
    ExportTest() : folder(testing::TempDir() + "interlock_export_" + std::to_string(getpid())) {
        fs::create_directories(folder);
        const auto run = interlock(
            "run --quiet --trace " + file("a.trace") + " --extension faulty_reference_too_early " +
            "corpus/scenarios/conforms/two_guests_come_talk_and_go.scenario");
        EXPECT_EQ(run.code, 1) << run.out;
    }
    ~ExportTest() override {
        fs::remove_all(folder);
    }

    std::string file(const std::string& name) const {
        return folder + "/" + name;
    }

    std::string folder;
};

TEST_F(ExportTest, PacksATraceAndUnpacksIt) {
    EXPECT_EQ(interlock("export " + file("a.trace") + " " + file("a.packed")).code, 0);
    EXPECT_EQ(interlock("export " + file("a.packed") + " " + file("b.trace")).code, 0);
    EXPECT_EQ(content(file("a.trace")), content(file("b.trace")));
    EXPECT_LT(3 * fs::file_size(file("a.packed")), fs::file_size(file("a.trace")));
}

TEST_F(ExportTest, JudgesWhatComesThroughAPipe) {
    const auto from_file = interlock("check --json " + file("a.trace"));
    ASSERT_EQ(interlock("export " + file("a.trace") + " " + file("a.packed")).code, 0);
    for (const auto* name : {"a.trace", "a.packed"}) {
        const auto piped =
            shell("cat " + file(name) + " | " + build_folder() + "/bin/interlock check --json -");
        EXPECT_EQ(piped.code, 1);
        EXPECT_EQ(piped.out, replaced(from_file.out, file("a.trace"), "-"));
    }
}

TEST_F(ExportTest, ATraceWithAHoleDoesNotConform) {
    const std::string whole  = content(file("a.trace"));
    const std::size_t second = whole.find('\n') + 1;
    const std::size_t third  = whole.find('\n', second) + 1;
    const std::string events =
        std::to_string(std::stoul(whole.substr(whole.rfind("{\"end\":") + 7)) - 1);
    std::ofstream(file("holed.trace"))
        << whole.substr(0, second) << "{\"hole\":1}\n"
        << whole.substr(third, whole.rfind("{\"end\"") - third) << "{\"end\":" << events << "}\n";
    const auto check = interlock("check " + file("holed.trace"));
    EXPECT_NE(check.code, 0);
    EXPECT_NE(check.code, 2) << check.out;
    EXPECT_THAT(check.out, HasSubstr("events are missing"));
}

TEST_F(ExportTest, DrawsASequenceDiagram) {
    ASSERT_EQ(interlock("export " + file("a.trace") + " " + file("a.mmd")).code, 0);
    const std::string mermaid = content(file("a.mmd"));
    EXPECT_THAT(mermaid, StartsWith("sequenceDiagram\n    participant host as host\n"
                                    "    participant extension0 as faulty_reference_too_early\n"));
    EXPECT_EQ(lines_that_begin(mermaid, "    "),
              lines_that_begin(content(file("a.trace")), "{\"call\"") + 2 +
                  lines_that_begin(mermaid, "    Note over extension0: REF"))
        << "a line for each event, participant and broken rule";
    EXPECT_GT(lines_that_begin(mermaid, "    Note over extension0: REF"), 0U);

    ASSERT_EQ(interlock("export " + file("a.trace") + " " + file("a.puml")).code, 0);
    EXPECT_THAT(content(file("a.puml")), StartsWith("@startuml\nparticipant \"host\" as host\n"));
}

TEST_F(ExportTest, WritesForOtherTools) {
    const std::pair<const char*, const char*> forms[] = {
        {"pcapng", "Interlock"}, {"itf.json", "REF-"}, {"cpp", "REF-"}, {"ps1", "'port 2'"}};
    for (const auto& [ending, has] : forms) {
        const std::string to = file(std::string("a.") + ending);
        EXPECT_EQ(interlock("export " + file("a.trace") + " " + to).code, 0) << ending;
        EXPECT_THAT(content(to), HasSubstr(has));
    }
}

TEST_F(ExportTest, MakesNoTestOfATraceWithAHole) {
    std::ofstream(file("holed.trace")) << "{\"interlock\":\"trace\",\"version\":1}\n"
                                          "{\"hole\":1}\n{\"end\":0}\n";
    const auto made = interlock("export " + file("holed.trace") + " " + file("a.cpp"));
    EXPECT_EQ(made.code, 2);
    EXPECT_THAT(made.out, HasSubstr("is not here as a whole; expected a trace without holes"));
}

TEST_F(ExportTest, WhatARecorderDoesNotSeeIsNotWell) {
    std::ofstream(file("part.trace"))
        << "{\"interlock\":\"trace\",\"version\":1,\"whole\":true,\"unseen\":[\"Waited\"]}\n"
           "{\"call\":\"Quiescent\"}\n{\"call\":\"EndOfRun\"}\n{\"end\":2}\n";
    const auto check = interlock("check " + file("part.trace"));
    EXPECT_EQ(check.code, 3) << check.out;
    EXPECT_THAT(check.out, HasSubstr("its recorder does not see every call"));
}

TEST_F(ExportTest, ImportsWhatATableExplains) {
    const std::string import = "import corpus/import/recorder_etw.table ";
    ASSERT_EQ(interlock(import + "corpus/import/recorder_etw.csv " + file("b.trace")).code, 0);
    EXPECT_EQ(content(file("b.trace")), content("corpus/import/recorder_etw.trace"));
    std::ofstream(file("bad.csv")) << "Call,Phase\n7,0\n";
    const auto bad = interlock(import + file("bad.csv") + " " + file("c.trace"));
    EXPECT_EQ(bad.code, 2);
    EXPECT_THAT(bad.out, HasSubstr("bad.csv:2: there is no column 'TimeStamp'; expected it"));
}

TEST_F(ExportTest, SaysWhatItCannotDo) {
    const auto odd = interlock("export " + file("a.trace") + " " + file("a.doc"));
    EXPECT_EQ(odd.code, 2);
    EXPECT_THAT(odd.out, HasSubstr("its ending says nothing; expected one of .trace, .packed,"));
    const auto itself = interlock("export " + file("a.trace") + " " + file("a.trace"));
    EXPECT_EQ(itself.code, 2);
    EXPECT_THAT(itself.out, HasSubstr("is what is exported"));
    EXPECT_GT(fs::file_size(file("a.trace")), 0U);
    const auto drawn = interlock(
        "export corpus/scenarios/conforms/two_guests_come_talk_and_go.scenario " + file("a.mmd"));
    EXPECT_EQ(drawn.code, 2);
    EXPECT_THAT(drawn.out, HasSubstr("expected one of .scenario, .bytes, .cpp for a scenario"));
}

}  // namespace
}  // namespace interlock::cli
