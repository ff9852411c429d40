#include "reports/cells.hpp"

#include <vector>

#include <fmt/format.h>

#include "model/oid_cells.hpp"

namespace interlock::reports {
namespace {

using model::Cell;
using model::Machine;
using model::OidCell;
using model::OidPhase;
using model::OidRow;
using model::Reading;
using model::Ruling;

std::string guards_of(const Machine& machine, const Cell& cell) {
    std::string words;
    for (std::size_t bit = 0; bit < machine.guards.size(); ++bit)
        if ((cell.guards >> bit & 1) != 0)
            words += (words.empty() ? " if " : " and ") + std::string(machine.guards[bit].name);
    return words;
}

/// The columns of one matrix.
template <class State>
using Columns = std::vector<std::pair<State, std::string_view>>;

template <class State>
Columns<State> columns_of(const Machine& machine) {
    Columns<State> columns;
    for (std::size_t state = 0; state < machine.states.size(); ++state)
        columns.emplace_back(static_cast<State>(state), machine.states[state]);
    return columns;
}

// clang-format off
const Columns<model::PortView> port_views{
    {model::PortView::unseen,             "unseen"},
    {model::PortView::create_delivered,   "create delivered"},
    {model::PortView::create_forwarded,   "create forwarded"},
    {model::PortView::created,            "created"},
    {model::PortView::teardown_delivered, "teardown delivered"},
    {model::PortView::teardown_handled,   "teardown handled"},
    {model::PortView::gone,               "gone"},
    {model::PortView::vetoed,             "vetoed"},
};

const Columns<model::NicView> nic_views{
    {model::NicView::unseen,               "unseen"},
    {model::NicView::create_delivered,     "create delivered"},
    {model::NicView::created,              "created"},
    {model::NicView::connect_delivered,    "connect delivered"},
    {model::NicView::connected,            "connected"},
    {model::NicView::disconnect_delivered, "disconnect delivered"},
    {model::NicView::disconnect_handled,   "disconnect handled"},
    {model::NicView::gone,                 "gone"},
    {model::NicView::vetoed,               "vetoed"},
};
// clang-format on

std::string text_of(const OidCell& cell) {
    Rulings rulings{};
    for (const Reading reading : model::readings)
        rulings[static_cast<std::size_t>(reading)] = cell.by(reading);
    return ruling_text(rulings, cell.rule());
}

template <class State>
using CellOf = OidCell (*)(const OidRow&, OidPhase, State);

template <class State>
std::string cells_of(const OidRow& row, OidPhase phase, const Columns<State>& columns,
                     CellOf<State> cell_of) {
    std::string text;
    for (const auto& [state, name] : columns)
        text += fmt::format(" {} |", text_of(cell_of(row, phase, state)));
    return text + "\n";
}

template <class State>
std::string matrix(std::string_view title, const Columns<State>& columns, CellOf<State> cell_of) {
    std::string text = fmt::format("## {}\n\n| OID | |", title);
    std::string rule = "| --- | --- |";
    for (const auto& [state, name] : columns) {
        text += fmt::format(" {} |", name);
        rule += " --- |";
    }
    text += "\n" + rule + "\n";
    for (const OidRow& row : model::oid_rows()) {
        const auto line = [&](OidPhase phase) { return cells_of(row, phase, columns, cell_of); };
        const std::string succeeds = line(OidPhase::succeeded), fails = line(OidPhase::failed);
        text += fmt::format("| {} | issued |{}", row.name, line(OidPhase::issued));
        text += fmt::format("| | {} |{}", succeeds == fails ? "ends" : "succeeds", succeeds);
        if (succeeds != fails) text += fmt::format("| | fails |{}", fails);
    }
    return text + "\n";
}

std::size_t cells_in(std::size_t columns) {
    return columns * model::oid_phases.size() * model::oid_rows().size();
}

}  // namespace

std::string ruling_text(const Rulings& rulings, std::string_view rule) {
    const Ruling reconciled = rulings[static_cast<std::size_t>(Reading::reconciled)];
    std::string  text(name_of(reconciled));
    std::string  others;
    for (const Reading reading : model::readings) {
        const Ruling ruling = rulings[static_cast<std::size_t>(reading)];
        if (ruling != reconciled)
            others += fmt::format("; {} {}", name_of(reading), name_of(ruling));
    }
    if (rule.empty()) return text + others;
    const bool granted = reconciled == Ruling::legal && others.empty();
    return text + (granted ? fmt::format(" ({})", rule) : fmt::format(": {}", rule)) + others;
}

std::string cell_text(const Machine& machine, const model::Step& step) {
    if (step.filled) {
        const Cell& cell = machine.cells[step.cell];
        return fmt::format("{}{} ({})", machine.states[cell.to], guards_of(machine, cell),
                           cell.rule);
    }
    Rulings rulings{};
    for (const Reading reading : model::readings)
        rulings[static_cast<std::size_t>(reading)] = ruling_of(machine, step, reading);
    return ruling_text(rulings, machine.blanks[step.cell].rule);
}

std::string oid_matrices() {
    const auto  ports = columns_of<model::PortState>(model::port_machine());
    const auto  nics  = columns_of<model::NicState>(model::nic_machine());
    std::string text  = fmt::format(
         "# Every OID in every state\n\n"
          "{} cells. Legal, with the rule that grants it; illegal or warned, with the rule that is "
          "broken; undecided, where no page speaks of it. Where readings differ, the reconciled "
          "one comes first. A line that ends a request says whether it can so end in that state, "
          "having been issued by the rules. No cell differs between NDIS 6.30 and 6.40.\n\n",
         cells_in(ports.size()) + cells_in(nics.size()) + cells_in(port_views.size()) +
             cells_in(nic_views.size()));
    text +=
        matrix<model::PortState>("The switch, by the state of the port", ports, model::of_switch);
    text +=
        matrix<model::NicState>("The switch, by the state of the adapter", nics, model::of_switch);
    text += matrix<model::PortView>("An extension, by what it has seen of the port", port_views,
                                    model::of_extension);
    text += matrix<model::NicView>("An extension, by what it has seen of the adapter", nic_views,
                                   model::of_extension);
    text.pop_back();
    return text;
}

}  // namespace interlock::reports
