#include "reports/facts.hpp"

#include <algorithm>
#include <span>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/judge.hpp"
#include "reports/attribution.hpp"
#include "reports/lanes.hpp"
#include "reports/names.hpp"
#include "reports/rule_page.hpp"
#include "reports/state.hpp"
#include "reports/story.hpp"
#include "reports/words.hpp"

namespace interlock::reports {
namespace {

using model::Violation;

constexpr std::size_t turns_max = 12;

/// What is empty is not told.
void add(std::vector<Fact>& facts, std::string_view label, std::vector<Told> told) {
    std::erase_if(told, [](const Told& one) { return one.text.empty(); });
    if (!told.empty()) facts.push_back({label, std::move(told)});
}

void add_all(std::vector<Fact>& facts, std::vector<Fact> more) {
    std::ranges::move(more, std::back_inserter(facts));
}

std::string origin(const Result& result, std::size_t place) {
    return std::string(from_of(result, place));
}

Fact events(const Result& result, std::string_view label, std::span<const std::size_t> places,
            std::size_t most) {
    Fact fact{label, {}};
    for (const std::size_t place : places.first(std::min(places.size(), most)))
        fact.told.push_back({fmt::format("#{} {}", place, in_one_phrase(result.trace[place])),
                             origin(result, place)});
    if (places.size() > most)
        fact.told.push_back({fmt::format("and {} more", places.size() - most)});
    return fact;
}

std::vector<Told> notes_at(const Result& result, std::size_t at) {
    std::vector<Told> told;
    for (const Note& note : result.notes) {
        if (note.event != at) continue;
        told.push_back({note.text + (note.from.empty() ? "" : ", from " + note.from)});
    }
    return told;
}

void add_rule(std::vector<Fact>& facts, const model::Rule& rule) {
    add(facts, "rule", {{std::string(rule.title)}});
    add(facts, name(rule.modality), {{fmt::format("\"{}\"", rule.says)}});
    const auto page = rule.heading.empty() ? std::string(rule.page)
                                           : fmt::format("{}, \"{}\"", rule.page, rule.heading);
    add(facts, "page", {{page}, {page_link(rule.page)}});
    add(facts, "verifier", {{verifier_words(rule)}});
}

/// Of the first violation, if it was looked for.
void add_blame(std::vector<Fact>& facts, const Result& result, const Violation& violation) {
    if (!result.attribution || &violation != first_violation(result.verdict)) return;
    add(facts, "blame", {{blame_in_words(result)}});
    std::vector<Told> tried;
    for (const model::Restaged& one : result.attribution->restaged)
        tried.push_back({restaged_in_words(one)});
    add(facts, "tried", std::move(tried));
}

/// The calls that were made fail: without them this might not have happened.
std::vector<Told> faults_of(const Result& result) {
    std::vector<Told> told;
    for (const std::string& fault : result.faults)
        told.push_back({fault});
    return told;
}

}  // namespace

std::string step_in_words(const Result& result, std::uint32_t step) {
    if (step == 0) return {};
    if (step > result.steps.size()) return fmt::format(", in step {}", step);
    return fmt::format(", in step {} ({})", step, result.steps[step - 1]);
}

std::string event_in_words(const Result& result, std::size_t place) {
    if (place >= result.trace.size()) return {};
    const model::Event& event = result.trace[place];
    return fmt::format("#{} {}{}", place, in_one_phrase(event), step_in_words(result, event.step));
}

std::string_view from_of(const Result& result, std::size_t place) {
    if (place >= result.called_from.size()) return {};
    return result.called_from[place];
}

std::vector<Fact> open_at(const Result& result, std::size_t at, std::size_t open_max) {
    std::vector<std::size_t> flying;
    for (const InFlight& one : in_flight(result.trace, at))
        flying.push_back(one.since);
    std::vector<Fact> facts{
        events(result, "in flight", flying, open_max),
        events(result, "referenced", references_held(result.trace, at), open_max)};
    std::erase_if(facts, [](const Fact& fact) { return fact.told.empty(); });
    return facts;
}

std::vector<Fact> where_at(const Result& result, std::size_t at) {
    std::vector<Fact> facts;
    if (result.where.empty() || at + 1 != result.trace.size()) return facts;
    std::string text   = result.where;
    const auto  within = callback_around(result.trace, at);
    if (within) {
        text += fmt::format(", in #{} {} of {}", *within, in_one_phrase(result.trace[*within]),
                            module_name(result, result.trace[*within].module));
    }
    add(facts, "where", {{text, origin(result, at)}});
    return facts;
}

std::string schedule_in_words(const Result& result, const std::vector<std::size_t>& places) {
    std::vector<std::string> turns;
    std::uint16_t            task = 0xFFFF;
    for (const std::size_t place : places) {
        const model::Event& event = result.trace[place];
        if (event.module == model::host_module || event.task == task) continue;
        task = event.task;
        turns.push_back(fmt::format("task {} from #{}", task, place));
    }
    if (turns.size() < 2) return {};
    if (turns.size() > turns_max)
        turns.erase(turns.begin(), turns.end() - static_cast<std::ptrdiff_t>(turns_max));
    return fmt::format("{}", fmt::join(turns, ", then "));
}

std::vector<Fact> facts_of(const Result& result, const Violation& violation, std::size_t open_max) {
    const bool        host = violation.guilty == model::Party::host;
    const auto        from = result.where.empty() ? origin(result, violation.at) : std::string();
    std::vector<Fact> facts;
    add(facts, "what",
        {{fmt::format("the {} {}", host ? "host" : "extension", violation.what), from}});
    add_all(facts, where_at(result, violation.at));
    add(facts, "namely", notes_at(result, violation.at));
    add_rule(facts, model::rules()[violation.rule]);
    if (violation.since != 0) {
        add(facts, "because of",
            {{event_in_words(result, violation.since), origin(result, violation.since)}});
    }
    add_blame(facts, result, violation);
    add(facts, "state", {{state_in_words(violation, result.trace)}});
    add(facts, "legal", {{legal_in_words(violation, result.trace)}});
    add_all(facts, open_at(result, violation.at, open_max));
    add(facts, "faults", faults_of(result));
    return facts;
}

}  // namespace interlock::reports
