#include "harness/kernel/kernel.hpp"

#include <utility>

#include "harness/check.hpp"
#include "harness/kernel/state.hpp"

namespace interlock::harness {

Kernel::Kernel() : state(std::make_unique<State>(*this)) {}

Kernel::~Kernel() = default;

void Kernel::begin(Scheduler& scheduler, std::uint64_t steps_max) {
    state->begin(scheduler, steps_max);
}

TaskId Kernel::spawn(TaskName name, std::uint8_t cpu, std::uint8_t irql,
                     std::function<void()> body) {
    const std::uint32_t step = running ? running->step : 0;
    return state->spawn({.name = name,
                         .cpu  = cpu,
                         .irql = irql,
                         .step = step,
                         .body = std::move(body),
                         .mark = state->mark()});
}

void Kernel::watch(TaskWatch* watcher) {
    state->watch = watcher;
}

void Kernel::before_switch(std::function<void()> act) {
    state->left = std::move(act);
}

bool Kernel::is_on_stack(const void* memory) const {
    return state->is_on_stack(memory);
}

void Kernel::learn_of(const void* object) {
    if (state->watch != nullptr) state->watch->woken(current(), object);
}

Halt Kernel::run() {
    return state->run();
}

void Kernel::no_task() {
    internal_error("what only a task can do was done outside of any");
}

void Kernel::count_step(std::string_view place) {
    current().place = place;
    if (++state->steps > state->steps_max) state->stop(Halt::steps);
}

void Kernel::yield(std::string_view place) {
    count_step(place);
    if (!state->alone()) state->pass(place);
}

void Kernel::block(const void* object, std::string_view place) {
    block_until(object, Alarms::never, place);
}

bool Kernel::block_until(const void* object, Time100ns due, std::string_view place) {
    check(object != nullptr, "a task waits for nothing");
    count_step(place);
    const bool woken = state->wait(object, due, place);
    if (woken) learn_of(object);
    return woken;
}

void Kernel::sleep(Time100ns duration, std::string_view place) {
    count_step(place);
    state->wait(nullptr, time + duration, place);
}

void Kernel::wait_until_quiescent() {
    count_step("(quiescence)");
    state->wait_until_quiescent();
}

void Kernel::end_task() {
    check(inside_task(), "nothing to end: no task runs");
    state->end();
}

std::uint32_t Kernel::choose(std::string_view what, std::uint32_t count) {
    check(count > 0, "nothing to choose from");
    if (count == 1) return 0;
    const std::uint32_t answer = state->scheduler->choose(what, count);
    check(answer < count, "the scheduler chose what is not there");
    return answer;
}

void Kernel::wake_all(const void* object) {
    if (state->watch != nullptr && running != nullptr) state->watch->wakes(*running, object);
    state->wake_all(object);
}

void Kernel::wake_one(const void* object) {
    if (state->watch != nullptr && running != nullptr) state->watch->wakes(*running, object);
    state->wake_one(object);
}

std::uint32_t Kernel::at(Time100ns due, TaskName name, std::uint8_t irql,
                         std::function<void()> body) {
    const std::uint8_t  cpu  = running ? running->cpu : std::uint8_t{0};
    const std::uint32_t step = running ? running->step : 0;
    return state->alarms.add(due, {.name = name,
                                   .cpu  = cpu,
                                   .irql = irql,
                                   .step = step,
                                   .body = std::move(body),
                                   .mark = state->mark()});
}

bool Kernel::cancel(std::uint32_t handle) {
    return state->alarms.cancel(handle);
}

std::vector<Task> Kernel::unfinished() const {
    std::vector<Task> tasks;
    for (const Runner* const runner : state->alive)
        tasks.push_back(runner->task);
    return tasks;
}

std::uint32_t Kernel::spawned() const {
    return state->spawned;
}

std::uint64_t Kernel::steps() const {
    return state->steps;
}

}  // namespace interlock::harness
