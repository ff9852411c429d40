// What CI, code scanning and a pull request are told.

#include <algorithm>
#include <filesystem>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "model/judge.hpp"
#include "reports/as_written.hpp"
#include "reports/code_places.hpp"
#include "reports/fingerprint.hpp"
#include "reports/json.hpp"
#include "reports/junit.hpp"
#include "reports/markdown.hpp"
#include "reports/rule_results.hpp"
#include "reports/sarif.hpp"
#include "reports/synthetic_run.hpp"
#include "reports/writers.hpp"

namespace interlock::reports {
namespace {

constexpr auto stack = "Commit (send.c:53) < FilterSend (send.c:80)";

/// The synthetic run, with the code that made the breaking call.
Result located() {
    Result     result      = synthetic_run();
    const auto at          = first_violation(result.verdict)->at;
    result.called_from     = std::vector<std::string>(at + 1);
    result.called_from[at] = stack;
    result.sources         = {{"send.c", "driver/send.c", {}}};
    result.verdict.rules.resize(model::rules().size());
    result.verdict.rules[model::rule_of("PKT-04")] = {0, 1};
    result.verdict.rules[model::rule_of("NIC-13")] = {3, 0};
    return result;
}

Issue issue_of(std::vector<Result> results) {
    return {.command = "run", .results = std::move(results), .campaign = {}};
}

std::string known_by(const Result& result) {
    return fingerprint(result, result.verdict.violations.front());
}

nlohmann::json sarif_results(const Issue& issue) {
    return nlohmann::json::parse(sarif_text(issue))["runs"][0]["results"];
}

TEST(ReportFormats, AreWrittenAsTheyAlwaysWere) {
    const Issue issue = issue_of({located()});
    expect_as_written(json_text(issue), "violation.json");
    expect_as_written(sarif_text(issue), "violation.sarif");
    expect_as_written(markdown_text(issue), "violation.md");
    expect_as_written(junit_text(issue), "violation.xml");
}

TEST(ReportFormats, TakeStacksApart) {
    const auto places = code_places(stack);
    ASSERT_EQ(places.size(), 2U);
    EXPECT_EQ(places[0].function, "Commit");
    EXPECT_EQ(places[1].file, "send.c");
    EXPECT_EQ(places[1].line, 80U);
    EXPECT_EQ(code_places("my.so+0x12").front().function, "my.so+0x12");
    EXPECT_TRUE(code_places("").empty());
}

/// Another seed: other ports, objects, tasks and places in the trace; the same fault.
TEST(Fingerprint, IsTheSameWhereTheSameFaultIsFoundAgain) {
    const Result one   = located();
    Result       other = located();
    for (model::Event& event : other.trace) {
        event.port += 7;
        event.object += event.object == 0 ? 0 : 90;
        event.task = static_cast<std::uint16_t>(event.task + 3);
    }
    auto& violation = other.verdict.violations.front();
    violation.subject.port += 7;
    other.trace.insert(other.trace.begin(), 5, other.trace.front());
    other.called_from.insert(other.called_from.begin(), 5, "");
    violation.at += 5;
    violation.since += 5;
    other.called_from[violation.at] = "Commit (send.c:61) < OnTimer (timer.c:4)";
    EXPECT_EQ(known_by(one), known_by(other));
    EXPECT_EQ(sarif_results(issue_of({one, other})).size(), 1U);
    EXPECT_EQ(sarif_results(issue_of({one, other}))[0]["occurrenceCount"], 2);
}

TEST(Fingerprint, DiffersWhereFaultsDo) {
    std::set<std::string> all{known_by(located())};
    Result                other = located();
    other.called_from[other.verdict.violations.front().at] = "Resend (send.c:90)";
    all.insert(known_by(other));
    other                                 = located();
    other.verdict.violations.front().rule = model::rule_of("PKT-01");
    all.insert(known_by(other));
    other                                 = located();
    other.verdict.violations.front().what = "did something else";
    all.insert(known_by(other));
    other            = located();
    other.extensions = {"another"};
    all.insert(known_by(other));
    EXPECT_EQ(all.size(), 5U);
}

TEST(SarifReport, LiesInTheCodeOfTheExtension) {
    const auto result = sarif_results(issue_of({located()}))[0];
    const auto place  = result["locations"][0]["physicalLocation"];
    EXPECT_EQ(place["artifactLocation"]["uri"], "driver/send.c");
    EXPECT_EQ(place["region"]["startLine"], 53);
    const auto& steps = result["codeFlows"][0]["threadFlows"][0]["locations"];
    EXPECT_EQ(steps.back()["importance"], "essential");
    EXPECT_GT(steps.size(), 3U);
}

TEST(SarifReport, StaysWithinWhatIsTaken) {
    Result       result    = located();
    const auto   violation = result.verdict.violations.front();
    model::Event last      = result.trace.back();
    result.trace.insert(result.trace.end() - 1, 3'000, last);
    result.verdict.violations.clear();
    auto long_lived = violation;
    long_lived.at   = static_cast<std::uint32_t>(result.trace.size() - 1);
    result.verdict.violations.push_back(long_lived);
    const auto steps =
        sarif_results(issue_of({result}))[0]["codeFlows"][0]["threadFlows"][0]["locations"];
    EXPECT_EQ(steps.size(), sarif_steps_max);
}

TEST(RuleResults, DoNotTakeWhatWasNotExercisedForHeld) {
    const auto all = rule_results(issue_of({located()}));
    ASSERT_EQ(all.size(), model::rules().size());
    EXPECT_EQ(all[model::rule_of("PKT-04")].standing, Standing::broken);
    EXPECT_EQ(all[model::rule_of("NIC-13")].standing, Standing::held);
    EXPECT_EQ(all[model::rule_of("NIC-13")].held, 3U);
    EXPECT_EQ(all[model::rule_of("PORT-01")].standing, Standing::not_exercised);
}

TEST(RuleResults, HoldNothingAgainstWhatWasPromised) {
    Result result  = located();
    result.promise = Promise::kept;
    EXPECT_NE(rule_results(issue_of({result}))[model::rule_of("PKT-04")].standing,
              Standing::broken);
    EXPECT_EQ(sarif_results(issue_of({result})).size(), 0U);
    EXPECT_EQ(junit_text(issue_of({result})).find("<failure"), std::string::npos);
    EXPECT_NE(markdown_text(issue_of({result})).find(": as promised"), std::string::npos);
}

TEST(JUnitReport, NeverTakesUndecidedForAPass) {
    Result result;
    result.scenario          = "a & b.scenario";
    result.verdict.outcome   = model::Outcome::undecided;
    result.verdict.undecided = {{0, "it was cut short"}};
    result.printed           = "\x1b[31m";
    const auto text          = junit_text(issue_of({result}));
    EXPECT_NE(text.find("<error message=\"undecided: it was cut short\""), std::string::npos);
    EXPECT_NE(text.find("a &amp; b.scenario"), std::string::npos);
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST(MarkdownReport, FitsIntoAComment) {
    std::vector<Result> results;
    for (int number = 0; number < 200; ++number) {
        results.push_back(located());
        results.back().extensions = {"extension_" + std::to_string(number)};
    }
    const auto text = markdown_text(issue_of(std::move(results)));
    EXPECT_LT(text.size(), 65'536U);
    EXPECT_NE(text.find(" more that do not fit here."), std::string::npos);
}

TEST(Writers, WriteAFileForEachKindThatIsAskedFor) {
    const auto folder = testing::TempDir() + "interlock_writers";
    const auto issue  = issue_of({located()});
    const std::vector<std::string> wanted{folder + "/all", "sarif=" + folder + "/deep/one.sarif"};
    EXPECT_FALSE(write_reports(issue, wanted));
    for (const Writer& writer : writers())
        EXPECT_TRUE(std::filesystem::exists(folder + "/all/" + std::string(writer.file)));
    EXPECT_TRUE(std::filesystem::exists(folder + "/deep/one.sarif"));
    const auto problem = write_reports(issue, std::vector<std::string>{"smoke=x"});
    ASSERT_TRUE(problem);
    EXPECT_NE(problem->expected.find("sarif=FILE"), std::string::npos);
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace interlock::reports
