#include "harness/kernel/threads.hpp"

#include <pthread.h>
#include <signal.h>

#include <algorithm>
#include <utility>

#include "harness/check.hpp"

namespace interlock::harness {

/// The thread of a task, and of all that come after it in the same place.
class Kernel::State::Threads::Seat final : public HostThread, public HostLock::Guest {
public:
    Seat(Threads& of, Runner& whose) : runner(whose), threads(of) {
        thread = std::thread([this] { threads.state.pace->do_on_thread([this] { work(); }); });
    }
    /// Waits until it has ended, which it does when the lock is closed.
    void join() {
        thread.join();
    }

    void go_out() override {
        threads.go_out(runner);
        is_outside = true;
    }
    void come_in() override {
        threads.come_in(*this);
    }

    const Task* task() const override {
        return &runner.task;
    }
    void signal(int number) override {
        pthread_kill(thread.native_handle(), number);
    }

    [[noreturn]] void begin_again() {
        std::longjmp(beginning, 1);
    }

    Runner& runner;

private:
    void work() {
        current = this;
        setjmp(beginning);
        is_outside = false;
        calls.clear();
        while (threads.lock.wait(*this)) {
            threads.goes_on(runner);
            run_body(&runner);
        }
    }

    Threads&     threads;
    std::jmp_buf beginning;
    std::thread  thread;
};

class Kernel::State::Threads::Clock final : public HostThread, public HostLock::Guest {
public:
    explicit Clock(Threads& of) : threads(of) {}

    void go_out() override {
        threads.clock_goes_out();
        is_outside = true;
    }
    void come_in() override {
        threads.clock_comes_in();
        is_outside = false;
    }
    const Task* task() const override {
        return nullptr;
    }
    void signal(int number) override {
        pthread_kill(thread, number);
    }

private:
    Threads&        threads;
    const pthread_t thread = pthread_self();
};

Kernel::State::Threads::Threads(State& of) : state(of), clock(std::make_unique<Clock>(*this)) {}

Kernel::State::Threads::~Threads() {
    std::vector<HostLock::Guest*> all;
    for (const auto& runner : state.runners)
        if (runner->thread) all.push_back(&seat_of(*runner));
    lock.close(all);
    for (const auto& runner : state.runners)
        if (runner->thread) seat_of(*runner).join();
    for (const auto& runner : state.runners)
        runner->thread.reset();
}

Kernel::State::Threads::Seat& Kernel::State::Threads::seat_of(Runner& runner) {
    return static_cast<Seat&>(*runner.thread);
}

void Kernel::State::Threads::seat(Runner& runner) {
    if (!runner.thread) runner.thread = std::make_unique<Seat>(*this, runner);
}

// --- In the host ---------------------------------------------------------------------------------

void Kernel::State::Threads::goes_on(Runner& me) {
    state.running        = &me;
    state.kernel.running = &me.task;
}

void Kernel::State::Threads::wait_for_turn(Runner& me) {
    Seat& seat = seat_of(me);
    if (!lock.wait(seat)) seat.begin_again();
    goes_on(me);
}

void Kernel::State::Threads::pass(std::string_view place) {
    Runner&       me   = *state.running;
    Runner* const next = pick(place);
    if (next == &me) return;
    stale = stale || std::ranges::find(state.ready, &me) == state.ready.end();
    hand_on(next);
    wait_for_turn(me);
}

void Kernel::State::Threads::end() {
    Runner& me   = *state.running;
    Seat&   seat = seat_of(me);
    me.body      = nullptr;
    state.idle.push_back(&me);
    stale = true;
    hand_on(pick("(end)"));  // From here on it may be another's already.
    seat.begin_again();
}

void Kernel::State::Threads::stop() {
    Runner& me = *state.running;
    is_over    = true;
    hand_on(nullptr);
    wait_for_turn(me);
    internal_error("a task of a run that is over went on");
}

Runner* Kernel::State::Threads::pick(std::string_view place) {
    if (state.out_of_tasks) {
        state.halt = Halt::steps;
        is_over    = true;
    }
    let_in();
    return is_over ? nullptr : state.pick_now(place);
}

void Kernel::State::Threads::hand_on(Runner* next) {
    if (state.left) state.left();
    state.running        = nullptr;
    state.kernel.running = nullptr;
    for (;; next = pick("(outside)")) {
        if (next != nullptr) return lock.hand_to(seat_of(*next));
        if (!clock_sleeps) return lock.hand_to(*clock);
        call_the_clock();
        if (lock.leave_empty()) return;
    }
}

// --- Out and in ----------------------------------------------------------------------------------

void Kernel::State::Threads::go_out(Runner& me) {
    state.keep_or_leave_cpu(me);
    std::erase(state.ready, &me);
    let_in();  // Those at the door are not outside any more.
    outside.push_back({&me, state.kernel.time});
    tell_outside();
    state.running = nullptr;
    hand_on(pick("(outside)"));
}

void Kernel::State::Threads::come_in(Seat& me) {
    const HostLock::Came came = lock.come_in(me);
    if (came == HostLock::Came::not_at_all) me.begin_again();
    if (came == HostLock::Came::by_itself) arrive(me.runner);
    me.is_outside = false;
    goes_on(me.runner);
    const Runner* const keeper = state.cpu_keeper[me.runner.task.cpu];
    if (keeper != nullptr && keeper != &me.runner) state.pass("(inside)");
}

/// It is in the host, or about to be.
void Kernel::State::Threads::arrive(Runner& runner) {
    std::erase_if(outside, [&](const Absent& one) { return one.runner == &runner; });
    tell_outside();
    state.make_ready(runner);
}

void Kernel::State::Threads::let_in() {
    if (lock.nobody_at_door()) return;
    for (HostLock::Guest* const guest : lock.take_from_door()) {
        if (guest == clock.get()) {
            clock_sleeps = false;
        } else {
            arrive(static_cast<Seat*>(guest)->runner);
        }
    }
}

void Kernel::State::Threads::tell_outside() {
    const Absent first          = outside.empty() ? Absent{} : outside.front();
    HostThread::longest_outside = first.runner ? first.runner->thread.get() : nullptr;
    state.pace->tell_outside(outside.size(), first.since);
}

// --- The clock -----------------------------------------------------------------------------------

Halt Kernel::State::Threads::run() {
    HostThread::current = clock.get();
    lock.come_in(*clock);
    while (!is_over) {
        if (Runner* const next = pick("(begin)")) {
            lock.hand_to(seat_of(*next));
            lock.wait(*clock);
        } else if (!is_over && !state.let_time_pass()) {
            break;
        }
    }
    is_over = true;
    while (anybody_outside()) {
        lock.wait_at_door();
        let_in();
    }
    HostThread::current = nullptr;
    return state.halt;
}

void Kernel::State::Threads::clock_goes_out() {
    clock_sleeps = true;
    clock_called = false;
    stale        = false;
    sleeps_until = state.alarms.next();
    hand_on(pick("(outside)"));
}

void Kernel::State::Threads::clock_comes_in() {
    if (lock.come_in(*clock) == HostLock::Came::by_itself) clock_sleeps = false;
}

/// Where there is something that it does not know of. Who is outside comes back by himself.
void Kernel::State::Threads::call_the_clock() {
    const bool needed = is_over || stale || state.alarms.next() < sleeps_until;
    if (!needed || std::exchange(clock_called, true)) return;
    state.pace->wake();
}

}  // namespace interlock::harness
