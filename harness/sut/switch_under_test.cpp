#include "harness/sut/switch_under_test.hpp"

namespace interlock::harness {

std::size_t SwitchUnderTest::send_many(SutPort port, std::span<const std::uint8_t> frame,
                                       std::size_t count) {
    std::size_t accepted = 0;
    for (std::size_t one = 0; one < count; ++one)
        accepted += send(port, frame) ? 1U : 0U;
    return accepted;
}

}  // namespace interlock::harness
