// The claim that the formulas say of every cell what the Boost.MSM machines do.

#include <algorithm>
#include <bit>
#include <functional>
#include <map>

#include "model/machines/msm.hpp"
#include "model/smt/findings.hpp"

namespace interlock::model::smt {
namespace {

constexpr std::uint8_t every_guard = 0xFF;

/// A machine with its guards as variables that hold (1) or do not (0).
System guarded(const Machine& machine) {
    System system;
    system.add(std::string{machine.name}, machine.states);
    for (const Guard& guard : machine.guards)
        system.add(std::string{guard.name});
    return system;
}

void add_row(System& system, const Machine& machine, const Cell& cell) {
    Cube when{is(0, cell.from)};
    for (Variable guard = 0; guard < machine.guards.size(); ++guard) {
        const bool asked = (cell.guards >> guard & 1U) != 0;
        when.push_back(between(guard + 1, asked ? 1 : 0, 1));
    }
    system.actions.push_back(
        {std::string{machine.events[cell.event]}, std::move(when), {becomes(0, cell.to)}});
}

/// What the tables say.
System of_table(const Table& table) {
    System system = guarded(*table.machine);
    for (const Cell& cell : table.cells)
        add_row(system, *table.machine, cell);
    return system;
}

/// A running machine, looked at from outside only.
class Watched {
public:
    explicit Watched(const Machine& of) : machine(of), msm(run(of)) {
        find_ways();
    }

    /// What it does, tried for every state, every event and every way in which guards may hold.
    System watch() {
        System system = guarded(machine);
        for (const auto& [state, way] : ways) {
            for (std::uint8_t event = 0; event < machine.events.size(); ++event)
                watch(system, state, event);
        }
        return system;
    }

private:
    using Way = std::vector<std::uint8_t>;  // Events, taken with every guard holding.

    void go(const Way& way) {
        msm->reset();
        for (const std::uint8_t event : way)
            msm->process(event, every_guard);
    }

    void find_ways() {
        msm->reset();
        std::vector<std::uint8_t> next{msm->state()};
        ways[next[0]] = {};
        for (std::size_t place = 0; place < next.size(); ++place) {
            for (std::uint8_t event = 0; event < machine.events.size(); ++event) {
                Way way = ways[next[place]];
                way.push_back(event);
                go(way);
                if (ways.try_emplace(msm->state(), way).second) next.push_back(msm->state());
            }
        }
    }

    /// One row for each way in which the guards may hold and it moves; rows that differ only in
    /// guards that make no difference are one.
    void watch(System& system, std::uint8_t state, std::uint8_t event) {
        std::vector<Cell> moves;
        std::uint8_t      needed = every_guard;
        const auto        truths = 1U << machine.guards.size();
        for (unsigned truth = 0; truth < truths; ++truth) {
            go(ways[state]);
            const auto holding = static_cast<std::uint8_t>(truth);
            if (!msm->process(event, holding)) continue;
            moves.push_back({state, event, msm->state(), holding, {}});
            needed &= holding;
        }
        if (!moves.empty()) add_rows(system, moves, needed, truths >> std::popcount(needed));
    }

    /// @param all  so many moves there are, if only the needed guards make a difference.
    void add_rows(System& system, std::vector<Cell>& moves, std::uint8_t needed, std::size_t all) {
        const bool same_end =
            std::ranges::adjacent_find(moves, std::not_equal_to{}, &Cell::to) == moves.end();
        if (same_end && moves.size() == all) {
            moves.resize(1);
            moves[0].guards = needed;
            add_row(system, machine, moves[0]);
            return;
        }
        for (const Cell& cell : moves)
            add_minterm(system, cell);
    }

    /// It moves if just these guards hold and no other does.
    void add_minterm(System& system, const Cell& cell) {
        add_row(system, machine, cell);
        for (Bounds& bounds : system.actions.back().when) {
            if (bounds.variable != 0) bounds.at_most = cell.guards >> (bounds.variable - 1) & 1;
        }
    }

    const Machine&              machine;
    std::unique_ptr<MsmRun>     msm;
    std::map<std::uint8_t, Way> ways;
};

}  // namespace

Finding formulas_as_msm(const Tables& tables) {
    std::vector<Finding> findings;
    for (const Table* table :
         {&tables.port, &tables.nic, &tables.filter_module, &tables.oid_request, &tables.packet}) {
        findings.push_back(same_steps(of_table(*table), Watched(*table->machine).watch()));
    }
    return together(findings);
}

Finding formulas_not_as_msm(Tables tables) {
    tables.nic.forget_guard(NicGuard::guest_nic);
    return formulas_as_msm(tables);
}

}  // namespace interlock::model::smt
