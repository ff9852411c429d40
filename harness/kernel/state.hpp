#pragma once

// The inside of the kernel: its tasks, what they wait for, and who runs next.

#include <array>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "harness/kernel/alarms.hpp"
#include "harness/kernel/fiber.hpp"
#include "harness/kernel/kernel.hpp"
#include "harness/kernel/outside.hpp"
#include "harness/kernel/pace.hpp"

namespace interlock::harness {

/// A task and the fiber or the thread it runs on. Used again for another task when it has ended.
struct Runner {
    Task                        task;
    Fiber                       fiber;
    std::unique_ptr<HostThread> thread;
    std::function<void()>       body;
    Kernel*                     kernel = nullptr;
    Alarms::Id                  alarm  = 0;  // Ends its wait, if it comes before it is woken.
    bool                        woken  = false;
};

struct Kernel::State {
    explicit State(Kernel& kernel);
    ~State();

    void   begin(Scheduler& scheduler, std::uint64_t steps_max);
    TaskId spawn(LaterTask task);
    Halt   run();

    /// The running task stands still here; another may go on. Returns when it goes on itself.
    void              pass(std::string_view place);
    bool              wait(const void* object, Time100ns due, std::string_view place);
    void              wait_until_quiescent();
    void              wake_all(const void* object);
    void              wake_one(const void* object);
    [[noreturn]] void end();

    /// The running task never goes on: the run is over.
    void stop(Halt why);

    /// What the running task knows, for a task that it makes; 0: nobody wants it.
    std::uint32_t mark() const {
        return watch != nullptr && running != nullptr ? watch->mark(running->task) : 0;
    }

    bool is_on_stack(const void* memory) const {
        return running != nullptr && running->fiber.holds(memory);
    }

    /// Whether the running task need not ask anybody.
    bool alone() const {
        return ready.size() == 1 && alarms.next() > kernel.time;
    }

    Kernel&               kernel;
    Scheduler*            scheduler = nullptr;
    TaskWatch*            watch     = nullptr;
    Pace*                 pace      = nullptr;  // Of a live run.
    std::function<void()> left;                 // The running task is.
    Alarms                alarms;
    std::uint64_t         steps     = 0;
    std::uint64_t         steps_max = 0;
    std::uint32_t         spawned   = 0;
    std::vector<Runner*>  alive;  // In order of creation, as all but `waiting`.

private:
    class Threads;

    Runner*     pick(std::string_view place);
    Runner*     pick_now(std::string_view place);
    Runner*     ask(std::string_view place);
    void        gather();
    void        ring_alarms();
    bool        may_sleep() const;
    bool        let_time_pass();
    void        sleep_or_leap();
    void        follow_the_clock();
    TaskId      next_id();
    bool        is_full() const;
    void        make_ready(Runner& runner);
    void        wake(Runner& runner, bool woken);
    void        switch_to(Runner* next);
    void        arrived();
    void        keep_or_leave_cpu(Runner& runner);
    Runner&     take_runner();
    static void run_body(void* runner);

    Fiber                                thread{Fiber::OfThread{}};
    std::vector<std::unique_ptr<Runner>> runners;
    std::vector<Runner*>                 idle;
    Runner*                              running = nullptr;
    Runner*                              ending  = nullptr;  // Has ended, but stands on its stack.
    Halt                                 halt    = Halt::finished;
    bool                                 out_of_tasks = false;

    std::vector<TaskId>            ids_free;  // Of tasks that have ended, in a live run.
    std::vector<Runner*>           ready;
    std::vector<Runner*>           waiting;    // In order of waiting.
    std::vector<Runner*>           quiescers;  // Wait for quiescence.
    std::array<Runner*, cpu_count> cpu_keeper = {};

    std::unique_ptr<Threads> threads;  // Where each task is one.

    std::vector<Runner*>  candidates;  // Who can go on now...
    std::vector<Runnable> runnable;    // ... as the scheduler sees them.
};

}  // namespace interlock::harness
