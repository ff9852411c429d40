// Any bytes are a scenario, and in each calls of the extension fail by chance.

#include <cstddef>
#include <cstdint>

#include "fuzz/judged_stage.hpp"
#include "harness/scenario/bytes.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    interlock::harness::Scenario scenario = interlock::harness::decode({data, size});
    scenario.fault_seed |= static_cast<std::uint32_t>(scenario.seed) | 1;  // Which is mutated.
    interlock::fuzz::play_judged(scenario);
    return 0;
}
