// Any bytes are a scenario, and the switch alone, with no extension on it, keeps the rules.

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "fuzz/judged_stage.hpp"
#include "harness/scenario/bytes.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    setenv("INTERLOCK_EXTENSION", "", 1);
    interlock::fuzz::play_judged(interlock::harness::decode({data, size}));
    return 0;
}
