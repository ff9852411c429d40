#include "harness/ddi/ddi.hpp"
#include "harness/ndis/ndis.hpp"

namespace interlock::harness {

Callback::Callback(Ndis& ndis, Module& module, model::Event enter)
    : event{.call = enter.call, .module = module.id}, ndis(ndis) {
    Task& task    = ndis.world.kernel.current();
    module_before = task.module;
    irql_before   = task.irql;
    locks_before  = task.locks;
    if (enter.count != in_a_list) {
        enter.module = module.id;
        ndis.world.recorder.add(enter);
    }
    task.module = module.id;
}

void Callback::left(NDIS_STATUS status) {
    Task& task = ndis.world.kernel.current();
    check_came_back(task, irql_before, locks_before);
    event.phase  = model::Phase::leave;
    event.status = static_cast<model::Status>(status);
    ndis.world.recorder.add(event);
    task.module = module_before;
    task.irql   = irql_before;
}

Ddi::Ddi(const Module& module, model::Event enter, std::uint8_t irql_max)
    : event(enter), world(harness::world()) {
    const std::string_view place = model::name(enter.call);
    check_irql(irql_max, place);
    world.kernel.yield(place);
    event.module = module.id;
    if (enter.count != in_a_list) world.recorder.add(event);
}

void Ddi::left(NDIS_STATUS status) {
    event.status = static_cast<model::Status>(status);
    if (event.count == in_a_list) event.count = 0;
    event.phase = model::Phase::leave;
    world.recorder.add(event);
}

Module* module_or_misuse(NDIS_HANDLE filter_handle) {
    Module* const module = world().ndis->module_of(filter_handle);
    if (!module) report_misuse(model::Misuse::bad_argument);
    return module;
}

}  // namespace interlock::harness
