#pragma once

// Numbers and words as bytes, the lowest first.

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace interlock::harness {

/// Bytes taken one after the other; behind the end there are zeroes.
class ByteReader {
public:
    explicit ByteReader(std::span<const std::uint8_t> all) : bytes(all) {}

    bool at_end() const {
        return bytes.empty();
    }

    std::uint8_t u8() {
        if (bytes.empty()) return 0;
        const std::uint8_t first = bytes.front();
        bytes                    = bytes.subspan(1);
        return first;
    }

    template <typename Number>
    Number little() {
        Number value = 0;
        for (std::size_t at = 0; at < sizeof(Number); ++at) {
            value = static_cast<Number>(value | static_cast<Number>(Number{u8()} << (8 * at)));
        }
        return value;
    }

    std::string word() {
        const std::size_t told = u8();
        const std::size_t size = std::min(told, bytes.size());
        std::string       text(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
        bytes = bytes.subspan(size);
        return text;
    }

private:
    std::span<const std::uint8_t> bytes;
};

class ByteWriter {
public:
    void u8(std::uint8_t byte) {
        bytes.push_back(byte);
    }

    template <typename Number>
    void little(Number value) {
        for (std::size_t at = 0; at < sizeof(Number); ++at) {
            u8(static_cast<std::uint8_t>(value >> (8 * at)));
        }
    }

    void word(const std::string& text) {
        u8(static_cast<std::uint8_t>(text.size()));
        bytes.insert(bytes.end(), text.begin(), text.end());
    }

    std::vector<std::uint8_t> bytes;
};

}  // namespace interlock::harness
