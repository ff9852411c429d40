#include "harness/vswitch/digest.hpp"

#include <array>
#include <cstring>

namespace interlock::harness {
namespace {

constexpr std::uint64_t odd = 0x9E37'79B9'7F4A'7C15;

constexpr std::uint64_t mix(std::uint64_t lane, std::uint64_t word) {
    const std::uint64_t mixed = (lane ^ word) * odd;
    return mixed ^ mixed >> 29;
}

}  // namespace

std::uint32_t digest_of(const void* data, std::size_t bytes, std::uint32_t seed) {
    // Four lanes side by side, because one alone waits for its own multiplication.
    std::array<std::uint64_t, 4> lanes{seed + 1U, 2, 3, 4};
    std::array<std::uint64_t, 4> words{};
    const auto*                  from = static_cast<const std::uint8_t*>(data);
    std::size_t                  left = bytes;
    for (; left >= sizeof words; left -= sizeof words, from += sizeof words) {
        std::memcpy(words.data(), from, sizeof words);
        for (std::size_t lane = 0; lane < lanes.size(); ++lane)
            lanes[lane] = mix(lanes[lane], words[lane]);
    }
    words = {};
    if (left > 0) std::memcpy(words.data(), from, left);
    std::uint64_t all = bytes;
    for (std::size_t lane = 0; lane < lanes.size(); ++lane)
        all = mix(all, mix(lanes[lane], words[lane]));
    const auto digest = static_cast<std::uint32_t>(all >> 32);
    return digest == 0 ? 1 : digest;
}

}  // namespace interlock::harness
