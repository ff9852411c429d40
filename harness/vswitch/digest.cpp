#include "harness/vswitch/digest.hpp"

#include <array>
#include <cstring>

namespace interlock::harness {
namespace {

using Words              = std::array<std::uint64_t, 2>;
__extension__ using Wide = unsigned __int128;  // No part of ISO C++.

/// Both words multiplied with each other, after each was mixed with a number of its own: the whole
/// product, its upper half folded into its lower one.
std::uint64_t mix(const Words& words, std::uint64_t lane) {
    constexpr Words salt{0x9E37'79B9'7F4A'7C15, 0xD6E8'FEB8'6659'FD93};
    const auto      product =
        static_cast<Wide>(words[0] ^ salt[0] ^ lane) * static_cast<Wide>(words[1] ^ salt[1]);
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

template <typename Number>
std::uint64_t number_at(const std::uint8_t* from) {
    Number number;
    std::memcpy(&number, from, sizeof number);
    return number;
}

Words words_at(const std::uint8_t* from) {
    return {number_at<std::uint64_t>(from), number_at<std::uint64_t>(from + 8)};
}

/// At most 16 bytes; where two reads meet they overlap.
Words last_words(const std::uint8_t* from, std::size_t bytes) {
    if (bytes >= 8)
        return {number_at<std::uint64_t>(from), number_at<std::uint64_t>(from + bytes - 8)};
    if (bytes >= 4)
        return {number_at<std::uint32_t>(from), number_at<std::uint32_t>(from + bytes - 4)};
    std::uint64_t all = 0;
    for (std::size_t place = 0; place < bytes; ++place)
        all = all << 8 | from[place];
    return {all, 0};
}

/// Most are a few pointers, or the headers of a frame: one lane is there sooner than four.
std::uint64_t sum_of_few(const std::uint8_t* from, std::size_t bytes, std::uint64_t seed) {
    std::uint64_t lane = mix({seed, bytes}, 0);
    std::size_t   left = bytes;
    for (; left > sizeof(Words); left -= sizeof(Words), from += sizeof(Words))
        lane = mix(words_at(from), lane);
    return mix({lane, bytes}, mix(last_words(from, left), lane));
}

}  // namespace

std::uint64_t sum_of(const void* data, std::size_t bytes, std::uint64_t seed) {
    constexpr std::size_t few = 4 * sizeof(Words);
    if (bytes <= few) return sum_of_few(static_cast<const std::uint8_t*>(data), bytes, seed);
    // Four lanes side by side, because one alone waits for its own multiplication.
    std::array<std::uint64_t, 4> lanes{seed + 1, 2, 3, 4};
    std::array<Words, 4>         words{};
    const auto*                  from = static_cast<const std::uint8_t*>(data);
    std::size_t                  left = bytes;
    for (; left >= sizeof words; left -= sizeof words, from += sizeof words) {
        std::memcpy(words.data(), from, sizeof words);
        for (std::size_t lane = 0; lane < lanes.size(); ++lane)
            lanes[lane] = mix(words[lane], lanes[lane]);
    }
    words = {};
    if (left > 0) std::memcpy(words.data(), from, left);
    std::uint64_t all = bytes;
    for (std::size_t lane = 0; lane < lanes.size(); ++lane)
        all = mix({all, mix(words[lane], lanes[lane])}, lane);
    return all;
}

std::uint32_t digest_of(const void* data, std::size_t bytes, std::uint32_t seed) {
    const std::uint64_t sum    = sum_of(data, bytes, seed);
    const auto          digest = static_cast<std::uint32_t>(sum >> 32 ^ sum);
    return digest == 0 ? 1 : digest;
}

}  // namespace interlock::harness
