#pragma once

#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>

#include "harness/check.hpp"

namespace interlock::harness {

/// Wakes one thread that sleeps in poll, and costs nothing while it does not.
class Waker {
public:
    Waker() : event(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
        check(event >= 0, "the system has no descriptor left to wake a thread with");
    }
    ~Waker() {
        ::close(event);
    }
    Waker(const Waker&)            = delete;
    Waker& operator=(const Waker&) = delete;

    int descriptor() const {
        return event;
    }

    /// Whoever sleeps: before it looks for the last time whether there is something to do.
    void will_sleep() {
        std::uint64_t                  count = 0;
        [[maybe_unused]] const ssize_t got   = read(event, &count, sizeof count);
        sleeps.exchange(true);  // Sees what whoever found it awake has made.
    }

    /// Whoever wakes: after it has made what there is to do.
    void wake() {
        constexpr std::uint64_t one = 1;
        if (!sleeps.exchange(false)) return;
        [[maybe_unused]] const ssize_t put = write(event, &one, sizeof one);
    }

private:
    int               event;
    std::atomic<bool> sleeps = false;
};

}  // namespace interlock::harness
