#include "cli/showing.hpp"

#include "cli/symbols.hpp"

#include "harness/scenario/text.hpp"
#include "harness/sched/pct.hpp"
#include "harness/sched/strike.hpp"
#include "harness/stage.hpp"
#include "reports/words.hpp"

namespace interlock::cli {
namespace {

void add_stacks(reports::Result& result, const fuzz::Play& play,
                std::span<const std::string> modules) {
    auto words     = words_and_sources(play.stacks, modules);
    result.sources = std::move(words.sources);
    const auto from = [&](std::uint32_t stack) {
        return stack == 0 || stack > words.stacks.size() ? std::string() : words.stacks[stack - 1];
    };
    for (const std::uint32_t stack : play.stack_of_events)
        result.called_from.push_back(from(stack));
    for (const harness::Note& note : play.notes)
        result.notes.push_back({note.event, note.text, from(note.stack)});
}

/// Nothing where the scenario does not ask for it, or says who goes on.
std::optional<reports::Pct> pct_of(const harness::Scenario& scenario, const fuzz::Play& play) {
    if (scenario.schedule != harness::ScheduleKind::pct || play.tasks == 0 ||
        !harness::apart(scenario.decisions).second.empty())
        return {};
    const std::uint32_t drawn = harness::places_expected(scenario);
    const bool          holds = play.places <= drawn;
    return reports::Pct{.depth  = scenario.depth,
                        .tasks  = play.tasks,
                        .passed = play.places,
                        .drawn  = drawn,
                        .bound = holds ? harness::pct_bound(play.tasks, drawn, scenario.depth) : 0};
}

}  // namespace

reports::Result result_of(const std::string& scenario_name, const harness::Scenario& scenario,
                          const fuzz::ContainedStage& stage, fuzz::Play play, std::string replay) {
    const std::span<const std::string> modules = stage.paths();
    reports::Result                    result;
    result.scenario   = scenario_name;
    result.extensions = {stage.names().begin(), stage.names().end()};
    result.verdict    = fuzz::verdict_of(play, scenario);
    for (const harness::Step& step : scenario.steps)
        result.steps.push_back(to_text(step));
    for (auto& left : play.left_out)
        result.left_out.push_back({left.step, std::move(left.why)});
    for (const harness::Decision& fault : harness::apart(play.decisions).first)
        result.faults.push_back(to_text(fault));
    if (!play.task.empty()) result.where = play.task + ", after " + play.place;
    if (result.verdict.outcome != model::Outcome::conforms) add_stacks(result, play, modules);
    result.pct   = pct_of(scenario, play);
    result.trace = std::move(play.trace);
    result.stuck = std::move(play.stuck);
    if (play.end != fuzz::Play::End::ended) result.printed = std::move(play.said);
    result.replay = std::move(replay);
    return result;
}

std::string broke_in_words(const fuzz::Play& play) {
    std::string words = "Interlock itself is wrong, not the extension";
    if (play.said.empty()) {
        words =
            "Interlock crashed in code of its own: it is wrong, or the extension has overwritten "
            "what is not its own; a build with the address sanitizer (preset asan) tells which";
    }
    words += "\n" + play.said;
    if (play.trace.empty()) return words;
    return words + "  last event  " + reports::in_one_phrase(play.trace.back()) + "\n";
}

std::string quoted(const std::string& argument) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
        "0123456789_-./=:,+@%";
    const bool safe = !argument.empty() && argument.find_first_not_of(plain) == argument.npos;
    if (safe) return argument;
    std::string text = "'";
    for (const char letter : argument)
        text += letter == '\'' ? "'\\''" : std::string(1, letter);
    return text + "'";
}

}  // namespace interlock::cli
