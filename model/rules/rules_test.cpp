#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <string>

#include "model/judge.hpp"
#include "model/ndis_versions.hpp"
#include "model/rules/cases.hpp"

namespace interlock::model {

void PrintTo(const Case& one, std::ostream* out);
void PrintTo(const Case& one, std::ostream* out) {
    *out << one.rule << one.name;
}

namespace {

std::string told(const Verdict& verdict) {
    std::string text;
    for (const Violation& violation : verdict.violations)
        text.append(rules()[violation.rule].id)
            .append(" at ")
            .append(std::to_string(violation.at))
            .append(": ")
            .append(violation.what)
            .append("\n");
    for (const Undecided& note : verdict.undecided)
        text.append(note.why).append("\n");
    return text;
}

Verdict verdict_on(const Case& one, void (*tell)(Story&)) {
    Story story = one.begins();
    tell(story);
    story.ends();
    return judge(story.events, {.ndis = one.ndis});
}

std::string name_of(const testing::TestParamInfo<Case>& one) {
    std::string name{one.param.rule};
    name.append(one.param.name);
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

std::vector<Case> cases_with_a_fault() {
    auto all = all_cases();
    std::erase_if(all, [](const Case& one) { return one.breaks == nullptr; });
    return all;
}

class Kept : public testing::TestWithParam<Case> {};

TEST_P(Kept, ByWhoKeepsIt) {
    const Verdict verdict = verdict_on(GetParam(), GetParam().keeps);
    EXPECT_EQ(verdict.outcome, Outcome::conforms) << told(verdict);
    EXPECT_GT(verdict.rules[rule_of(GetParam().rule)].held, 0U) << "never came near the rule";
}

class Broken : public testing::TestWithParam<Case> {};

TEST_P(Broken, AloneAndByWhoBreaksIt) {
    const auto [id, guilty, keeps, breaks, begins, name, ndis, severity] = GetParam();
    const Verdict verdict = verdict_on(GetParam(), breaks);
    ASSERT_FALSE(verdict.violations.empty());
    for (const Violation& violation : verdict.violations) {
        EXPECT_EQ(rules()[violation.rule].id, id) << told(verdict);
        EXPECT_EQ(violation.guilty, guilty) << told(verdict);
        EXPECT_EQ(violation.module, guilty == Party::host ? host_module : 0);
    }
    const bool warned =
        rules()[rule_of(id)].severity == Severity::warning || severity == Severity::warning;
    EXPECT_EQ(verdict.outcome, warned ? Outcome::conforms : Outcome::violates) << told(verdict);
}

/// What a version of NDIS brought, be it asked for or granted, is told by a story.
TEST(NdisVersions, AreToldApart) {
    for (const NdisDifference& row : ndis_differences) {
        bool shown = false;
        for (const Case& one : all_cases()) {
            if (one.rule != row.rule || one.breaks == nullptr) continue;
            Story story = one.begins();
            one.breaks(story);
            story.ends();
            const bool before = !judge(story.events, {.ndis = ndis_630}).violations.empty();
            const bool since  = !judge(story.events, {.ndis = row.since}).violations.empty();
            shown |= since != before;
        }
        EXPECT_TRUE(shown) << "no story tells the versions apart: " << row.rule;
    }
}

/// What is no more than a warning is a violation in the strict reading.
TEST_P(Broken, IsAViolationWhenReadStrictly) {
    Story story = GetParam().begins();
    GetParam().breaks(story);
    story.ends();
    const Verdict verdict =
        judge(story.events, {.ndis = GetParam().ndis, .reading = Reading::strict});
    EXPECT_EQ(verdict.outcome, Outcome::violates) << told(verdict);
}

INSTANTIATE_TEST_SUITE_P(Rules, Kept, testing::ValuesIn(all_cases()), name_of);
INSTANTIATE_TEST_SUITE_P(Rules, Broken, testing::ValuesIn(cases_with_a_fault()), name_of);

TEST(Rules, EachHasAStory) {
    const auto cases = all_cases();
    for (const Rule& rule : rules())
        EXPECT_TRUE(std::ranges::find(cases, rule.id, &Case::rule) != cases.end())
            << rule.id << " has no conforming and no violating story";
}

TEST(Rules, AreSortedAndUnique) {
    for (std::size_t place = 1; place < rules().size(); ++place)
        EXPECT_LT(rules()[place - 1].id, rules()[place].id);
    for (std::size_t place = 0; place < rules().size(); ++place)
        EXPECT_EQ(rule_of(rules()[place].id), place);
    EXPECT_EQ(rule_of("NIC-99"), no_rule);
}

TEST(Rules, SayAllThatAReaderNeeds) {
    for (const Rule& rule : rules()) {
        EXPECT_FALSE(rule.title.empty()) << rule.id;
        EXPECT_FALSE(rule.says.empty()) << rule.id;
        EXPECT_FALSE(rule.page.empty()) << rule.id;
        EXPECT_FALSE(rule.heading.empty()) << rule.id;
        EXPECT_FALSE(rule.title.ends_with('.')) << rule.id;
        EXPECT_TRUE(rule.says.ends_with('.')) << rule.id;
        EXPECT_FALSE(rule.page.ends_with(".md")) << rule.id;
    }
}

}  // namespace
}  // namespace interlock::model
