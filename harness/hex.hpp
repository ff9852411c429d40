#pragma once

// Bytes and codes in hexadecimal, as all our texts write them: small letters.

#include <cstdint>
#include <string>
#include <string_view>

namespace interlock::harness {

inline constexpr std::string_view hex_digits = "0123456789abcdef";

/// Two digits, also where one would do.
inline void add_hex(std::string& text, unsigned char byte) {
    text += hex_digits[byte >> 4];
    text += hex_digits[byte & 15];
}

/// As addresses and control codes are mostly written: 0x12c803.
inline std::string hex_number(std::uint64_t number) {
    std::string digits;
    for (; number != 0 || digits.empty(); number >>= 4)
        digits.insert(digits.begin(), hex_digits[number & 15]);
    return "0x" + digits;
}

}  // namespace interlock::harness
