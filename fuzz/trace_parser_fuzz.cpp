// Any bytes are a trace or are refused; what is read is written so that it is read the same again,
// and judged the same.

#include <cstddef>
#include <cstdint>

#include "fuzz/trace_again.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    interlock::fuzz::read_judge_and_write({reinterpret_cast<const char*>(data), size});
    return 0;
}
