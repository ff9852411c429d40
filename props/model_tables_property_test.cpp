// The Boost.MSM machines and the tables exported from them take every event alike.

#include <algorithm>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/detail/TestListenerAdapter.h>
#include <rapidcheck/state.h>

#include "model/machine.hpp"
#include "model/machines/msm.hpp"
#include "model/machines/states.hpp"

namespace interlock::model {
namespace {

constexpr std::uint8_t everything_holds = 0xFF;

/// How often the property bit: what was offered in each state, and what came of it.
struct Tally {
    std::map<std::uint8_t, std::size_t>  offered;      // By state.
    std::map<std::uint16_t, std::size_t> taken;        // By cell.
    std::size_t                          refused = 0;  // By a guard.
    std::size_t                          blank   = 0;
};

/// What a run knows: the machine by its table.
struct Life {
    const Machine*    machine = nullptr;
    const DenseTable* table   = nullptr;
    Tally*            tally   = nullptr;
    std::uint8_t      state   = 0;
};

bool takes(const Life& life, std::uint8_t event, std::uint8_t truth) {
    const Step& step = life.table->at(life.state, event);
    return step.filled && (step.guards & ~truth) == 0;
}

std::vector<std::uint8_t> events_with_a_row(const Life& life) {
    std::vector<std::uint8_t> events;
    for (std::uint8_t event = 0; event < life.machine->events.size(); ++event) {
        if (takes(life, event, everything_holds)) events.push_back(event);
    }
    return events;
}

std::uint8_t any_byte_below(int limit) {
    return static_cast<std::uint8_t>(
        *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, limit)));
}

bool once_in(int times) {
    return any_byte_below(times) == 0;
}

/// Mostly an event that has a row here, so that the run gets anywhere; now and then any event.
/// Nothing: the machine begins again, because no row leads on.
std::optional<std::uint8_t> mostly_taken_event(const Life& life) {
    const auto events = events_with_a_row(life);
    if (once_in(5)) return any_byte_below(static_cast<int>(life.machine->events.size()));
    if (events.empty()) return std::nullopt;
    return *rc::gen::elementOf(events);
}

std::uint8_t mostly_true() {
    return once_in(4) ? any_byte_below(256) : everything_holds;
}

struct Offer : rc::state::Command<Life, MsmRun> {
    std::optional<std::uint8_t> event;
    std::uint8_t                truth;

    explicit Offer(const Life& life) : event(mostly_taken_event(life)), truth(mostly_true()) {}

    void apply(Life& life) const override {
        if (!event)
            life.state = 0;
        else if (takes(life, *event, truth))
            life.state = life.table->at(life.state, *event).to;
    }

    void run(const Life& life, MsmRun& msm) const override {
        RC_ASSERT(msm.state() == life.state);
        if (!event) return begin_again(msm);

        const bool  expected = takes(life, *event, truth);
        const Step& step     = life.table->at(life.state, *event);
        count(life, step, expected);
        RC_ASSERT(msm.process(*event, truth) == expected);
        RC_ASSERT(msm.state() == (expected ? step.to : life.state));
    }

    void show(std::ostream& out) const override {
        if (event)
            out << "event " << int{*event} << ", truth " << int{truth};
        else
            out << "begin again";
    }

private:
    static void begin_again(MsmRun& msm) {
        msm.reset();
        RC_ASSERT(msm.state() == 0);
    }

    static void count(const Life& life, const Step& step, bool taken) {
        ++life.tally->offered[life.state];
        if (taken) ++life.tally->taken[step.cell];
        if (!taken && step.filled) ++life.tally->refused;
        if (!step.filled) ++life.tally->blank;
    }
};

/// Runs of the MSM machine that `table` claims to be of. Five hundred, so that each row is taken in
/// some of them whatever the seed.
rc::detail::TestResult offer_events(const Machine& machine, const DenseTable& table, Tally& tally) {
    const auto runs = [&] {
        const auto msm = run(machine);
        rc::state::check(Life{&machine, &table, &tally}, *msm,
                         rc::state::gen::execOneOfWithArgs<Offer>());
    };
    rc::detail::TestParams params = rc::detail::configuration().testParams;
    params.maxSuccess             = std::max(params.maxSuccess, 500);
    rc::detail::TestListenerAdapter silent;  // One of the tests wants the failure.
    return rc::detail::checkProperty(rc::detail::toProperty(runs), {}, params, silent);
}

void tell(const Machine& machine, const Tally& tally) {
    std::size_t offered = 0;
    std::size_t taken   = 0;
    std::cout << "\n";
    for (const auto& [state, count] : tally.offered) {
        std::cout << machine.states[state] << " " << count << ", ";
        offered += count;
    }
    for (const auto& [cell, count] : tally.taken)
        taken += count;
    std::cout << 100 * taken / offered << " % of " << offered << " events taken, " << tally.refused
              << " refused by a guard, " << tally.blank << " blank\n";
}

class Tables : public testing::TestWithParam<const Machine*> {};

TEST_P(Tables, TakeEveryEventAsTheMsmMachineDoes) {
    const Machine&   machine = *GetParam();
    const DenseTable table(machine);
    Tally            tally;

    const auto result = offer_events(machine, table, tally);
    rc::detail::printResultMessage(result, std::cout << machine.name << ": ");
    ASSERT_TRUE(result.is<rc::detail::SuccessResult>());

    tell(machine, tally);
    EXPECT_EQ(tally.offered.size(), machine.states.size()) << "a state was never visited";
    EXPECT_EQ(tally.taken.size(), machine.cells.size()) << "a row was never taken";
    EXPECT_GT(tally.blank, 0U);
    EXPECT_EQ(tally.refused > 0, !machine.guards.empty());
}

// A property that cannot fail proves nothing: here the table differs from the machine in one cell.
TEST(ATableThatDiffers, IsFound) {
    std::vector<Cell> cells{port_machine().cells.begin(), port_machine().cells.end()};
    for (Cell& cell : cells) {
        if (cell.event == static_cast<std::uint8_t>(PortEvent::teardown_completed))
            cell.to = static_cast<std::uint8_t>(PortState::created);
    }
    Machine wrong = port_machine();
    wrong.cells   = cells;
    const DenseTable table(wrong);
    Tally            tally;
    EXPECT_TRUE(offer_events(port_machine(), table, tally).is<rc::detail::FailureResult>());
}

INSTANTIATE_TEST_SUITE_P(Model, Tables, testing::ValuesIn(machines().begin(), machines().end()),
                         [](const auto& tested) {
                             std::string name{tested.param->name};
                             for (char& letter : name)
                                 letter = letter == ' ' ? '_' : letter;
                             return name;
                         });

}  // namespace
}  // namespace interlock::model
