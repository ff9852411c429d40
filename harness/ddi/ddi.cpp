#include "harness/ddi/ddi.hpp"

#include "harness/ndis/ndis.hpp"

namespace interlock::harness {

World& enter(std::string_view call, std::uint8_t irql_max) {
    check_irql(irql_max, call);
    World& here = world();
    look_at_writes(here);
    here.kernel.yield(call);
    return here;
}

namespace {

/// The same task said the same just before: it looks again and again.
bool said_already(const World& world, const model::Event& event) {
    const auto trace = world.recorder.trace();
    return !trace.empty() && trace.back().call == event.call &&
           trace.back().detail == event.detail && trace.back().module == event.module &&
           trace.back().task == world.kernel.current().id;
}

}  // namespace

void record_wait(World& world, WaitedFor what) {
    const model::ModuleId module = world.kernel.current().module;
    if (module == model::host_module) return;
    model::Event event;
    event.call   = model::Call::Waited;
    event.module = module;
    event.detail = static_cast<std::uint32_t>(what);
    if (!said_already(world, event)) world.recorder.add(event);
}

void check_may_wait(World& world, std::uint8_t irql_max) {
    const Task& task = world.kernel.current();
    if (task.module == model::host_module || task.irql <= irql_max) return;
    report_misuse(model::Misuse::waited_too_high, 0, irql_max);
}

void check_came_back(const Task& task, std::uint8_t irql_before, std::uint8_t locks_before) {
    if (task.locks > locks_before) report_misuse(model::Misuse::lock_held_at_return);
    if (task.irql != irql_before) report_misuse(model::Misuse::irql_changed_at_return);
}

ExtensionCode::ExtensionCode(model::ModuleId module) : world(harness::world()) {
    Task& task    = world.kernel.current();
    module_before = task.module;
    irql_before   = task.irql;
    locks_before  = task.locks;
    task.module   = module;
    if (world.ndis) world.ndis->packets().sum_up();
    world.races.called_back(module);
}

ExtensionCode::~ExtensionCode() {
    Task& task = world.kernel.current();
    check_came_back(task, irql_before, locks_before);
    look_at_writes(world);
    task.module = module_before;
    task.irql   = irql_before;
}

void* allocate_for_driver(std::size_t bytes, std::uint32_t tag, PoolKind kind,
                          NDIS_HANDLE made_for) {
    World&      here = world();
    void* const memory =
        here.memory.allocate(bytes, tag, kind, here.kernel.current().module, made_for);
    here.stacks.take_for(memory);
    if (kind == PoolKind::ex || kind == PoolKind::ndis) here.races.allocated(memory, bytes);
    return memory;
}

namespace {

/// To an inversion belong two places for each of its tasks: where it took either lock.
void note_inversion(World& here, const Inversion& inversion) {
    const auto event = static_cast<std::uint32_t>(here.recorder.trace().size() - 1);
    here.stacks.add({event, "the lock it held was taken", inversion.now.stack_of_under});
    here.stacks.add({event, "and the other under it", inversion.now.stack});
    for (const Taken& earlier : inversion.earlier) {
        const bool        round = earlier.lock.lock == inversion.now.under.lock;
        const std::string task  = "in task " + std::to_string(earlier.lock.task);
        here.stacks.add({event, task + " the other was taken", earlier.stack_of_under});
        here.stacks.add(
            {event, round ? "and this one under it" : "and another under it", earlier.stack});
    }
}

}  // namespace

namespace {

void look_at_order(World& here, const Held& held) {
    if (here.locks.held().empty() && here.lock_order.empty()) return;
    const auto wrong = here.lock_order.take(held, here.locks.held(), held.stack);
    if (!wrong) return;
    report_misuse(model::Misuse::lock_order);
    note_inversion(here, *wrong);
}

}  // namespace

void hold_lock(Held held) {
    World& here = world();
    held.stack  = here.stacks.take();
    look_at_order(here, held);
    here.locks.take(held);
    here.races.locked(held.lock, held.form);
}

void hold_waitable(Held held) {
    World& here = world();
    held.task   = here.kernel.current().id;
    held.stack  = here.stacks.take();
    look_at_order(here, held);
    here.lock_order.hold(held);
}

void release_waitable(const void* lock) {
    World& here = world();
    here.lock_order.release(lock, here.kernel.current().id);
}

Time100ns due_at(LARGE_INTEGER due) {
    const Time100ns now = world().kernel.now();
    if (due.QuadPart < 0) return now + (Time100ns{0} - static_cast<Time100ns>(due.QuadPart));
    const auto absolute = static_cast<Time100ns>(due.QuadPart);
    return absolute > system_time_at_start + now ? absolute - system_time_at_start : now;
}

void* object_or_misuse(const void* handle, std::uint32_t tag) {
    const Piece* const piece = world().memory.find(handle);
    if (piece && piece->kind == PoolKind::object && piece->tag == tag) return piece->memory;
    report_misuse(model::Misuse::bad_argument);
    return nullptr;
}

void free_object(void* object, std::uint32_t tag) {
    const model::Misuse wrong = world().memory.free(object, tag, true, PoolKind::object);
    if (wrong != model::Misuse::none) report_misuse(wrong);
}

}  // namespace interlock::harness
