#include "model/machine.hpp"

#include <array>

#include "model/machines/msm.hpp"

namespace interlock::model {

std::span<const Machine* const> machines() {
    static const std::array<const Machine*, 9> all{
        &port_machine(),        &nic_machine(),    &filter_module_machine(),
        &oid_request_machine(), &packet_machine(), &save_machine(),
        &restore_machine(),     &activation_machine(), &property_machine(),
    };
    return all;
}

std::size_t cell_count() {
    std::size_t count = 0;
    for (const Machine* machine : machines())
        count += machine->cells.size();
    return count;
}

std::optional<PlacedCell> cell_at(std::size_t place) {
    for (const Machine* machine : machines()) {
        if (place < machine->cells.size()) return PlacedCell{*machine, machine->cells[place]};
        place -= machine->cells.size();
    }
    return {};
}

std::unique_ptr<MsmRun> run(const Machine& machine) {
    if (&machine == &port_machine()) return run_port();
    if (&machine == &nic_machine()) return run_nic();
    if (&machine == &filter_module_machine()) return run_filter_module();
    if (&machine == &oid_request_machine()) return run_oid_request();
    if (&machine == &packet_machine()) return run_packet();
    if (&machine == &save_machine()) return run_save();
    if (&machine == &restore_machine()) return run_restore();
    if (&machine == &activation_machine()) return run_activation();
    return run_property();
}

DenseTable::DenseTable(const Machine& machine)
    : events(machine.events.size()), steps(machine.states.size() * machine.events.size()) {
    for (std::size_t place = 0; place < machine.blanks.size(); ++place) {
        const Blank& blank                       = machine.blanks[place];
        steps[blank.from * events + blank.event] = {.to   = blank.to,
                                                    .cell = static_cast<std::uint16_t>(place)};
    }
    for (std::size_t place = 0; place < machine.cells.size(); ++place) {
        const Cell& cell                       = machine.cells[place];
        steps[cell.from * events + cell.event] = {.to     = cell.to,
                                                  .guards = cell.guards,
                                                  .filled = true,
                                                  .cell   = static_cast<std::uint16_t>(place)};
    }
}

}  // namespace interlock::model
