// What makes one thing happen before another: see the header.

#include "harness/image.hpp"
#include "harness/race/races.hpp"
#include "harness/world.hpp"

namespace interlock::harness {

namespace {

/// After these a module is ready for more calls than before.
bool makes_ready(model::Call call) {
    return call == model::Call::DriverEntry || call == model::Call::FilterAttach ||
           call == model::Call::FilterSetModuleOptions || call == model::Call::FilterRestart;
}

/// Before these NDIS has let every other call into the module come back.
bool comes_alone(model::Call call) {
    return call == model::Call::FilterRestart || call == model::Call::FilterDetach ||
           call == model::Call::DriverUnload;
}

}  // namespace

bool Races::orders() const {
    return detecting && world.kernel.inside_task() &&
           world.kernel.current().id < HappensBefore::tasks_max;
}

void Races::release(const void* object, Through through) {
    if (orders()) order.release(world.kernel.current().id, object, through);
}

void Races::acquire(const void* object, Through through) {
    if (orders()) order.acquire(world.kernel.current().id, object, through);
}

/// A writer knows what readers did; readers know nothing of each other.
void Races::locked(const void* lock, LockForm form) {
    acquire(lock, Through::writing);
    if (form != LockForm::read) acquire(lock, Through::reading);
}

void Races::unlocked(const void* lock, LockForm form) {
    release(lock, form == LockForm::read ? Through::reading : Through::writing);
}

void Races::called(model::ModuleId module, model::Call call) {
    if (!orders() || module >= world.images.size()) return;
    const void* const image = &world.images[module];
    acquire(image, Through::entry);
    if (comes_alone(call)) acquire(image, Through::leaving);
}

void Races::called_back(model::ModuleId module) {
    if (orders() && module < world.images.size()) acquire(&world.images[module], Through::entry);
}

void Races::returned(model::ModuleId module, model::Call call) {
    if (!orders() || module >= world.images.size()) return;
    const void* const image = &world.images[module];
    release(image, Through::leaving);
    if (makes_ready(call)) release(image, Through::entry);
}

std::uint32_t Races::mark(const Task& task) {
    return order.mark(task.id);
}

void Races::began(const Task& task, std::uint32_t mark) {
    order.began(task.id, mark);
    names.resize(task.id + std::size_t{1});
    names[task.id] = task.name;
}

void Races::quiescent(const Task& task) {
    if (task.id < HappensBefore::tasks_max) order.quiescent(task.id);
}

void Races::wakes(const Task& task, const void* object) {
    order.release(task.id, object, Through::waking);
}

void Races::woken(const Task& task, const void* object) {
    order.acquire(task.id, object, Through::waking);
}

}  // namespace interlock::harness
