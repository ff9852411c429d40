#include "harness/ddi/ddi.hpp"
#include "harness/ndis/ndis.hpp"

namespace interlock::harness {

void Callback::come_in() {
    Task& task    = ndis.world.kernel.current();
    module_before = task.module;
    irql_before   = task.irql;
    locks_before  = task.locks;
    ndis.packets().sum_up();
    ndis.world.races.called(event.module, event.call);
}

void Callback::left(NDIS_STATUS status) {
    Task& task = ndis.world.kernel.current();
    check_came_back(task, irql_before, locks_before);
    look_at_writes(ndis.world);
    ndis.world.races.returned(event.module, event.call);
    ndis.world.recorder.add_changed(event, [status](model::Event& leave) {
        leave.phase  = model::Phase::leave;
        leave.status = static_cast<model::Status>(status);
    });
    task.module = module_before;
    task.irql   = irql_before;
}

void arrive(World& world, model::Call call, std::uint8_t irql_max) {
    const std::string_view place = model::name(call);
    check_irql(irql_max, place);
    look_at_writes(world);
    world.kernel.yield(place);
}

void Ddi::left(NDIS_STATUS status) {
    world.recorder.add_changed(event, [status](model::Event& leave) {
        leave.status = static_cast<model::Status>(status);
        if (leave.count == in_a_list) leave.count = 0;
        leave.phase = model::Phase::leave;
    });
}

namespace {

Module* or_misuse(Module* module) {
    if (!module) report_misuse(model::Misuse::bad_argument);
    return module;
}

}  // namespace

Module* module_or_misuse(NDIS_HANDLE filter_handle) {
    return or_misuse(world().ndis->module_of(filter_handle));
}

Module* driver_or_misuse(NDIS_HANDLE driver_handle) {
    return or_misuse(world().ndis->module_of_driver(driver_handle));
}

}  // namespace interlock::harness
