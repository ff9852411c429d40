#include "reports/markdown.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/judge.hpp"
#include "reports/code_places.hpp"
#include "reports/fingerprint.hpp"
#include "reports/lanes.hpp"
#include "reports/names.hpp"
#include "reports/rule_results.hpp"
#include "reports/text.hpp"
#include "reports/under_way.hpp"

namespace interlock::reports {
namespace {

using model::Outcome;
using model::Violation;

/// In a cell of a table, where a bar would begin the next.
std::string in_cell(std::string_view text) {
    std::string safe;
    for (const char letter : text) {
        if (std::string_view("|\\`*_<>[]").find(letter) != std::string_view::npos) safe += '\\';
        safe += letter == '\n' ? ' ' : letter;
    }
    return safe;
}

std::string who(const Result& result, const Violation& violation) {
    if (violation.guilty == model::Party::host) return "the host";
    return module_name(result, violation.module);
}

std::string at_line(const Result& result, const Violation& violation) {
    const auto places = code_places(stack_of(result, violation));
    if (places.empty()) return {};
    const CodePlace& place = places.front();
    return place.file.empty() ? in_cell(place.function)
                              : fmt::format("`{}:{}`", place.file, place.line);
}

std::string row(const Result& result, const Violation& violation) {
    const model::Rule& rule = model::rules()[violation.rule];
    const auto         link = page_link(rule.page);
    const auto         id   = link.empty() ? std::string(rule.id)
                                           : fmt::format("[{}]({})", rule.id, link);
    const bool         warning = violation.severity == model::Severity::warning;
    return fmt::format("| {}{} | {} | {} {} | {} |\n", id, warning ? " (warning)" : "",
                       in_cell(rule.title), in_cell(who(result, violation)),
                       in_cell(violation.what), at_line(result, violation));
}

std::string folded(const Result& result, const Violation& violation) {
    return fmt::format("<details><summary>{} {}</summary>\n\n```text\n{}```\n\n</details>\n",
                       model::rules()[violation.rule].id, who(result, violation),
                       violation_text(result, violation, {}));
}

struct Rows {
    std::string table;
    std::string details;
    std::size_t told = 0;
    std::size_t all  = 0;
};

/// Each fault once, however often it was found.
Rows rows_of(const Issue& issue) {
    Rows                       rows;
    std::map<std::string, int> seen;
    for (const Result& result : issue.results) {
        if (result.promise == Promise::kept) continue;
        for (const Violation& violation : result.verdict.violations) {
            if (seen[fingerprint(result, violation)]++ > 0) continue;
            ++rows.all;
            const auto line  = row(result, violation);
            const auto story = folded(result, violation);
            const auto size  = rows.table.size() + rows.details.size();
            if (size + line.size() + story.size() > markdown_letters_max) continue;
            rows.table += line;
            rows.details += story;
            ++rows.told;
        }
    }
    return rows;
}

std::string counted_outcomes(const Issue& issue) {
    const auto of = [&](Outcome outcome) {
        return std::ranges::count_if(issue.results, [&](const Result& result) {
            return result.promise == Promise::none && result.verdict.outcome == outcome;
        });
    };
    const auto with = [&](Promise promise) {
        return std::ranges::count(issue.results, promise, &Result::promise);
    };
    std::vector<std::string> words;
    const auto add = [&](std::ptrdiff_t count, std::string_view what) {
        if (count > 0) words.push_back(fmt::format("{} {}", count, what));
    };
    add(of(Outcome::conforms), "conforming");
    add(of(Outcome::violates), "violating");
    add(of(Outcome::undecided), "undecided");
    add(with(Promise::kept), "as promised");
    add(with(Promise::broken), "**not as promised**");
    return fmt::format("{}", fmt::join(words, ", "));
}

std::string rules_line(const Issue& issue) {
    std::size_t counts[4] = {};
    for (const RuleResult& result : rule_results(issue))
        ++counts[static_cast<std::size_t>(result.standing)];
    return fmt::format("Rules: {} held, {} broken, {} not followed, {} not exercised (not a pass).",
                       counts[0], counts[1], counts[2], counts[3]);
}

/// What else was tried, as far as it was counted.
std::string covered_line(const Issue& issue) {
    std::string text;
    std::size_t run = 0, all = 0;
    for (const CodeFile& file : issue.code.files) {
        all += file.lines.size();
        run += file.lines.size() -
               static_cast<std::size_t>(std::ranges::count(file.lines, 0U, &CodeLine::runs));
    }
    if (all > 0) text += fmt::format(" Code: {} of {} lines run.", run, all);
    if (const auto sum = sum_of(under_way_rows(issue.under_way)); sum.all > 0)
        text += fmt::format(
            " In flight: {} of {} pairs of a change of state and how much was under way.",
            sum.seen, sum.all);
    return text;
}

std::string_view headline(const Issue& issue) {
    const bool promised = std::ranges::any_of(
        issue.results, [](const Result& result) { return result.promise != Promise::none; });
    if (promised) {
        const bool kept = std::ranges::none_of(issue.results, [](const Result& result) {
            return result.promise == Promise::broken;
        });
        return kept ? "as promised" : "not as promised";
    }
    return name(outcome(issue));
}

}  // namespace

std::string markdown_text(const Issue& issue) {
    std::string text   = fmt::format("## Interlock {}: {}\n\n", issue.command, headline(issue));
    const auto  counts = counted_outcomes(issue);
    if (!counts.empty()) text += fmt::format("Scenarios: {}. ", counts);
    if (issue.campaign) {
        text += fmt::format("{} runs of {}, seed {}. ", issue.campaign->runs,
                            fmt::join(issue.campaign->extensions, " over "), issue.campaign->seed);
    }
    text += rules_line(issue) + covered_line(issue) + "\n";
    const Rows rows = rows_of(issue);
    if (rows.all == 0) return text;
    text += "\n| rule | | what | where |\n| --- | --- | --- | --- |\n" + rows.table + "\n";
    if (rows.told < rows.all)
        text += fmt::format("And {} more that do not fit here.\n\n", rows.all - rows.told);
    return text + rows.details;
}

}  // namespace interlock::reports
