#pragma once

// Where in an extension's code a call of the host comes from.

#include <array>
#include <cstdint>
#include <span>

#include "model/event.hpp"

namespace interlock::harness {

class Image;

/// A place in a module's code: behind the call, as an offset into the module.
struct CodePlace {
    model::ModuleId module = 0;
    std::uint64_t   offset = 0;

    friend bool operator==(const CodePlace&, const CodePlace&) = default;
};

/// Innermost first; down to the callback that the host called.
struct CallStack {
    static constexpr std::size_t places_max = 24;  // What lies deeper is left out.

    std::array<CodePlace, places_max> places = {};
    std::uint32_t                     count  = 0;

    std::span<const CodePlace> all() const {
        return {places.data(), count};
    }
    friend bool operator==(const CallStack& one, const CallStack& other);
};

/// The stack of this thread of control, from the innermost place that lies in one of `images`, by
/// their place in the stack of modules, as far as it stays there. Takes microseconds.
CallStack call_stack(std::span<const Image> images);

/// A number for it: the same in every process that has loaded the same files.
std::uint64_t digest_of(const CallStack& stack);

}  // namespace interlock::harness
