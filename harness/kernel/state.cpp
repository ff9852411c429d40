#include "harness/kernel/state.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "harness/check.hpp"
#include "harness/kernel/threads.hpp"

namespace interlock::harness {

namespace {

// How long the world may go round without anything happening before it counts as quiescent.
constexpr Time100ns patience = 60 * Time100ns{10'000'000};

constexpr std::size_t tasks_max = std::numeric_limits<TaskId>::max();

bool created_before(const Runner* one, const Runner* other) {
    return one->task.id < other->task.id;
}

}  // namespace

Kernel::State::State(Kernel& of) : kernel(of) {}

Kernel::State::~State() = default;

void Kernel::State::begin(Scheduler& new_scheduler, std::uint64_t new_steps_max) {
    check(running == nullptr, "a run began inside of a task");
    scheduler = &new_scheduler;
    watch     = nullptr;
    left      = nullptr;
    pace      = dynamic_cast<Pace*>(scheduler);
    threads.reset();
    scheduler->begin();
    steps_max    = new_steps_max;
    steps        = 0;
    spawned      = 0;
    out_of_tasks = false;

    kernel.time        = 0;
    kernel.last_change = 0;

    alarms.begin();
    for (Runner* const runner : alive) {
        runner->body = nullptr;
        idle.push_back(runner);
    }
    alive.clear();
    ids_free.clear();
    ready.clear();
    waiting.clear();
    quiescers.clear();
    cpu_keeper.fill(nullptr);
    if (pace && pace->makes_threads()) threads = std::make_unique<Threads>(*this);
}

Runner& Kernel::State::take_runner() {
    if (idle.empty()) {
        runners.push_back(std::make_unique<Runner>());
        idle.push_back(runners.back().get());
    }
    Runner& runner = *idle.back();
    idle.pop_back();
    return runner;
}

bool Kernel::State::is_full() const {
    return ids_free.empty() && (pace ? alive.size() : spawned) >= tasks_max;
}

TaskId Kernel::State::next_id() {
    if (ids_free.empty()) return static_cast<TaskId>(pace ? alive.size() : spawned);
    const TaskId id = ids_free.back();
    ids_free.pop_back();
    return id;
}

TaskId Kernel::State::spawn(LaterTask task) {
    check(task.cpu < cpu_count, "a task on a CPU that is not there");
    if (is_full()) {  // As good as endless; the next yield ends the run.
        out_of_tasks = true;
        return static_cast<TaskId>(tasks_max);
    }
    ++steps;
    Runner& runner   = take_runner();
    runner.task      = Task{};
    runner.task.name = task.name;
    runner.task.id   = next_id();
    ++spawned;
    runner.task.cpu  = task.cpu;
    runner.task.irql = task.irql;
    runner.task.step = task.step;
    runner.body      = std::move(task.body);
    runner.kernel    = &kernel;
    runner.alarm     = 0;
    if (threads) {
        threads->seat(runner);
    } else {
        runner.fiber.prepare(&run_body, &runner);
    }
    alive.push_back(&runner);
    make_ready(runner);
    if (watch != nullptr) watch->began(runner.task, task.mark);
    return runner.task.id;
}

void Kernel::State::run_body(void* argument) {
    Runner& runner = *static_cast<Runner*>(argument);
    State&  state  = *runner.kernel->state;
    state.arrived();
    [&]() noexcept { runner.body(); }();
    state.end();
}

Halt Kernel::State::run() {
    check(running == nullptr, "run was called inside of a task");
    if (threads) return threads->run();
    if (Runner* const first = pick("(begin)")) switch_to(first);
    return halt;
}

void Kernel::State::switch_to(Runner* next) {
    if (left) left();
    Fiber& from    = running ? running->fiber : thread;
    Fiber& to      = next ? next->fiber : thread;
    running        = next;
    kernel.running = next ? &next->task : nullptr;
    Fiber::switch_to(from, to);
    arrived();
}

// Only now does nobody stand on the stack of the task that has ended.
void Kernel::State::arrived() {
    if (ending == nullptr) return;
    ending->body = nullptr;
    idle.push_back(std::exchange(ending, nullptr));
}

void Kernel::State::pass(std::string_view place) {
    keep_or_leave_cpu(*running);
    if (threads) return threads->pass(place);
    Runner* const next = pick(place);
    if (next != running) switch_to(next);
}

void Kernel::State::stop(Halt why) {
    halt = why;
    if (threads) threads->stop();
    switch_to(nullptr);
}

void Kernel::State::end() {
    std::erase(alive, running);
    std::erase(ready, running);
    if (pace) ids_free.push_back(running->task.id);
    if (cpu_keeper[running->task.cpu] == running) cpu_keeper[running->task.cpu] = nullptr;
    if (threads) threads->end();
    ending             = running;
    Runner* const next = pick("(end)");
    switch_to(next);
    internal_error("a task that has ended went on");
}

void Kernel::State::keep_or_leave_cpu(Runner& runner) {
    Runner*& keeper = cpu_keeper[runner.task.cpu];
    if (runner.task.irql >= dispatch_level) {
        keeper = &runner;
    } else if (keeper == &runner) {
        keeper = nullptr;
    }
}

// --- Who is next ---------------------------------------------------------------------------------

Runner* Kernel::State::pick(std::string_view place) {
    if (out_of_tasks) {
        halt = Halt::steps;
        return nullptr;
    }
    do {
        if (Runner* const next = pick_now(place)) return next;
        if (!candidates.empty()) return nullptr;
    } while (let_time_pass());
    return nullptr;
}

Runner* Kernel::State::pick_now(std::string_view place) {
    follow_the_clock();
    ring_alarms();
    gather();
    return candidates.empty() ? nullptr : ask(place);
}

void Kernel::State::follow_the_clock() {
    if (pace) kernel.time = pace->now();
}

void Kernel::State::ring_alarms() {
    while (alarms.next() <= kernel.time) {
        Alarms::Rung rung = alarms.ring();
        if (rung.sleeper != nullptr) {
            wake(*rung.sleeper, false);
        } else {
            spawn(std::move(rung.task));
        }
    }
}

void Kernel::State::gather() {
    candidates.clear();
    runnable.clear();
    for (Runner* const runner : ready) {
        const Task&   task   = runner->task;
        const Runner* keeper = cpu_keeper[task.cpu];
        if (keeper != nullptr && keeper != runner) continue;
        candidates.push_back(runner);
        runnable.push_back({.name = task.name, .cpu = task.cpu, .irql = task.irql});
    }
}

Runner* Kernel::State::ask(std::string_view place) {
    Moment     moment{.runnable = runnable, .current = std::nullopt, .place = place};
    const auto found = std::ranges::find(candidates, running);
    if (found != candidates.end()) {
        if (candidates.size() == 1) return running;
        moment.current = static_cast<std::size_t>(found - candidates.begin());
    }
    const std::optional<std::size_t> answer = scheduler->next(moment);
    if (!answer) {
        halt = Halt::abandoned;
        return nullptr;
    }
    check(*answer < candidates.size(), "the scheduler chose a task that is not there");
    return candidates[*answer];
}

void Kernel::State::sleep_or_leap() {
    if (pace) {
        pace->sleep_until(alarms.next());
    } else {
        kernel.time = alarms.next();
    }
}

bool Kernel::State::may_sleep() const {
    if (threads && threads->anybody_outside()) return true;
    // A live world in which nothing happens waits for what comes from outside.
    const bool waits   = pace && quiescers.empty();
    const bool goes_on = waits || kernel.time - kernel.last_change < patience;
    return alarms.next() != Alarms::never && goes_on;
}

bool Kernel::State::let_time_pass() {
    if (may_sleep()) {
        sleep_or_leap();
        return true;
    }
    if (!quiescers.empty()) {
        for (Runner* const runner : quiescers) {
            make_ready(*runner);
            if (watch != nullptr) watch->quiescent(runner->task);
        }
        quiescers.clear();
        kernel.last_change = kernel.time;
        return true;
    }
    halt = alive.empty() ? Halt::finished : Halt::stuck;
    return false;
}

// --- Waiting -------------------------------------------------------------------------------------

void Kernel::State::make_ready(Runner& runner) {
    runner.task.waits_on = nullptr;
    if (threads) return ready.push_back(&runner);  // The first that could go on is the first to.
    ready.insert(std::ranges::upper_bound(ready, &runner, created_before), &runner);
}

void Kernel::State::wake(Runner& runner, bool woken) {
    std::erase(waiting, &runner);
    if (woken && runner.alarm != 0) alarms.cancel(runner.alarm);
    runner.alarm = 0;
    runner.woken = woken;
    make_ready(runner);
}

bool Kernel::State::wait(const void* object, Time100ns due, std::string_view place) {
    running->task.waits_on = object;
    if (due != Alarms::never) running->alarm = alarms.add(due, *running);
    std::erase(ready, running);
    waiting.push_back(running);
    pass(place);
    return running->woken;
}

void Kernel::State::wait_until_quiescent() {
    std::erase(ready, running);
    quiescers.push_back(running);
    pass("(quiescence)");
}

void Kernel::State::wake_one(const void* object) {
    const auto waits_on_it = [object](const Runner* runner) {
        return runner->task.waits_on == object;
    };
    const auto found = std::ranges::find_if(waiting, waits_on_it);
    if (found != waiting.end()) wake(**found, true);
}

void Kernel::State::wake_all(const void* object) {
    for (std::size_t place = 0; place < waiting.size();) {
        if (waiting[place]->task.waits_on == object) {
            wake(*waiting[place], true);
        } else {
            ++place;
        }
    }
}

}  // namespace interlock::harness
