// Any bytes are what processes do with the devices of an extension, while two guests talk.

#include <cstddef>
#include <cstdint>

#include "fuzz/judged_stage.hpp"
#include "fuzz/lives.hpp"
#include "harness/scenario/bytes.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace interlock;
    fuzz::play_judged(fuzz::with_processes_beside(harness::decode({data, size})));
    return 0;
}
