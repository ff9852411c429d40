#pragma once

// Where code of extensions runs. In a live world whose tasks are threads, the host is used by one
// of them at a time, and a thread leaves it for as long as code of an extension runs: others may be
// in the host meanwhile, or in code of extensions, too. Everywhere else nothing of this happens.

#include <atomic>
#include <type_traits>
#include <vector>

namespace interlock::harness {

struct Task;

/// A thread that is in the host, or outside of it.
class HostThread {
public:
    virtual ~HostThread() = default;

    /// @pre it is in the host.
    virtual void go_out() = 0;
    /// Waits until the host is free for it. @pre it is outside.
    virtual void come_in() = 0;

    /// Whose code it runs; nobody's on the thread that is the clock's. From anywhere.
    virtual const Task* task() const = 0;

    /// Sends it a signal. From anywhere.
    virtual void signal(int number) = 0;

    bool is_outside = false;

    /// Calls into the host that are not over, and where each is to return to: host_calls.hpp.
    struct Call {
        void* return_to = nullptr;
        bool  came_in   = false;  // Else it was inside already.
    };
    std::vector<Call> calls;

    /// This thread; none where tasks are fibers.
    static inline thread_local HostThread* current = nullptr;

    /// Who is outside for the longest time: of whom a signal handler tells, when nothing goes on.
    static inline std::atomic<HostThread*> longest_outside = nullptr;
};

/// Whether this thread may not touch anything of the host's.
inline bool is_outside() {
    return HostThread::current != nullptr && HostThread::current->is_outside;
}

/// As long as it lives this thread is outside of the host.
class Outside {
public:
    Outside() : thread(HostThread::current) {
        if (thread != nullptr) thread->go_out();
    }
    ~Outside() {
        if (thread != nullptr) thread->come_in();
    }
    Outside(const Outside&)            = delete;
    Outside& operator=(const Outside&) = delete;

private:
    HostThread* thread;
};

/// Calls a function of an extension.
template <typename Result, typename... Parameters>
Result call_outside(Result (*function)(Parameters...),
                    std::type_identity_t<Parameters>... arguments) {
    const Outside outside;
    return function(arguments...);
}

}  // namespace interlock::harness
