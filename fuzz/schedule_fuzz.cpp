// Any bytes are a schedule: who goes on at each place of a life in which two guests talk.

#include <cstddef>
#include <cstdint>

#include "fuzz/judged_stage.hpp"
#include "fuzz/lives.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto scheduler = interlock::harness::fuzz_bytes({data, size});
    interlock::fuzz::play_judged(interlock::fuzz::two_guests_talk(), *scheduler);
    return 0;
}
