#pragma once

// Blocks of memory, taken and given back by the hundred in every run: small ones are kept by size,
// which is far quicker than the C library. Under an address sanitizer each is one of the C library,
// so that its bounds and its end are watched.

#include <array>
#include <cstddef>
#include <cstdlib>
#include <vector>

#include "harness/kernel/poison.hpp"

namespace interlock::harness {

class Blocks {
public:
    Blocks() = default;
    ~Blocks() {
        for (const auto& idle : idle_by_size)
            for (void* const block : idle)
                std::free(block);
    }
    Blocks(const Blocks&)            = delete;
    Blocks& operator=(const Blocks&) = delete;

    /// @return 16-byte aligned; nullptr only when the machine has no more.
    void* take(std::size_t bytes) {
        if (!keeps(bytes)) return std::malloc(bytes);
        auto& idle = idle_by_size[size_class(bytes)];
        if (idle.empty()) return std::malloc(size_class(bytes) * step_bytes);
        void* const block = idle.back();
        idle.pop_back();
        return block;
    }

    /// @param bytes  as they were asked for.
    void give_back(void* block, std::size_t bytes) {
        if (!keeps(bytes)) return std::free(block);
        idle_by_size[size_class(bytes)].push_back(block);
    }

private:
    static constexpr std::size_t step_bytes = 16;
    static constexpr std::size_t bytes_max  = 4096;

    static bool keeps(std::size_t bytes) {
        return bytes > 0 && bytes <= bytes_max && !poisons_memory();
    }
    static std::size_t size_class(std::size_t bytes) {
        return (bytes + step_bytes - 1) / step_bytes;
    }

    std::array<std::vector<void*>, bytes_max / step_bytes + 1> idle_by_size;
};

}  // namespace interlock::harness
