#pragma once

// Some bytes of memory, by where they are.

#include <cstddef>
#include <cstdint>

namespace interlock::harness {

class Stretch {
public:
    Stretch(const void* memory, std::size_t bytes)
        : begin(reinterpret_cast<std::uintptr_t>(memory)), end(begin + bytes) {}

    /// Whether some of those bytes are among these.
    bool meets(const void* memory, std::size_t bytes) const {
        const auto other = reinterpret_cast<std::uintptr_t>(memory);
        return begin < other + bytes && other < end;
    }

private:
    std::uintptr_t begin;
    std::uintptr_t end;
};

}  // namespace interlock::harness
