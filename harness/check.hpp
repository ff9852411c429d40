#pragma once

// The third kind of error: Interlock is wrong. On in every build; prints and aborts, so that a
// fuzzer sees it.

#include <source_location>
#include <string_view>

namespace interlock::harness {

[[noreturn]] void internal_error(
    std::string_view what, const std::source_location& where = std::source_location::current());

inline void check(bool holds, std::string_view what,
                  const std::source_location& where = std::source_location::current()) {
    if (!holds) internal_error(what, where);
}

}  // namespace interlock::harness
