#pragma once

// The tasks of a live run as threads, one of which is in the host at a time. Who runs code of an
// extension is outside: he is neither ready nor waits, and may come back whenever the host is free
// and no other task keeps his CPU. The thread that called `run` is the clock's: when nobody can go
// on, it sleeps until something is due or comes from outside.
//
// A task that has nothing to do any more gives up what it has on its stack, without unwinding it,
// as a fiber does.

#include <csetjmp>
#include <thread>

#include "harness/kernel/host_lock.hpp"
#include "harness/kernel/state.hpp"

namespace interlock::harness {

class Kernel::State::Threads {
public:
    explicit Threads(State& state);

    /// Ends all of them, wherever they stand. @pre nobody is outside.
    ~Threads();
    Threads(const Threads&)            = delete;
    Threads& operator=(const Threads&) = delete;

    /// The runner has a thread from now on.
    void seat(Runner& runner);

    bool anybody_outside() const {
        return !outside.empty();
    }

    Halt run();

    // --- The thread of the running task ----------------------------------------------------------

    void              pass(std::string_view place);
    [[noreturn]] void end();
    [[noreturn]] void stop();

private:
    class Seat;
    class Clock;

    struct Absent {
        Runner*   runner = nullptr;
        Time100ns since  = 0;
    };

    void    go_out(Runner& me);
    void    come_in(Seat& me);
    void    arrive(Runner& runner);
    void    let_in();
    Runner* pick(std::string_view place);
    void    hand_on(Runner* next);
    void    goes_on(Runner& me);
    void    wait_for_turn(Runner& me);
    void    call_the_clock();
    void    clock_goes_out();
    void    clock_comes_in();
    void    tell_outside();

    static Seat& seat_of(Runner& runner);

    State&                 state;
    HostLock               lock;
    std::unique_ptr<Clock> clock;
    std::vector<Absent>    outside;  // Who went first stands first.
    bool                   is_over      = false;
    bool                   clock_sleeps = false;
    bool                   clock_called = false;
    bool                   stale        = false;  // Somebody waits whom the clock has not seen.
    Time100ns              sleeps_until = 0;
};

}  // namespace interlock::harness
