#pragma once

// Everything a run has. Functions of the driver interface, which get no pointer to it, find the
// world they run in through `world()`; nothing else in the harness is global.

#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "harness/call_stacks.hpp"
#include "harness/faults/faults.hpp"
#include "harness/host_flaw.hpp"
#include "harness/io/devices.hpp"
#include "harness/kernel/kernel.hpp"
#include "harness/kernel/lock_order.hpp"
#include "harness/kernel/locks.hpp"
#include "harness/kernel/memory.hpp"
#include "harness/race/races.hpp"
#include "harness/trace/recorder.hpp"

namespace interlock::harness {

class Image;
class Ndis;
struct FilterEngine;
struct NetworkStack;

/// What the functions of the driver interface (ddi/) remember of a run.
struct DdiState {
    /// How many tasks of each role were made so far: the numbers in their names.
    std::uint32_t timer_tasks = 0, work_items = 0, threads = 0;

    /// A timer that was set, until it has been cancelled or its last callback is over.
    struct Timer {
        std::uint32_t   id        = 0;
        const void*     object    = nullptr;
        std::uint32_t   alarm     = 0;
        Time100ns       due       = 0;
        std::int32_t    period_ms = 0;                   // 0: once.
        model::ModuleId module    = model::host_module;  // Whose callback it is.
        bool            is_set    = true;
        std::uint32_t   callbacks = 0;  // Begun or as good as begun, and not over.
    };
    std::vector<Timer> timers;
    std::uint32_t      timers_set = 0;

    /// The objects of system threads, by the task they run in.
    struct Thread {
        TaskId task   = 0;
        void*  object = nullptr;
    };
    std::vector<Thread> running;

    /// What each handle leads to, by its number; nullptr once it is closed. Handles are multiples
    /// of 4, from 4.
    std::vector<void*> handles;

    // Their addresses are what is waited on: any signal of any object, the end of any callback.
    char any_signal = 0, any_callback = 0;
};

/// Whether a run keeps from where extensions called, and looks for what they wrote where nothing
/// may be as soon as each callback is over: for reports, at some cost.
enum class KeepStacks : bool { no, yes };

struct World {
    Kernel     kernel;
    Recorder   recorder{kernel};
    Memory     memory;
    Locks      locks;
    LockOrder  lock_order;
    CallStacks stacks;
    Races      races{*this};
    Faults     faults{kernel};
    DdiState   ddi;
    Devices    devices{*this};
    Ndis*      ndis = nullptr;  // The filter runtime and the switch behind it.

    std::span<const Image> images;  // The extensions' modules, top of the stack first.

    // Made when an extension first asks for them: wfp/ and netio/.
    std::shared_ptr<FilterEngine> filter_engine;
    std::shared_ptr<NetworkStack> network_stack;

    HostFlaw flaw = HostFlaw::none;  // What the switch does wrong.

    std::uint32_t ndis_version = 630;  // 630 or 640: what NdisGetVersion says.

    /// Takes what extensions print. May be empty: then nothing is even formatted.
    std::function<void(std::string_view)> printed;

    bool preempts_at_memory = false;  // What the scenario says of these.
    bool detects_races      = false;

    /// A run begins: forgets all of the last one.
    void begin(Scheduler& scheduler, std::uint64_t steps_max, model::Judge* judge,
               TraceBuffer* trace = nullptr, KeepStacks keep = KeepStacks::no);
};

/// The world of this thread. An internal error when there is none.
World& world();

/// Makes `world` the world of this thread, for as long as it lives.
class Entered {
public:
    explicit Entered(World& world);
    ~Entered();
    Entered(const Entered&)            = delete;
    Entered& operator=(const Entered&) = delete;

private:
    World* before;
};

/// An extension did something no kernel forgives: writes it to the trace, charged to the module
/// whose code runs.
void report_misuse(model::Misuse misuse, model::Status status = 0, std::uint32_t limit = 0);

/// Reports what was written to freed memory of anybody that is only now seen, if anything was.
void report_late_writes();

/// Looks at the memory of a module, and reports what was written where nothing may be.
void report_writes(model::ModuleId module);

/// The same, of the module whose code runs, where a run looks so closely.
inline void look_at_writes(World& here) {
    if (here.stacks.on() && here.kernel.inside_task()) report_writes(here.kernel.current().module);
}

/// The extension's own code runs no higher than `irql_max` at this call; otherwise that is
/// reported.
void check_irql(std::uint8_t irql_max, std::string_view call);

}  // namespace interlock::harness
