#pragma once

// For tests: a story that nobody may be accused for, not even by a warning.

#include <gtest/gtest.h>

#include <string>

#include "model/judge.hpp"
#include "model/story.hpp"

namespace interlock::model {

inline void expect_conforms(Story& story) {
    story.ends();
    const Verdict verdict = judge(story.events);
    std::string   told;
    for (const Violation& violation : verdict.violations)
        told.append(rules()[violation.rule].id).append(": ").append(violation.what).append("\n");
    for (const Undecided& note : verdict.undecided)
        told.append(note.why).append("\n");
    EXPECT_EQ(verdict.outcome, Outcome::conforms) << told;
    EXPECT_TRUE(verdict.violations.empty()) << told;
}

}  // namespace interlock::model
