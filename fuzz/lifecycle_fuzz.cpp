// Any bytes are a scenario, and an extension must keep the rules through any scenario.

#include <cstddef>
#include <cstdint>

#include "fuzz/judged_stage.hpp"
#include "harness/scenario/bytes.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    interlock::fuzz::play_judged(interlock::harness::decode({data, size}));
    return 0;
}
