// Numbers and GUIDs as text. Pages: rtlunicodestringtointeger, rtlguidfromstring,
// rtlstringfromguid (wdm).

#include <algorithm>
#include <array>
#include <optional>

#include "harness/ddi/ddi.hpp"

using namespace interlock::harness;

extern "C" int _snwprintf(wchar_t* to, std::size_t max, const wchar_t* format, ...) noexcept;

namespace {

std::optional<ULONG> digit_of(WCHAR unit) {
    if (unit >= '0' && unit <= '9') return unit - '0';
    if (unit >= 'a' && unit <= 'f') return unit - 'a' + 10;
    if (unit >= 'A' && unit <= 'F') return unit - 'A' + 10;
    return std::nullopt;
}

/// Reads a counted text from its front.
class Reader {
public:
    explicit Reader(PCUNICODE_STRING text)
        : at(text->Buffer), end(text->Buffer + text->Length / sizeof(WCHAR)) {}

    bool skip(WCHAR unit) {
        if (at == end || *at != unit) return false;
        ++at;
        return true;
    }

    /// As many digits as there are, at most `digits_max`. @return how many there were.
    int digits(ULONG base, int digits_max, ULONG& value) {
        int count = 0;
        for (value = 0; count < digits_max && at != end; ++count, ++at) {
            const auto digit = digit_of(*at);
            if (!digit || *digit >= base) break;
            value = value * base + *digit;
        }
        return count;
    }

    bool ended() const {
        return at == end;
    }

private:
    const WCHAR* at;
    const WCHAR* end;
};

/// The base that a prefix says: 0x, 0o, 0b; none is decimal.
ULONG base_of_prefix(Reader& text) {
    Reader ahead = text;
    if (!ahead.skip('0')) return 10;
    ULONG base = 10;
    if (ahead.skip('x')) base = 16;
    if (ahead.skip('o')) base = 8;
    if (ahead.skip('b')) base = 2;
    if (base != 10) text = ahead;
    return base;
}

constexpr std::size_t guid_units = 38;  // {XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX}

}  // namespace

extern "C" {

NTSTATUS RtlUnicodeStringToInteger(PCUNICODE_STRING text, ULONG base, ULONG* value) noexcept {
    enter("RtlUnicodeStringToInteger", passive_level);
    Reader reader(text);
    while (reader.skip(' '))
        continue;
    const bool negative = reader.skip('-');
    if (!negative) reader.skip('+');
    if (base == 0) base = base_of_prefix(reader);
    if (base != 2 && base != 8 && base != 10 && base != 16) return STATUS_INVALID_PARAMETER;
    reader.digits(base, 64, *value);
    if (negative) *value = 0 - *value;
    return STATUS_SUCCESS;
}

NTSTATUS RtlGUIDFromString(PCUNICODE_STRING text, GUID* guid) noexcept {
    enter("RtlGUIDFromString", passive_level);
    Reader                reader(text);
    std::array<ULONG, 11> parts{};
    constexpr int         digits[11] = {8, 4, 4, 2, 2, 2, 2, 2, 2, 2, 2};
    bool                  good       = reader.skip('{');
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i == 1 || i == 2 || i == 3 || i == 5) good = good && reader.skip('-');
        good = good && reader.digits(16, digits[i], parts[i]) == digits[i];
    }
    if (!good || !reader.skip('}') || !reader.ended()) return STATUS_INVALID_PARAMETER;
    guid->Data1 = parts[0];
    guid->Data2 = static_cast<USHORT>(parts[1]);
    guid->Data3 = static_cast<USHORT>(parts[2]);
    std::transform(parts.begin() + 3, parts.end(), guid->Data4,
                   [](ULONG part) { return static_cast<UCHAR>(part); });
    return STATUS_SUCCESS;
}

/// The text is to be freed with RtlFreeUnicodeString.
NTSTATUS RtlStringFromGUID(const GUID* guid, UNICODE_STRING* text) noexcept {
    enter("RtlStringFromGUID", passive_level);
    const UCHAR* const last = guid->Data4;
    WCHAR              units[guid_units + 1];
    _snwprintf(units, guid_units + 1, L"{%08X-%04hX-%04hX-%02X%02X-%02X%02X%02X%02X%02X%02X}",
               guid->Data1, guid->Data2, guid->Data3, last[0], last[1], last[2], last[3], last[4],
               last[5], last[6], last[7]);
    STRING narrow{};
    char   bytes[guid_units];
    std::transform(units, units + guid_units, bytes,
                   [](WCHAR unit) { return static_cast<char>(unit); });
    narrow.Buffer        = bytes;
    narrow.Length        = guid_units;
    narrow.MaximumLength = guid_units;
    return RtlAnsiStringToUnicodeString(text, &narrow, TRUE);
}

}  // extern "C"
