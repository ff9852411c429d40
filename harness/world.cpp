#include "harness/world.hpp"

#include <utility>

#include "harness/check.hpp"
#include "harness/kernel/outside.hpp"

namespace interlock::harness {

namespace {

thread_local World* world_of_this_thread = nullptr;

}  // namespace

void World::begin(Scheduler& scheduler, std::uint64_t steps_max, model::Judge* judge,
                  TraceBuffer* trace, KeepStacks keep) {
    kernel.begin(scheduler, steps_max);
    faults.begin(scheduler.wants_faults());
    stacks.begin(keep == KeepStacks::yes, images);
    recorder.begin(judge, trace, keep == KeepStacks::yes ? &stacks : nullptr);
    memory.begin();
    locks.begin();
    devices.begin();
    lock_order.begin();
    ddi = {};
    races.begin(preempts_at_memory, detects_races);
    filter_engine.reset();
    network_stack.reset();
}

World& world() {
    check(world_of_this_thread != nullptr, "no world was entered on this thread");
    check(!is_outside(), "the host was used from outside of it");
    return *world_of_this_thread;
}

Entered::Entered(World& world) : before(std::exchange(world_of_this_thread, &world)) {}

Entered::~Entered() {
    world_of_this_thread = before;
}

void report_misuse(model::Misuse misuse, model::Status status, std::uint32_t limit) {
    World&       here = world();
    model::Event event;
    event.call   = model::Call::Misused;
    event.module = here.kernel.inside_task() ? here.kernel.current().module : model::host_module;
    event.detail = static_cast<std::uint32_t>(misuse);
    event.status = status;
    event.other_port = limit;
    here.recorder.add(event);
}

void check_irql(std::uint8_t irql_max, std::string_view call) {
    Task& task = world().kernel.current();
    if (task.module == model::host_module || task.irql <= irql_max) return;
    task.place = call;
    report_misuse(model::Misuse::irql_too_high, 0, irql_max);
}

}  // namespace interlock::harness
