#include "fuzz/engine.hpp"

#include <cstdint>

#include "fuzz/coverage.hpp"
#include "fuzz/edge_counters.hpp"

// Of afl-compiler-rt: the map that AFL++ looks at after each input, and clears before the next.
extern "C" {
extern std::uint8_t* __afl_area_ptr;
extern std::uint32_t __afl_map_size;
}

namespace interlock::fuzz {

// AFL++ does not know clang's inline counters, so that the edges are told with the rest. It makes
// classes of how often by itself.
void tell_engine(const harness::Performance& performance) {
    for_each_count(performance, edge_counters(), [](std::uint32_t place, std::uint64_t count) {
        if (__afl_map_size > 0) __afl_area_ptr[place % __afl_map_size] = as_counter(count);
    });
    reset_edge_counters();
}

}  // namespace interlock::fuzz
