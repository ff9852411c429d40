#pragma once

// What the sanitizers want to be told about fibers and memory. Weak: where a sanitizer is not
// linked its functions are null, and nothing is told.

#include <cstddef>

extern "C" {
[[gnu::weak]] void __sanitizer_start_switch_fiber(void** fake_stack_save, const void* bottom,
                                                  std::size_t size);
[[gnu::weak]] void __sanitizer_finish_switch_fiber(void* fake_stack_save, const void** bottom_old,
                                                   std::size_t* size_old);
[[gnu::weak]] void __asan_poison_memory_region(const volatile void* address, std::size_t size);
[[gnu::weak]] void __asan_unpoison_memory_region(const volatile void* address, std::size_t size);
[[gnu::weak]] void __asan_handle_no_return();

[[gnu::weak]] void* __tsan_create_fiber(unsigned flags);
[[gnu::weak]] void  __tsan_destroy_fiber(void* fiber);
[[gnu::weak]] void* __tsan_get_current_fiber();
[[gnu::weak]] void  __tsan_switch_to_fiber(void* fiber, unsigned flags);
}
