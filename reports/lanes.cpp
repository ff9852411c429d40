#include "reports/lanes.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "reports/words.hpp"

namespace interlock::reports {
namespace {

using model::Event;

constexpr std::size_t calls_above_max = 200;

/// How wide the columns have to be for these events.
struct Columns {
    std::size_t number = 1;
    std::size_t time   = 1;
    std::size_t task   = 1;
    std::size_t who    = 1;

    /// Before the words: the mark, the columns and what is between them.
    std::size_t total() const {
        return 4 + number + 2 + time + 2 + task + 2 + who + 2;
    }
};

std::string number_text(std::size_t place) {
    return fmt::format("#{}", place);
}

std::string task_text(const Event& event) {
    return fmt::format("task {}", event.task);
}

/// The host is always at the left, so that the arrow alone tells who acts. Dotted: a return.
std::string who_text(const Result& result, const Event& event) {
    if (event.module == model::host_module) return "host";
    const bool returns   = event.phase == model::Phase::leave;
    const bool from_host = (model::caller_of(event.call) == model::Party::host) != returns;
    const auto arrow     = returns ? (from_host ? "..>" : "<..") : (from_host ? "-->" : "<--");
    return fmt::format("host {} {}", arrow, module_name(result, event.module));
}

Columns columns_for(const Result& result, std::span<const std::size_t> places) {
    Columns columns;
    for (const std::size_t place : places) {
        const Event& event = result.trace[place];
        columns.number     = std::max(columns.number, number_text(place).size());
        columns.time       = std::max(columns.time, time_in_words(event.time_100ns).size());
        columns.task       = std::max(columns.task, task_text(event).size());
        columns.who        = std::max(columns.who, who_text(result, event).size());
    }
    return columns;
}

/// A return whose call stands above it needs no name.
std::string words_for(const Result& result, std::span<const std::size_t> above, std::size_t place) {
    const Event& event    = result.trace[place];
    const auto   calls_it = [&](std::size_t other) {
        const Event& call = result.trace[other];
        return call.phase == model::Phase::enter && call.call == event.call &&
               call.task == event.task && call.module == event.module;
    };
    return std::ranges::any_of(above, calls_it) ? in_words(event) : in_one_phrase(event);
}

std::string event_lines(const Result& result, std::size_t place, const std::string& words,
                        const Columns& columns, std::string_view mark, const TextStyle& style) {
    const Event& event = result.trace[place];
    std::string  text =
        fmt::format("  {:1} {:>{}}  {:>{}}  {:<{}}  {:<{}}  ", mark, number_text(place),
                    columns.number, time_in_words(event.time_100ns), columns.time, task_text(event),
                    columns.task, who_text(result, event), columns.who);
    const std::size_t room  = std::max<std::size_t>(style.width - columns.total() - 2, 24);
    const auto        lines = wrap(words, room);
    for (std::size_t line = 0; line < lines.size(); ++line) {
        if (line > 0) text += fmt::format("{:{}}  ", "", columns.total());
        text += lines[line] + "\n";
    }
    return text;
}

std::string step_line(const Result& result, std::uint32_t step, const TextStyle& style) {
    std::string line = fmt::format("    step {}", step);
    if (step <= result.steps.size()) line += ": " + result.steps[step - 1];
    return tinted(line, Tint::heading, style) + "\n";
}

}  // namespace

std::string lanes(const Result& result, std::span<const std::size_t> places, std::size_t marked,
                  const TextStyle& style) {
    const Columns columns = columns_for(result, places);
    std::string   text;
    std::uint32_t step = 0;
    for (std::size_t shown = 0; shown < places.size(); ++shown) {
        const std::size_t place = places[shown];
        const Event&      event = result.trace[place];
        if (event.step != step && event.step != 0) text += step_line(result, event.step, style);
        step = event.step;
        // However long the trace: a call that is still open stands near.
        const auto above = places.first(shown).last(std::min(shown, calls_above_max));
        const auto line  = event_lines(result, place, words_for(result, above, place), columns,
                                      place == marked ? ">" : "", style);
        text += place == marked ? tinted(line, Tint::bad, style) : line;
    }
    return text;
}

std::string module_name(const Result& result, model::ModuleId module) {
    if (module == model::host_module) return "host";
    if (module < result.extensions.size()) return result.extensions[module];
    return fmt::format("extension {}", module);
}

}  // namespace interlock::reports
