// A reader of pages that finds no fault with anything would let every table pass.

#include <gtest/gtest.h>

#include "model/machines/page.hpp"

namespace interlock::model {
namespace {

constexpr std::string_view states[] = {"off", "on"};
constexpr std::string_view events[] = {"press"};
constexpr Guard            guards[] = {{"plugged_in", "SW-02"}};
constexpr Cell             cells[]  = {{0, 0, 1, 1, "SW-01"}};
constexpr Blank            blanks[] = {{1, 0, 0, "SW-03"}};
constexpr Machine          lamp{"lamp", states, events, guards, cells, blanks};

TEST(Page, FindsACellThatDiffers) {
    EXPECT_EQ(compare_transitions(lamp, " | off | on\npress | on | .\n").differences, "");
    EXPECT_EQ(compare_transitions(lamp, " | off | on\npress | off | .\n").differences,
              "off, press: the page says off, the machine on\n");
    EXPECT_EQ(compare_rules(lamp, " | off | on\npress | SW-01 | SW-01\n").differences,
              "on, press: the page says SW-01, the machine SW-03\n");
    EXPECT_EQ(compare_guards(lamp, " | off | on\npress | . | .\n").differences,
              "off, press: the page says ., the machine plugged_in\n");
}

TEST(Page, FindsABlankThatIsFilled) {
    EXPECT_EQ(compare_transitions(lamp, " | off | on\npress | . | .\n").differences,
              "off, press: the page says ., the machine on\n");
}

TEST(Page, FindsWhatThePageForgot) {
    EXPECT_EQ(compare_transitions(lamp, " | off\npress | on\n").differences,
              "on, press: the page says nothing, the machine .\n");
}

TEST(Page, KnowsNoOtherNames) {
    EXPECT_EQ(compare_transitions(lamp, " | off | on\npress | on | .\nkick | . | .\n").differences,
              "a row that is none: kick\n");
    EXPECT_EQ(compare_transitions(lamp, " | off | on | in\npress | on | . | .\n").differences,
              "no such state: in\n");
}

TEST(Page, FindsARecoveryThatNobodyMeant) {
    EXPECT_EQ(odd_recoveries(lamp), "on, press -> off\n");
}

}  // namespace
}  // namespace interlock::model
