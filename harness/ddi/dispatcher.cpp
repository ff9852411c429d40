#include "harness/ddi/dispatcher.hpp"

#include <algorithm>
#include <span>

#include "harness/kernel/alarms.hpp"

namespace interlock::harness {

namespace {

DispatcherType type_of(const DISPATCHER_HEADER& header) {
    return static_cast<DispatcherType>(header.Type);
}

// A mutex's owner stands where others keep nothing: one more than the task, 0 for nobody.
ULONG_PTR& owner_of(DISPATCHER_HEADER& header) {
    auto& mutex = reinterpret_cast<KMUTANT&>(header);
    return mutex.Reserved[0];
}

bool is_mine(const World& world, DISPATCHER_HEADER& header) {
    return owner_of(header) == world.kernel.current().id + ULONG_PTR{1};
}

bool is_signalled(const World& world, DISPATCHER_HEADER& header) {
    if (type_of(header) == DispatcherType::mutex && is_mine(world, header)) return true;
    return header.SignalState > 0;
}

/// @param tried  the task would not have waited for just this one for ever.
void take_signal(World& world, DISPATCHER_HEADER& header, bool tried) {
    world.kernel.learn_of(&header);
    switch (type_of(header)) {
        case DispatcherType::synchronization_event:
        case DispatcherType::synchronization_timer:
            header.SignalState = 0;
            break;
        case DispatcherType::semaphore:
            --header.SignalState;
            break;
        case DispatcherType::mutex:
            --header.SignalState;
            owner_of(header) = world.kernel.current().id + ULONG_PTR{1};
            hold_waitable({.lock = &header, .form = LockForm::write, .tried = tried});
            break;
        default:
            break;
    }
}

bool is_known(const DISPATCHER_HEADER& header) {
    return header.Type <= 9 && header.Reserved1 == 0;
}

}  // namespace

void initialize(DISPATCHER_HEADER& header, DispatcherType type, LONG state) {
    header                    = {};
    header.Type               = static_cast<UCHAR>(type);
    header.Size               = sizeof(KEVENT) / sizeof(LONG);
    header.SignalState        = state;
    header.WaitListHead.Flink = &header.WaitListHead;
    header.WaitListHead.Blink = &header.WaitListHead;
}

LONG signal(DISPATCHER_HEADER& header, LONG state) {
    const LONG before  = header.SignalState;
    header.SignalState = state;
    if (state <= 0) return before;
    World& here = world();
    here.kernel.wake_all(&header);
    here.kernel.wake_all(&here.ddi.any_signal);
    return before;
}

bool wait_for(DISPATCHER_HEADER& header, Time100ns due, std::string_view call) {
    DISPATCHER_HEADER* headers[] = {&header};
    return wait_for_many(headers, 1, WaitAny, due, call) == 0;
}

int wait_for_many(DISPATCHER_HEADER** headers, ULONG count, WAIT_TYPE type, Time100ns due,
                  std::string_view call) {
    World&     here   = world();
    const auto them   = std::span(headers, count);
    const auto is_set = [&](DISPATCHER_HEADER* header) { return is_signalled(here, *header); };
    const bool tries  = due != Alarms::never || count > 1;
    if (!std::ranges::all_of(them, [](auto* header) { return header && is_known(*header); })) {
        report_misuse(model::Misuse::bad_argument);  // Never initialised.
        return -1;
    }
    for (bool waited = false;; waited = true) {
        const auto first = std::ranges::find_if(them, is_set);
        if (type == WaitAny && first != them.end()) {
            take_signal(here, **first, tries);
            return static_cast<int>(first - them.begin());
        }
        const auto missing = std::ranges::find_if_not(them, is_set);
        if (type == WaitAll && missing == them.end()) {
            for (DISPATCHER_HEADER* const header : them)
                take_signal(here, *header, tries);
            return 0;
        }
        if (due <= here.kernel.now()) return -1;
        if (!waited) record_wait(here, WaitedFor::object);
        const bool any_of_many = type == WaitAny && count > 1;
        here.kernel.block_until(
            any_of_many ? &here.ddi.any_signal : static_cast<const void*>(*missing), due, call);
    }
}

}  // namespace interlock::harness
