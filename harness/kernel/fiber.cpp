#include "harness/kernel/fiber.hpp"

#include <sys/mman.h>

#include <boost/context/detail/fcontext.hpp>

#include "harness/check.hpp"
#include "harness/kernel/sanitizers.hpp"

namespace interlock::harness {

namespace {

namespace fcontext = boost::context::detail;

constexpr std::size_t guard_bytes = 4096;

void* map_stack() {
    void* const mapped = mmap(nullptr, guard_bytes + Fiber::stack_bytes, PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    check(mapped != MAP_FAILED, "no memory for a task's stack");
    check(mprotect(mapped, guard_bytes, PROT_NONE) == 0, "no guard page for a task's stack");
    return mapped;
}

}  // namespace

struct Fiber::Jump {
    static void go(Fiber& from, Fiber& to, void** fake_stack_save) {
        from.left_for = &to;
        if (__sanitizer_start_switch_fiber) {
            __sanitizer_start_switch_fiber(fake_stack_save, to.stack_bottom, to.stack_size);
        }
        if (__tsan_switch_to_fiber) __tsan_switch_to_fiber(to.tsan_fiber, 0);
        arrive(fcontext::jump_fcontext(to.resume, &from));
    }

    static Fiber& arrive(fcontext::transfer_t transfer) {
        Fiber& from = *static_cast<Fiber*>(transfer.data);
        Fiber& self = *from.left_for;
        from.resume = transfer.fctx;
        if (__sanitizer_finish_switch_fiber) {
            const void* bottom = nullptr;
            std::size_t size   = 0;
            __sanitizer_finish_switch_fiber(self.fake_stack, &bottom, &size);
            if (from.stack == nullptr) {
                from.stack_bottom = bottom;
                from.stack_size   = size;
            }
        }
        return self;
    }

    static void begin(fcontext::transfer_t transfer) {
        Fiber& self = arrive(transfer);
        // A fake stack that is used again still holds the frames that were given up.
        if (__asan_handle_no_return) __asan_handle_no_return();
        self.entry(self.argument);
        internal_error("a fiber came to its end");
    }

    static void end(fcontext::transfer_t transfer) {
        Fiber& self = arrive(transfer);
        go(self, *static_cast<Fiber*>(self.argument), nullptr);
        internal_error("a fiber that has ended went on");
    }
};

Fiber::Fiber()
    : stack(map_stack()),
      stack_bottom(static_cast<std::byte*>(stack) + guard_bytes),
      stack_size(stack_bytes) {}

Fiber::Fiber(OfThread) {}

Fiber::~Fiber() {
    if (stack == nullptr) return;
    if (fake_stack != nullptr) destroy_fake_stack();
    if (tsan_fiber != nullptr) __tsan_destroy_fiber(tsan_fiber);
    munmap(stack, guard_bytes + stack_bytes);
}

void Fiber::prepare(void (*new_entry)(void*), void* new_argument) {
    if (used && __asan_unpoison_memory_region) {
        __asan_unpoison_memory_region(stack_bottom, stack_size);
    }
    if (__tsan_create_fiber) {
        if (tsan_fiber != nullptr) __tsan_destroy_fiber(tsan_fiber);
        tsan_fiber = __tsan_create_fiber(0);
    }
    used            = true;
    entry           = new_entry;
    argument        = new_argument;
    void* const top = static_cast<std::byte*>(stack) + guard_bytes + stack_bytes;
    resume          = fcontext::make_fcontext(top, stack_bytes, &Jump::begin);
}

void Fiber::switch_to(Fiber& from, Fiber& to) {
    if (from.stack == nullptr && __tsan_get_current_fiber) {
        from.tsan_fiber = __tsan_get_current_fiber();
    }
    Jump::go(from, to, &from.fake_stack);
}

// Only the fiber itself can tell the sanitizer that its fake stack is of no more use.
void Fiber::destroy_fake_stack() {
    Fiber thread{OfThread{}};
    prepare(nullptr, &thread);
    resume = fcontext::make_fcontext(static_cast<std::byte*>(stack) + guard_bytes + stack_bytes,
                                     stack_bytes, &Jump::end);
    switch_to(thread, *this);
}

}  // namespace interlock::harness
