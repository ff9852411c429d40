#pragma once

// The words in which the machines are written: states, events, rows, guards, blanks. For the .cpp
// files of this folder only. No Boost.MSM is included here, because it costs every reader
// seven seconds: a .cpp hands its MSM base types in.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include <boost/mp11/list.hpp>

#include "model/machine.hpp"
#include "model/machines/msm.hpp"

namespace interlock::model::table {

constexpr std::uint8_t number(auto value) {
    return static_cast<std::uint8_t>(value);
}

/// The enumerator's own spelling, so that it stands in one place only.
template <auto value>
consteval std::string_view spelling() {
    constexpr std::string_view whole = __PRETTY_FUNCTION__;
    constexpr auto             end   = whole.find_first_of(";]", whole.find("value = "));
    constexpr auto             begin = whole.rfind("::", end) + 2;
    return whole.substr(begin, end - begin);
}

/// The names of an enumeration that counts from 0 to `last`.
template <auto last>
consteval auto names_to() {
    return []<std::size_t... index>(std::index_sequence<index...>) {
        return std::array{spelling<static_cast<decltype(last)>(index)>()...};
    }(std::make_index_sequence<std::size_t{number(last)} + 1>{});
}

/// A rule's id as a template argument.
template <std::size_t size>
struct RuleId {
    char text[size]{};

    consteval RuleId(const char (&id)[size]) {  // NOLINT: a literal is meant to convert.
        for (std::size_t at = 0; at < size; ++at)
            text[at] = id[at];
    }
    constexpr std::string_view view() const {
        return {text, size - 1};
    }
};

/// A state of the MSM machine. Entering records it by type; MSM's own numbers are never used.
template <class MsmState, auto value>
struct In : MsmState {
    static constexpr auto state = value;

    void on_entry(const auto& /*event*/, auto& machine) {
        machine.now = state;
    }
};

/// An event of the MSM machine.
template <auto value>
struct On {
    static constexpr auto event = value;
};

/// What a row asks for: all of these must hold.
template <auto... asked>
struct Guards {
    static constexpr auto mask = static_cast<std::uint8_t>((0U | ... | (1U << number(asked))));

    bool operator()(const auto& /*event*/, auto& machine, auto& /*from*/, auto& /*to*/) const {
        return (machine.truth & mask) == mask;
    }
};

/// A row of the table: an MSM row that knows the sentence that grants it.
template <class MsmRow, class From, class Event, class To, RuleId id, class Asked>
struct RuledRow : MsmRow {
    static constexpr Cell cell{number(From::state), number(Event::event), number(To::state),
                               Asked::mask, id.view()};
};

/// The fields that rows and states work on. `MsmDef` is state_machine_def of the front end itself.
template <class MsmDef, class State>
struct Front : MsmDef {
    using no_message_queue    = int;  // No action sends an event,
    using no_exception_thrown = int;  // and none throws.

    void no_transition(const auto& /*event*/, auto& /*machine*/, int /*state*/) {}

    State        now   = {};
    std::uint8_t truth = 0;  // Bit b: guard b holds at the event in hand.
};

template <class... Row>
consteval auto cells_of(boost::mp11::mp_list<Row...> /*rows*/) {
    return std::array{Row::cell...};
}

/// What a blank in the column of `event` means, where no exception says otherwise.
template <class State, class Event>
struct Otherwise {
    Event                event;
    std::string_view     rule;
    std::optional<State> assumed = {};  // What the judge goes on with; nothing: no change.
};

/// A blank that means something else than its column.
template <class State, class Event>
struct Except {
    State                from;
    Event                event;
    std::string_view     rule;
    std::optional<State> assumed = {};
};

template <class State, class Event, std::size_t defaults, std::size_t exceptions>
struct BlankTable {
    std::array<Otherwise<State, Event>, defaults> otherwise;
    std::array<Except<State, Event>, exceptions>  except;

    /// @return what stands in a blank; does not compile for an event that has no default.
    consteval Blank blank(std::size_t from, std::size_t event) const {
        const auto filled = [&](const auto& found) {
            return Blank{number(from), number(event),
                         found.assumed ? number(*found.assumed) : number(from), found.rule};
        };
        for (const auto& exception : except) {
            if (number(exception.from) == from && number(exception.event) == event)
                return filled(exception);
        }
        for (const auto& usual : otherwise) {
            if (number(usual.event) == event) return filled(usual);
        }
        throw "an event has no default";
    }
};

/// Every (state, event) that has no row. Does not compile if a pair has two rows, or if an
/// exception is made for a pair that has one.
template <std::size_t states, std::size_t events, const auto& cells, const auto& meaning>
consteval auto blanks_of() {
    std::array<Blank, states * events - cells.size()> blanks{};
    std::size_t                                       filled     = 0;
    std::size_t                                       exceptions = 0;
    for (std::size_t from = 0; from < states; ++from) {
        for (std::size_t event = 0; event < events; ++event) {
            bool has_row = false;
            for (const Cell& cell : cells)
                has_row |= cell.from == from && cell.event == event;
            if (has_row) continue;
            blanks.at(filled++) = meaning.blank(from, event);
            for (const auto& made : meaning.except)
                exceptions += number(made.from) == from && number(made.event) == event;
        }
    }
    if (filled != blanks.size()) throw "two rows for one state and event";
    if (exceptions != meaning.except.size()) throw "an exception where a row stands, or twice";
    return blanks;
}

/// The back end behind a virtual door. `Backend` is msm::back::state_machine of the front end.
template <class Backend, class Event, std::size_t events>
class Run final : public MsmRun {
public:
    Run() {
        reset();
    }

    std::uint8_t state() const override {
        return number(machine->now);
    }

    bool process(std::uint8_t event, std::uint8_t truth) override {
        machine->truth = truth;
        return [&]<std::size_t... index>(std::index_sequence<index...>) {
            return ((index == event && take<static_cast<Event>(index)>()) || ...);
        }(std::make_index_sequence<events>{});
    }

    void reset() override {
        machine.emplace();
        machine->start();
    }

private:
    template <Event event>
    bool take() {
        constexpr auto handled = 1;  // msm::back::HANDLED_TRUE
        return machine->process_event(On<event>{}) == handled;
    }

    std::optional<Backend> machine;
};

}  // namespace interlock::model::table
