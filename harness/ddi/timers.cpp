#include "harness/ddi/timers.hpp"

#include <algorithm>
#include <utility>

namespace interlock::harness {

namespace {

using Timer = DdiState::Timer;

Timer* find_set(const void* object) {
    for (Timer& timer : world().ddi.timers) {
        if (timer.object == object && timer.is_set) return &timer;
    }
    return nullptr;
}

Timer& by_id(std::uint32_t id) {
    return *std::ranges::find(world().ddi.timers, id, &Timer::id);
}

void forget_if_over(const Timer& timer) {
    if (timer.is_set || timer.callbacks > 0) return;
    std::erase_if(world().ddi.timers, [id = timer.id](const Timer& t) { return t.id == id; });
}

struct Callback {
    std::uint32_t         timer  = 0;
    model::ModuleId       module = model::host_module;
    std::function<void()> fire;
};

void arm(Timer& timer, Time100ns due, Callback callback);

// The body of a timer's task.
void ring(Time100ns due, const Callback& callback) {
    World& here  = world();
    Timer& timer = by_id(callback.timer);
    if (timer.is_set) ++timer.callbacks;
    if (timer.is_set && timer.period_ms > 0) {
        arm(timer, due + static_cast<Time100ns>(timer.period_ms) * millisecond, callback);
    } else {
        timer.is_set = false;
    }
    {
        const ExtensionCode code(callback.module);
        callback.fire();
    }
    Timer& after = by_id(callback.timer);
    --after.callbacks;
    forget_if_over(after);
    here.kernel.wake_all(&here.ddi.any_callback);
}

void arm(Timer& timer, Time100ns due, Callback callback) {
    World&         here = world();
    const TaskName name{Role::timer, ++here.ddi.timer_tasks};
    timer.due   = due;
    timer.alarm = here.kernel.at(due, name, dispatch_level,
                                 [due, callback = std::move(callback)] { ring(due, callback); });
}

}  // namespace

bool set_timer(const void* object, Time100ns due, LONG period_ms, std::function<void()> fire) {
    World&     here    = world();
    const bool was_set = cancel_timer(object);
    here.ddi.timers.push_back({.id        = ++here.ddi.timers_set,
                               .object    = object,
                               .period_ms = period_ms,
                               .module    = here.kernel.current().module});
    arm(here.ddi.timers.back(), due,
        {.timer  = here.ddi.timers_set,
         .module = here.kernel.current().module,
         .fire   = std::move(fire)});
    return was_set;
}

bool cancel_timer(const void* object) {
    Timer* const timer = find_set(object);
    if (timer == nullptr) return false;
    timer->is_set = false;
    if (world().kernel.cancel(timer->alarm)) {
        forget_if_over(*timer);
        return true;
    }
    ++timer->callbacks;  // Its task is made, and will run.
    return timer->period_ms > 0;
}

bool is_set(const void* object) {
    return find_set(object) != nullptr;
}

bool is_periodic(const void* object) {
    const Timer* const timer = find_set(object);
    return timer != nullptr && timer->period_ms > 0;
}

void wait_for_callbacks(const void* object, std::string_view call) {
    World&     here      = world();
    const auto under_way = [&](const Timer& timer) {
        const bool due = timer.is_set && timer.due <= here.kernel.now();
        return (due || timer.callbacks > 0) && (object == nullptr || timer.object == object);
    };
    while (std::ranges::any_of(here.ddi.timers, under_way)) {
        here.kernel.block(&here.ddi.any_callback, call);
    }
    here.kernel.learn_of(&here.ddi.any_callback);
}

}  // namespace interlock::harness
