#include "reports/text.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/judge.hpp"
#include "reports/facts.hpp"
#include "reports/lanes.hpp"
#include "reports/names.hpp"
#include "reports/story.hpp"
#include "reports/words.hpp"

namespace interlock::reports {
namespace {

using model::Violation;

constexpr std::size_t story_events_max  = 12;
constexpr std::size_t in_flight_max     = 4;
constexpr std::size_t names_listed_max  = 12;
constexpr std::size_t printed_lines_max = 24;

std::string guilty_name(const Result& result, const Violation& violation) {
    if (violation.guilty == model::Party::host) return "the host";
    return "extension " + module_name(result, violation.module);
}

std::string heading(const Result& result, const Violation& violation, const TextStyle& style) {
    const bool broken = violation.severity == model::Severity::violation;
    const auto step   = violation.at < result.trace.size() ? result.trace[violation.at].step : 0;
    const auto text =
        fmt::format("{} {} by {} at event #{}{}", model::rules()[violation.rule].id,
                    broken ? "broken" : "not followed", guilty_name(result, violation),
                    violation.at, step_in_words(result, step));
    std::string block;
    for (const auto& line : wrap(text, style.width)) {
        block += tinted(line, broken ? Tint::bad : Tint::doubtful, style) + "\n";
    }
    return block;
}

/// Facts, each with from where in the extension's code it came.
std::string facts_text(const std::vector<Fact>& facts, const TextStyle& style) {
    std::string text;
    for (const Fact& fact : facts) {
        std::string_view label = fact.label;
        for (const Told& told : fact.told) {
            text += labelled(label, told.text, style);
            if (!told.from.empty()) text += labelled({}, "from " + told.from, style);
            label = {};
        }
    }
    return text;
}

/// A command is never broken into lines: it is there to be copied.
std::string replay_text(const Result& result) {
    return fmt::format("\n  {:<11}{}\n", "replay", result.replay);
}

std::string story_text(const Result& result, const Violation& violation, const TextStyle& style) {
    auto              places = events_about(violation, result.trace);
    const std::size_t all    = places.size();
    if (all == 0) return {};
    if (all > story_events_max) {
        const auto kept = static_cast<std::ptrdiff_t>(story_events_max);
        places.erase(places.begin(), places.end() - kept);
        const bool begun = violation.since != 0 && violation.since < places.front();
        if (begun) places.front() = violation.since;
    }
    const auto which = places.size() == all
                           ? std::string()
                           : fmt::format(" (the last {} of {} events)", places.size(), all);
    const auto title =
        fmt::format("  what happened to {}{}", subject_in_words(violation, result.trace), which);
    return "\n" + tinted(title, Tint::heading, style) + "\n" +
           lanes(result, places, violation.at, style);
}

/// What led to the end of a run that was cut short.
std::string last_events_text(const Result& result, const TextStyle& style) {
    const std::size_t        all = result.trace.size();
    std::vector<std::size_t> places;
    for (std::size_t place = all - std::min(all, story_events_max); place < all; ++place) {
        places.push_back(place);
    }
    std::string text = "\n" + tinted("  what happened last", Tint::heading, style) + "\n";
    text += lanes(result, places, all - 1, style);
    return result.replay.empty() ? text : text + replay_text(result);
}

std::string listed(const std::vector<std::string>& names) {
    const std::size_t shown = std::min(names.size(), names_listed_max);
    const auto        end   = names.begin() + static_cast<std::ptrdiff_t>(shown);
    std::string       words = fmt::format("{}", fmt::join(names.begin(), end, ", "));
    if (names.size() > shown) words += fmt::format(", and {} more", names.size() - shown);
    return words;
}

/// What was printed, as far as it is worth reading: what a sanitizer says stands at its begin.
std::string printed_text(const Result& result, const TextStyle& style) {
    std::vector<std::string_view> lines;
    for (std::string_view rest = result.printed; !rest.empty();) {
        const auto end = rest.find('\n');
        lines.push_back(rest.substr(0, end));
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    if (lines.empty()) return {};
    std::string text = "\n" + tinted("  what was printed", Tint::heading, style) + "\n";
    lines.resize(std::min(lines.size(), printed_lines_max));
    for (const std::string_view line : lines)
        text += fmt::format("    {}\n", line);
    return text;
}

/// Rules that share why they were not judged are told together.
std::string unjudged_text(const Result& result, const TextStyle& style) {
    constexpr std::array<std::string_view, 3> labels{"not asked", "not told", "partly"};
    std::map<std::pair<model::Extent, std::string>, std::string> rules;
    for (const model::Unjudged& one : result.unjudged) {
        std::string unseen;
        for (const model::Call call : one.unseen)
            unseen += fmt::format(" {}", model::name(call));
        rules[{one.extent, unseen}] += fmt::format("{} ", model::rules()[one.rule].id);
    }
    std::string text;
    for (const auto& [why, ids] : rules)
        text += labelled(labels[static_cast<std::size_t>(why.first)],
                         fmt::format("{}without{}", ids, why.second), style);
    return text;
}

std::string undecided_text(const Result& result, const TextStyle& style) {
    std::string text;
    const bool  crashed = !result.trace.empty() && result.trace.back().call == model::Call::Crashed;
    if (crashed) return text;  // That it did not come to its end is what a crash means.
    for (const model::Undecided& open : result.verdict.undecided) {
        text += tinted("undecided", Tint::doubtful, style) + "\n";
        text += labelled("why", open.why, style);
        if (open.at != 0) text += labelled("at", event_in_words(result, open.at), style);
    }
    if (!text.empty()) text += unjudged_text(result, style);
    if (result.verdict.outcome != model::Outcome::conforms) {
        for (const auto& task : result.stuck)
            text += labelled("stuck", task, style);
    }
    const bool cut = !result.trace.empty() && result.trace.back().call == model::Call::EndOfRun &&
                     result.trace.back().detail != 0;
    if (!cut) return text;
    return text + facts_text(where_at(result, result.trace.size() - 1), style) +
           last_events_text(result, style);
}

/// What a step waited for in vain is still there when the world stands still for the first time.
std::string left_out_text(const Result& result, const TextStyle& style) {
    std::string text;
    for (const LeftOut& left : result.left_out)
        text += labelled("left out", fmt::format("step {}: {}", left.step, left.why), style);
    if (text.empty() || result.verdict.outcome == model::Outcome::conforms) return text;
    const auto still = std::ranges::find(result.trace, model::Call::Quiescent, &model::Event::call);
    if (still == result.trace.end()) return text;
    const auto at = static_cast<std::size_t>(still - result.trace.begin());
    return text + facts_text(open_at(result, at, in_flight_max), style);
}

/// Of a long trace only a stretch is told.
std::string stretch_text(const Result& result, const TextStyle& style) {
    if (result.first_event == 0 && result.untold == 0) return {};
    const auto last = result.first_event + result.trace.size();
    return labelled("stretch",
                    fmt::format("events {} to {} of {}; # counts from {}; {} violations beyond it",
                                result.first_event, last, result.verdict.events,
                                result.first_event, result.untold),
                    style);
}

}  // namespace

std::string in_words(const Search& search) {
    const auto counted = [](std::uint64_t count, std::string_view what) {
        return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
    };
    std::string words =
        fmt::format("{}, {}, within {} and {}", counted(search.schedules, "schedule"),
                    search.none_left ? "none left" : "not all",
                    counted(search.preemptions, "preemption"), counted(search.answers, "answer"));
    if (search.pruned > 0)
        words += fmt::format("; {} more given up where others had been", search.pruned);
    if (search.race_free) words += "; if no extension has a data race";
    if (search.undecided > 0) words += fmt::format("; {} of them undecided", search.undecided);
    return words;
}

std::string in_words(const Pct& pct) {
    const auto run =
        fmt::format("PCT of depth {}: {} tasks, {} places", pct.depth, pct.tasks, pct.passed);
    if (pct.bound <= 0)
        return run + fmt::format("; no bound, for changes were drawn among {}", pct.drawn);
    return run + fmt::format(
                     "; shows a bug of that depth with at least 1/({}*{}^{}) = {:.2g} "
                     "(Burckhardt et al., ASPLOS 2010)",
                     pct.tasks, pct.drawn, pct.depth - 1, pct.bound);
}

std::string verdict_line(const Result& result, const TextStyle& style) {
    const auto  outcome = result.verdict.outcome;
    const auto  tint    = outcome == model::Outcome::conforms   ? Tint::good
                          : outcome == model::Outcome::violates ? Tint::bad
                                                                : Tint::doubtful;
    const bool  all     = outcome == model::Outcome::conforms && result.searched;
    const auto  word    = all ? std::string_view("exhausted") : name(outcome);
    std::string line    = tinted(fmt::format("{:<9}", word), tint, style);
    line += "  " + result.scenario;
    if (const Violation* first = first_violation(result.verdict)) {
        line +=
            fmt::format("  {} by {}", model::rules()[first->rule].id, guilty_name(result, *first));
    } else if (outcome == model::Outcome::undecided && !result.verdict.undecided.empty()) {
        line += fmt::format("  {}", result.verdict.undecided.front().why);
    }
    if (result.pct) line += "\n           " + in_words(*result.pct);
    if (result.searched) line += "\n           " + in_words(*result.searched);
    return line + "\n";
}

std::string violation_text(const Result& result, const Violation& violation,
                           const TextStyle& style) {
    std::string text = heading(result, violation, style);
    text += facts_text(facts_of(result, violation, in_flight_max), style);
    text += story_text(result, violation, style);
    const bool last = violation.at + std::size_t{1} == result.trace.size();
    if (last) text += printed_text(result, style);
    if (!result.replay.empty()) text += replay_text(result);
    return text;
}

std::string result_text(const Result& result, const TextStyle& style) {
    std::string text = stretch_text(result, style);
    const auto  next = [&](const std::string& block) {
        if (!text.empty() && !block.empty()) text += "\n";
        text += block;
    };
    for (const Violation& violation : result.verdict.violations) {
        next(violation_text(result, violation, style));
    }
    next(undecided_text(result, style));
    next(left_out_text(result, style));
    return text;
}

std::string transcript(const Result& result, const TextStyle& style) {
    std::vector<std::size_t> places(result.trace.size());
    for (std::size_t place = 0; place < places.size(); ++place)
        places[place] = place;
    const Violation* first = first_violation(result.verdict);
    return lanes(result, places, first == nullptr ? no_mark : first->at, style);
}

namespace {

/// "plain POS 13 runs (first to find PKT-04, in run 37)"
std::string in_words(const Engine& engine) {
    std::vector<std::string> found;
    for (const Engine::Found& one : engine.found)
        found.push_back(fmt::format("{}, in run {}", one.rule, one.run));
    return fmt::format(
        "{} {} {} runs{}", engine.origin, engine.scheduler, engine.runs,
        found.empty() ? "" : fmt::format(" (first to find {})", fmt::join(found, "; ")));
}

std::string engines_in_words(const Campaign& campaign) {
    std::vector<std::string> words;
    for (const Engine& engine : campaign.engines)
        words.push_back(in_words(engine));
    return fmt::format("{}", fmt::join(words, ", "));
}

}  // namespace

std::string campaign_text(const Campaign& campaign, const TextStyle& style) {
    const auto part = [](std::uint64_t some, std::uint64_t all) {
        const auto percent = all == 0 ? 0.0 : 100.0 * double(some) / double(all);
        return fmt::format("{} of {} ({:.0f} %)", some, all, percent);
    };
    std::string text = labelled("extension", listed(campaign.extensions), style);
    text += labelled("seed", fmt::format("{}", campaign.seed), style);
    text +=
        labelled("runs",
                 fmt::format("{} ({} with a violation, {} undecided) in {:.1f} s", campaign.runs,
                             campaign.violating_runs, campaign.undecided_runs, campaign.seconds),
                 style);
    if (campaign.faulty_runs != 0) {
        text += labelled("faults",
                         fmt::format("in {} runs; {} call stacks swept", campaign.faulty_runs,
                                     campaign.stacks_struck),
                         style);
    }
    text += labelled("engines", engines_in_words(campaign), style);
    text += labelled("model",
                     part(campaign.transitions, campaign.transitions_all) + " transitions taken",
                     style);
    text += labelled("rules", part(campaign.rules, campaign.rules_all) + " asked", style);
    if (campaign.edges_all != 0) {
        text += labelled("code",
                         part(campaign.edges, campaign.edges_all) + " edges of the extension run",
                         style);
    }
    text += labelled("not taken", listed(campaign.transitions_missed), style);
    return text + labelled("not asked", listed(campaign.rules_missed), style);
}

std::string issue_text(const Issue& issue, const TextStyle& style) {
    std::string text;
    for (const Result& result : issue.results) {
        text += verdict_line(result, style);
        const auto details = result_text(result, style);
        if (!details.empty()) text += "\n" + details + "\n";
    }
    if (issue.campaign) text += campaign_text(*issue.campaign, style);
    return text;
}

}  // namespace interlock::reports
