// Addresses to text and back. Pages: rtlipv4addresstostringa, rtlipv6addresstostringa,
// rtlipv4stringtoaddressa, rtlipv6stringtoaddressa, rtlethernetstringtoaddressa (ip2string).

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include <ip2string.h>

#include "harness/ddi/ddi.hpp"

using namespace interlock::harness;

namespace {

using Words = std::array<unsigned, 8>;

char* write(char* to, unsigned value, unsigned base) {
    std::array<char, 8> digits{};
    std::size_t         count = 0;
    do {
        digits[count++] = "0123456789abcdef"[value % base];
        value /= base;
    } while (value != 0);
    return std::reverse_copy(digits.data(), digits.data() + count, to);
}

char* write_dotted(char* to, const UCHAR* bytes) {
    for (int place = 0; place < 4; ++place) {
        if (place > 0) *to++ = '.';
        to = write(to, bytes[place], 10);
    }
    return to;
}

/// The longest row of zero words, two at least, that "::" stands for; the first of equals.
struct Gap {
    std::size_t at = 8, count = 0;
};

Gap longest_gap(const Words& words, std::size_t count) {
    Gap longest;
    for (std::size_t at = 0; at < count;) {
        std::size_t end = at;
        while (end < count && words[end] == 0)
            ++end;
        if (end - at >= 2 && end - at > longest.count) longest = {at, end - at};
        at = std::max(end, at + 1);
    }
    return longest;
}

Words words_of(const IN6_ADDR& address) {
    Words words{};
    for (std::size_t i = 0; i < words.size(); ++i)
        words[i] = static_cast<unsigned>(address.u.Byte[i * 2] << 8 | address.u.Byte[i * 2 + 1]);
    return words;
}

/// ::a.b.c.d, ::ffff:a.b.c.d and ::ffff:0:a.b.c.d are written with dots at their end.
bool ends_dotted(const Words& w) {
    if (w[0] != 0 || w[1] != 0 || w[2] != 0 || w[3] != 0 || w[6] == 0) return false;
    const bool compatible = w[4] == 0 && w[5] == 0;
    const bool mapped     = w[4] == 0 && w[5] == 0xFFFF;
    const bool translated = w[4] == 0xFFFF && w[5] == 0;
    return compatible || mapped || translated;
}

char* write_words(char* to, const Words& words, std::size_t count) {
    const Gap gap = longest_gap(words, count);
    for (std::size_t i = 0; i < count;) {
        if (i == gap.at) {
            *to++ = ':';
            *to++ = ':';
            i += gap.count;
            continue;
        }
        if (i > 0 && i != gap.at + gap.count) *to++ = ':';
        to = write(to, words[i++], 16);
    }
    return to;
}

/// A number of at most so many digits; nothing if there is no digit.
std::optional<unsigned> read(const char*& from, int base, int digits_max) {
    const auto digit = [base](char c) {
        const int value = std::isdigit(static_cast<unsigned char>(c))    ? c - '0'
                          : std::isxdigit(static_cast<unsigned char>(c)) ? (c | 0x20) - 'a' + 10
                                                                         : 99;
        return value < base ? value : -1;
    };
    unsigned value = 0;
    int      count = 0;
    for (; count < digits_max && digit(*from) >= 0; ++count, ++from)
        value = value * static_cast<unsigned>(base) + static_cast<unsigned>(digit(*from));
    if (count == 0 || digit(*from) >= 0) return std::nullopt;
    return value;
}

/// Four decimal numbers with dots between them; `from` is then behind them.
bool read_dotted(const char*& from, UCHAR* bytes) {
    for (int place = 0; place < 4; ++place) {
        if (place > 0 && *from++ != '.') return false;
        const auto value = read(from, 10, 3);
        if (!value || *value > 255) return false;
        bytes[place] = static_cast<UCHAR>(*value);
    }
    return true;
}

/// What has been read of an IPv6 address so far.
struct Reading6 {
    std::array<UCHAR, 16>      bytes{};
    std::size_t                count = 0;
    std::optional<std::size_t> gap;

    bool put(unsigned word) {
        if (count + 2 > bytes.size()) return false;
        bytes[count++] = static_cast<UCHAR>(word >> 8);
        bytes[count++] = static_cast<UCHAR>(word);
        return true;
    }

    bool put_dotted(const char*& from) {
        if (count + 4 > bytes.size() || !read_dotted(from, bytes.data() + count)) return false;
        count += 4;
        return true;
    }

    /// What stands behind "::" goes to the end.
    bool finish() {
        if (!gap) return count == bytes.size();
        if (count == bytes.size()) return false;
        std::rotate(bytes.begin() + static_cast<std::ptrdiff_t>(*gap),
                    bytes.begin() + static_cast<std::ptrdiff_t>(count), bytes.end());
        return true;
    }
};

bool read_address6(const char*& from, Reading6& reading) {
    if (from[0] == ':' && from[1] != ':') return false;
    while (true) {
        if (from[0] == ':' && from[1] == ':') {
            if (reading.gap) return false;
            reading.gap = reading.count;
            from += 2;
            if (!std::isxdigit(static_cast<unsigned char>(*from))) return true;
        }
        const char* const word_began = from;
        const auto        word       = read(from, 16, 4);
        if (!word) return false;
        if (*from == '.') {
            from = word_began;
            return reading.put_dotted(from);
        }
        if (!reading.put(*word)) return false;
        if (*from != ':') return true;
        if (from[1] != ':') ++from;
    }
}

}  // namespace

extern "C" {

PSTR RtlIpv4AddressToStringA(const IN_ADDR* address, PSTR text) noexcept {
    char* const end = write_dotted(text, reinterpret_cast<const UCHAR*>(address));
    *end            = 0;
    return end;
}

PSTR RtlIpv6AddressToStringA(const IN6_ADDR* address, PSTR text) noexcept {
    const Words words  = words_of(*address);
    const bool  dotted = ends_dotted(words);
    char*       end    = write_words(text, words, dotted ? 6 : 8);
    if (dotted) {
        if (end[-1] != ':') *end++ = ':';
        end = write_dotted(end, address->u.Byte + 12);
    }
    *end = 0;
    return end;
}

/// Only four decimal parts are read, whatever `strict` says.
NTSTATUS RtlIpv4StringToAddressA(PCSTR text, BOOLEAN, PCSTR* terminator,
                                 IN_ADDR* address) noexcept {
    const char* at   = text;
    const bool  good = read_dotted(at, reinterpret_cast<UCHAR*>(address));
    *terminator      = at;
    return good ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

NTSTATUS RtlIpv6StringToAddressA(PCSTR text, PCSTR* terminator, IN6_ADDR* address) noexcept {
    Reading6    reading;
    const char* at   = text;
    const bool  good = read_address6(at, reading) && reading.finish();
    *terminator      = at;
    if (!good) return STATUS_INVALID_PARAMETER;
    std::ranges::copy(reading.bytes, address->u.Byte);
    return STATUS_SUCCESS;
}

NTSTATUS RtlEthernetStringToAddressA(PCSTR text, PCSTR* terminator, PVOID address) noexcept {
    const char* at    = text;
    auto* const bytes = static_cast<UCHAR*>(address);
    bool        good  = true;
    for (int place = 0; place < 6 && good; ++place) {
        if (place > 0) good = *at == '-' || *at == ':';
        if (place > 0 && good) ++at;
        const auto value = good ? read(at, 16, 2) : std::nullopt;
        good             = value.has_value();
        if (good) bytes[place] = static_cast<UCHAR>(*value);
    }
    *terminator = at;
    return good ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

}  // extern "C"
