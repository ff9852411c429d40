// What an engine's own work costs: a target that does nothing. props/bench/throughput compares.

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* /*data*/, std::size_t /*size*/) {
    return 0;
}
