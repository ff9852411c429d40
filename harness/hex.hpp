#pragma once

// Bytes and codes in hexadecimal, as all our texts write them: small letters.

#include <string>
#include <string_view>

namespace interlock::harness {

inline constexpr std::string_view hex_digits = "0123456789abcdef";

/// Two digits, also where one would do.
inline void add_hex(std::string& text, unsigned char byte) {
    text += hex_digits[byte >> 4];
    text += hex_digits[byte & 15];
}

}  // namespace interlock::harness
