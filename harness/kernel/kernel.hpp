#pragma once

// The kernel that an extension believes in: tasks on virtual CPUs at an IRQL, virtual time, and
// waiting. One task runs at a time; at every `yield` the scheduler may let another go on.
//
// A task is a fiber with a stack of its own. A task at DISPATCH_LEVEL or above keeps its CPU: no
// other task of that CPU runs until it lowers its IRQL or ends. Other CPUs go on.

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "harness/sched/scheduler.hpp"
#include "model/event.hpp"

namespace interlock::harness {

using TaskId    = std::uint16_t;  // Place in order of creation, from 0, in one run.
using Time100ns = std::uint64_t;  // Virtual time since the start of the run.

inline constexpr std::uint8_t passive_level  = 0;
inline constexpr std::uint8_t apc_level      = 1;
inline constexpr std::uint8_t dispatch_level = 2;
inline constexpr std::uint8_t cpu_count      = 4;

/// How `Kernel::run` came to an end.
enum class Halt : std::uint8_t {
    finished,   // Every task has ended.
    stuck,      // Some task waits for something that can no longer come.
    steps,      // The step budget is used up.
    abandoned,  // The scheduler gave up.
};

struct Task {
    TaskName         name;
    TaskId           id     = 0;
    std::uint8_t     cpu    = 0;
    std::uint8_t     irql   = passive_level;
    std::uint8_t     locks  = 0;                   // Spin and RW locks held now.
    model::ModuleId  module = model::host_module;  // Whose code runs; the edges set and restore it.
    std::uint32_t    step   = 0;                   // The scenario's step it works for.
    const void*      waits_on = nullptr;           // Blocked, and for what.
    std::string_view place;                        // Where it stands.
};

/// Who is told which task learns of which: harness/race/. It decides nothing.
class TaskWatch {
public:
    virtual ~TaskWatch() = default;

    /// The running task makes another, now or later. @return a number for `began`, not 0.
    virtual std::uint32_t mark(const Task& running) = 0;
    /// A task was made, by who took that mark; 0: from outside of any task.
    virtual void began(const Task& task, std::uint32_t mark) = 0;
    /// It goes on because nothing else could.
    virtual void quiescent(const Task& task)                    = 0;
    virtual void wakes(const Task& running, const void* object) = 0;
    virtual void woken(const Task& running, const void* object) = 0;
};

class Kernel {
public:
    Kernel();
    ~Kernel();
    Kernel(const Kernel&)            = delete;
    Kernel& operator=(const Kernel&) = delete;

    /// Forgets all tasks of the last run, wherever they stood, and keeps their stacks for reuse.
    /// What an abandoned task had on its stack is not destroyed: host code keeps nothing there
    /// over a yield that needs it.
    void begin(Scheduler& scheduler, std::uint64_t steps_max);

    /// Tells `watcher` of this run; nullptr: nobody. Call it behind `begin`.
    void watch(TaskWatch* watcher);

    /// Calls `act` each time the running task is left for another. Call it behind `begin`.
    void before_switch(std::function<void()> act);

    /// Makes a task that runs `body` once, when the scheduler first picks it.
    TaskId spawn(TaskName name, std::uint8_t cpu, std::uint8_t irql, std::function<void()> body);

    /// Runs until no task can go on. Called from outside of any task.
    Halt run();

    // --- From inside a task --------------------------------------------------------------------

    /// The task that runs. An internal error outside of any.
    Task& current() {
        if (running == nullptr) no_task();
        return *running;
    }
    const Task& current() const {
        return const_cast<Kernel*>(this)->current();
    }
    bool inside_task() const {
        return running != nullptr;
    }

    /// A place at which another task may go on.
    /// @param place  the function that was called; lives for ever.
    void yield(std::string_view place);

    /// Waits until somebody wakes `object`. A task at DISPATCH_LEVEL keeps its CPU meanwhile: it
    /// spins.
    void block(const void* object, std::string_view place);

    /// The same, until `due` at the latest.
    /// @return whether it was woken, not timed out.
    bool block_until(const void* object, Time100ns due, std::string_view place);

    /// Lets `duration` of virtual time pass for this task.
    void sleep(Time100ns duration, std::string_view place);

    /// Waits until nothing else can run and nothing is due: the world is quiescent. Tasks that only
    /// sleep and look, again and again, while nothing else happens, do not keep it from that.
    void wait_until_quiescent();

    /// Ends this task now, from whatever depth.
    [[noreturn]] void end_task();

    std::uint32_t choose(std::string_view what, std::uint32_t count);

    /// Whether that lies on the stack of the task that runs.
    bool is_on_stack(const void* memory) const;

    /// The running task sees that what others wait for through `object` has come.
    void learn_of(const void* object);

    // --- From anywhere -------------------------------------------------------------------------

    void      wake_all(const void* object);
    void      wake_one(const void* object);
    Time100ns now() const {
        return time;
    }

    /// Makes a task at that time. @return a handle for `cancel`.
    std::uint32_t at(Time100ns due, TaskName name, std::uint8_t irql, std::function<void()> body);
    /// @return whether it was still due.
    bool cancel(std::uint32_t handle);

    /// Something happened that others can see (the recorder says so for each such event): looking
    /// again makes sense. A world in which 60 s of virtual time pass without is quiescent.
    void progress() {
        last_change = time;
    }

    /// Every task that has not ended, for reports of what is stuck.
    std::vector<Task> unfinished() const;

    /// How many tasks were ever made in this run; names of timers and the like count by it.
    std::uint32_t spawned() const;

    std::uint64_t steps() const;

private:
    struct State;
    friend struct Runner;

    [[noreturn]] static void no_task();
    void                     count_step(std::string_view place);

    Task*                  running     = nullptr;
    Time100ns              time        = 0;
    Time100ns              last_change = 0;  // When something happened that others can see.
    std::unique_ptr<State> state;
};

}  // namespace interlock::harness
