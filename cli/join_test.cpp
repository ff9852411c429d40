// Two recordings at the command: they are joined, and what stood between them is judged by name.

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/shell.hpp"
#include "props/on_stage.hpp"
#include "props/recorder_tape.hpp"

namespace interlock::cli {
namespace {

namespace fs = std::filesystem;

using testing::HasSubstr;

class JoinTest : public testing::Test {
protected:
    JoinTest() : folder(testing::TempDir() + "interlock_join_" + std::to_string(getpid())) {
        fs::create_directories(folder);
    }
    ~JoinTest() override {
        fs::remove_all(folder);
    }

    /// Leaves above.recording and below.recording of a run with the suspect between.
    void record(const std::string& suspect, std::uint64_t seed) {
        const props::Stack stack{"recorder_above", suspect, "recorder_below"};
        props::Tape        tape;
        const auto         stage = props::open_stage(stack, telling(tape));
        const props::Stack alone{suspect};
        auto               scenario = props::with_reads(props::scenario_of(seed, alone), 2);
        scenario.schedule           = harness::ScheduleKind::round_robin;
        props::play(*stage, scenario);
        for (const auto& [name, bytes] : tape.recordings)
            std::ofstream(file(name.substr(name.find('_') + 1) + ".recording")) << bytes;
    }

    Ended join(const std::string& more) {
        return interlock("join " + file("above.recording") + " " + file("below.recording") + " " +
                         more);
    }

    std::string file(const std::string& name) const {
        return folder + "/" + name;
    }

    std::string folder;
};

TEST_F(JoinTest, WhatStandsBetweenIsJudgedByItsName) {
    Ended checked;
    for (std::uint64_t seed = 1; seed <= 10 && checked.code != 1; ++seed) {
        record("faulty_create_swallowed", seed);
        const auto joined = join(file("a.trace") + " --suspect fastfilter");
        ASSERT_EQ(joined.code, 0) << joined.out;
        // By this schedule each record was written when it happened.
        shell("sed -i -E '1s/\"order\":[^]]*\\],\"skew_100ns\":[0-9]+,//' " + file("a.trace"));
        checked = interlock("check " + file("a.trace"));
    }
    EXPECT_EQ(checked.code, 1) << checked.out;
    EXPECT_THAT(checked.out, HasSubstr("fastfilter"));

    const auto above = interlock("check " + file("above.recording"));
    EXPECT_THAT(above.out, testing::Not(HasSubstr("fastfilter")));
}

TEST_F(JoinTest, AGoodOneIsNotAccusedInEitherForm) {
    record("forwarder", 1);
    for (const std::string name : {"a.trace", "a.packed"}) {
        const auto joined = join(file(name) + " --suspect forwarder");
        ASSERT_EQ(joined.code, 0) << joined.out;
        const auto checked = interlock("check " + file(name));
        EXPECT_EQ(checked.code, 3) << checked.out;  // Not all is seen: never more than undecided.
    }
}

TEST_F(JoinTest, SaysWhatItCannotJoin) {
    record("forwarder", 1);
    fs::resize_file(file("below.recording"), 96 + 40);
    const auto cut = join(file("a.trace"));
    EXPECT_EQ(cut.code, 2);
    EXPECT_THAT(cut.out, HasSubstr("below.recording: byte 96: "));
    EXPECT_THAT(cut.out, HasSubstr("ends in the middle of a record; expected 96 bytes"));

    fs::resize_file(file("below.recording"), 40);
    EXPECT_THAT(join(file("a.trace")).out, HasSubstr("ends within its head; expected 96 bytes"));

    std::ofstream(file("below.recording")) << std::string(960, 'x');
    EXPECT_THAT(join(file("a.trace")).out, HasSubstr("this is no recording; expected"));
    fs::remove(file("below.recording"));
    EXPECT_EQ(join(file("a.trace")).code, 2);
}

}  // namespace
}  // namespace interlock::cli
