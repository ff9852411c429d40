#include "reports/junit.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "model/judge.hpp"
#include "reports/html.hpp"
#include "reports/names.hpp"
#include "reports/rule_results.hpp"
#include "reports/text.hpp"

namespace interlock::reports {
namespace {

enum class Ending : std::uint8_t { passed, failure, error, skipped };

struct Case {
    std::string name;
    Ending      ending = Ending::passed;
    std::string message;
    std::string text;
};

/// As XML 1.0 can hold it: what it has no way to write is left out.
std::string in_xml(std::string_view text) {
    std::string safe = escaped(text);
    std::erase_if(safe, [](char letter) {
        const bool control = static_cast<unsigned char>(letter) < 0x20;
        return control && letter != '\n' && letter != '\t';
    });
    return safe;
}

std::string first_line(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

Case scenario_case(const Result& result) {
    const auto outcome = result.verdict.outcome;
    Case       made{.name = result.scenario, .message = {}, .text = {}};
    const bool as_promised = result.promise == Promise::kept;
    if (as_promised || (result.promise == Promise::none && outcome == model::Outcome::conforms))
        return made;
    made.ending  = outcome == model::Outcome::undecided ? Ending::error : Ending::failure;
    made.text    = result_text(result, {});
    made.message = first_line(made.text);
    if (outcome == model::Outcome::undecided && !result.verdict.undecided.empty())
        made.message = "undecided: " + std::string(result.verdict.undecided.front().why);
    if (result.promise == Promise::broken) made.message = "not as promised: " + made.message;
    return made;
}

/// What is said of a rule that was broken: every finding, in full.
std::string findings(const Issue& issue, model::RuleIndex rule) {
    std::string text;
    for (const Result& result : issue.results) {
        if (result.promise == Promise::kept) continue;
        for (const model::Violation& violation : result.verdict.violations) {
            if (violation.rule == rule) text += violation_text(result, violation, {}) + "\n";
        }
    }
    return text;
}

Case rule_case(const Issue& issue, const RuleResult& result) {
    const model::Rule& rule = model::rules()[result.rule];
    Case made{.name = fmt::format("{} {}", rule.id, rule.title), .message = {}, .text = {}};
    if (result.standing == Standing::not_exercised) {
        made.ending  = Ending::skipped;
        made.message = "not exercised: nothing came up that it speaks of";
    }
    if (result.standing != Standing::broken) return made;
    made.ending  = Ending::failure;
    made.text    = findings(issue, result.rule);
    made.message = first_line(made.text);
    return made;
}

std::string_view element(Ending ending) {
    constexpr std::string_view names[] = {"", "failure", "error", "skipped"};
    return names[static_cast<std::size_t>(ending)];
}

std::string case_text(const Case& one, const std::string& class_name) {
    auto text = fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"0\"",
                            in_xml(class_name), in_xml(one.name));
    if (one.ending == Ending::passed) return text + "/>\n";
    text += fmt::format(">\n      <{} message=\"{}\"", element(one.ending), in_xml(one.message));
    text += one.text.empty() ? "/>"
                             : fmt::format(">{}</{}>", in_xml(one.text), element(one.ending));
    return text + "\n    </testcase>\n";
}

std::ptrdiff_t count(const std::vector<Case>& cases, Ending ending) {
    return std::ranges::count(cases, ending, &Case::ending);
}

std::string counts(const std::vector<Case>& cases) {
    return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"0\"",
                       cases.size(), count(cases, Ending::failure), count(cases, Ending::error),
                       count(cases, Ending::skipped));
}

std::string suite_text(std::string_view name, std::string_view command,
                       const std::vector<Case>& cases) {
    std::string text = fmt::format("  <testsuite name=\"{}\" {}>\n", name, counts(cases));
    for (const Case& one : cases)
        text += case_text(one, fmt::format("interlock.{}.{}", command, name));
    return text + "  </testsuite>\n";
}

}  // namespace

std::string junit_text(const Issue& issue) {
    std::vector<Case> scenarios, rules, all;
    for (const Result& result : issue.results)
        scenarios.push_back(scenario_case(result));
    for (const RuleResult& result : rule_results(issue))
        rules.push_back(rule_case(issue, result));
    all = scenarios;
    all.insert(all.end(), rules.begin(), rules.end());
    return fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites name=\"interlock {}\" {}>\n{}{}</testsuites>\n",
        issue.command, counts(all), suite_text("scenarios", issue.command, scenarios),
        suite_text("rules", issue.command, rules));
}

}  // namespace interlock::reports
