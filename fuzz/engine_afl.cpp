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

// AFL++ does not know clang's inline counters, so that the edges are told with the rest.
void tell_engine(const harness::Performance& performance) {
    for_each_feature(performance, edge_counters(), [](std::uint32_t feature) {
        if (__afl_map_size > 0) __afl_area_ptr[feature % __afl_map_size] = 1;
    });
    reset_edge_counters();
}

}  // namespace interlock::fuzz
