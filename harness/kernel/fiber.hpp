#pragma once

// A flow of control with a stack of its own, told to the sanitizers. Not boost::context::fiber:
// that one unwinds a fiber which is given up, and the frames of a driver written in C cannot be
// unwound.

#include <cstddef>
#include <cstdint>

namespace interlock::harness {

class Fiber {
public:
    static constexpr std::size_t stack_bytes = 256 * 1024;

    /// With a stack, below which a page is that nobody may touch.
    Fiber();

    /// The thread's own flow of control, which has a stack already.
    struct OfThread {};
    explicit Fiber(OfThread);

    ~Fiber();
    Fiber(const Fiber&)            = delete;
    Fiber& operator=(const Fiber&) = delete;

    /// Gives up whatever it was doing, without unwinding it; the next switch to it calls `entry`,
    /// which never returns.
    void prepare(void (*entry)(void*), void* argument);

    /// Whether that lies on its stack.
    bool holds(const void* memory) const {
        const auto at     = reinterpret_cast<std::uintptr_t>(memory);
        const auto bottom = reinterpret_cast<std::uintptr_t>(stack_bottom);
        return at - bottom < stack_size;
    }

    /// Goes on with `to`, until somebody switches back to `from`.
    /// @pre `from` is what runs.
    static void switch_to(Fiber& from, Fiber& to);

private:
    struct Jump;

    void destroy_fake_stack();

    void*  stack         = nullptr;  // The mapping, guard page first; none for the thread's own.
    void*  resume        = nullptr;  // Where it goes on.
    Fiber* left_for      = nullptr;  // Whom it switched to.
    void (*entry)(void*) = nullptr;
    void* argument       = nullptr;

    // What the sanitizers know it by.
    const void* stack_bottom = nullptr;
    std::size_t stack_size   = 0;
    void*       fake_stack   = nullptr;
    void*       tsan_fiber   = nullptr;
    bool        used         = false;
};

}  // namespace interlock::harness
