#include "model/machines/page.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <sstream>
#include <utility>
#include <vector>

namespace interlock::model {
namespace {

/// What stands in one cell of the exported table, in the page's words.
using Wording = std::function<std::string(std::uint8_t state, std::uint8_t event)>;

std::vector<std::string> fields_of(std::string_view line) {
    std::vector<std::string> fields;
    std::istringstream       rest{std::string{line}};
    for (std::string field; std::getline(rest, field, '|');) {
        const auto begin = field.find_first_not_of(' ');
        const auto end   = field.find_last_not_of(' ');
        fields.push_back(begin == field.npos ? "" : field.substr(begin, end - begin + 1));
    }
    return fields;
}

std::size_t place_of(const std::string& word, std::span<const std::string_view> words) {
    return static_cast<std::size_t>(std::ranges::find(words, word) - words.begin());
}

/// Walks the page and compares cell by cell.
class Reader {
public:
    Reader(const Machine& of, Wording words) : machine(of), wording(std::move(words)) {}

    void read(std::string_view page) {
        std::istringstream lines{std::string{page}};
        for (std::string line; std::getline(lines, line);) {
            if (line.find('|') == line.npos) continue;
            const auto fields = fields_of(line);
            if (fields[0].empty())
                head = fields;
            else
                row(fields);
        }
    }

    void miss(const std::set<std::uint8_t>& events) {
        for (std::uint8_t state = 0; state < machine.states.size(); ++state) {
            for (const std::uint8_t event : events) {
                if (!seen.contains({state, event})) differ(state, event, "nothing");
            }
        }
    }

    Comparison found;

private:
    void row(const std::vector<std::string>& fields) {
        const auto event = place_of(fields[0], machine.events);
        if (event == machine.events.size() || fields.size() != head.size()) {
            found.differences += "a row that is none: " + fields[0] + "\n";
            return;
        }
        for (std::size_t column = 1; column < fields.size(); ++column) {
            const auto state = place_of(head[column], machine.states);
            if (state == machine.states.size()) {
                found.differences += "no such state: " + head[column] + "\n";
                continue;
            }
            cell(static_cast<std::uint8_t>(state), static_cast<std::uint8_t>(event),
                 fields[column]);
        }
    }

    void cell(std::uint8_t state, std::uint8_t event, const std::string& text) {
        seen.insert({state, event});
        ++(text == "." ? found.blank : found.filled);
        if (text != wording(state, event)) differ(state, event, text);
    }

    void differ(std::uint8_t state, std::uint8_t event, const std::string& text) {
        found.differences += std::string{machine.states[state]} + ", " +
                             std::string{machine.events[event]} + ": the page says " + text +
                             ", the machine " + wording(state, event) + "\n";
    }

    const Machine&                                  machine;
    Wording                                         wording;
    std::vector<std::string>                        head;
    std::set<std::pair<std::uint8_t, std::uint8_t>> seen;
};

std::set<std::uint8_t> all_events(const Machine& machine) {
    std::set<std::uint8_t> events;
    for (std::uint8_t event = 0; event < machine.events.size(); ++event)
        events.insert(event);
    return events;
}

std::string guard_names(const Machine& machine, std::uint8_t guards) {
    std::string names;
    for (std::size_t bit = 0; bit < machine.guards.size(); ++bit) {
        if (guards >> bit & 1U)
            names += (names.empty() ? "" : " ") + std::string{machine.guards[bit].name};
    }
    return names.empty() ? "." : names;
}

}  // namespace

Comparison compare_transitions(const Machine& machine, std::string_view page) {
    const DenseTable table(machine);
    Reader           reader(machine, [&](std::uint8_t state, std::uint8_t event) {
        const Step& step = table.at(state, event);
        return step.filled ? std::string{machine.states[step.to]} : ".";
    });
    reader.read(page);
    reader.miss(all_events(machine));
    return reader.found;
}

Comparison compare_rules(const Machine& machine, std::string_view page) {
    const DenseTable table(machine);
    Reader           reader(machine, [&](std::uint8_t state, std::uint8_t event) {
        const Step& step = table.at(state, event);
        return std::string{step.filled ? machine.cells[step.cell].rule
                                                 : machine.blanks[step.cell].rule};
    });
    reader.read(page);
    reader.miss(all_events(machine));
    return reader.found;
}

Comparison compare_guards(const Machine& machine, std::string_view page) {
    const DenseTable table(machine);
    Reader           reader(machine, [&](std::uint8_t state, std::uint8_t event) {
        return guard_names(machine, table.at(state, event).guards);
    });
    reader.read(page);

    std::set<std::uint8_t> guarded;
    for (const Cell& cell : machine.cells) {
        if (cell.guards != 0) guarded.insert(cell.event);
    }
    reader.miss(guarded);
    return reader.found;
}

std::string odd_recoveries(const Machine& machine) {
    std::string odd;
    for (const Blank& blank : machine.blanks) {
        const auto leads_there = [&](const Cell& cell) {
            return cell.event == blank.event && cell.to == blank.to;
        };
        if (blank.to == blank.from || std::ranges::any_of(machine.cells, leads_there)) continue;
        odd += std::string{machine.states[blank.from]} + ", " +
               std::string{machine.events[blank.event]} + " -> " +
               std::string{machine.states[blank.to]} + "\n";
    }
    return odd;
}

}  // namespace interlock::model
