// Counted strings. Lengths are bytes. Pages: rtlinitunicodestring, rtlequalunicodestring,
// rtlansistringtounicodestring and kin (wdm).

#include <algorithm>
#include <string>

#include "harness/ddi/ddi.hpp"

using namespace interlock;
using namespace interlock::harness;

extern "C" std::size_t wdk_wcslen(const wchar_t* text) noexcept;

namespace {

constexpr std::uint32_t string_tag = tag_of("Strg");  // Of what RtlFree…String frees.
constexpr USHORT        bytes_max  = 0xFFFE;

template <typename Unit>
Unit upcased(Unit unit) {
    return unit >= 'a' && unit <= 'z' ? static_cast<Unit>(unit - 0x20) : unit;
}

template <typename String>
std::size_t units_of(const String& string) {
    return string.Length / sizeof *string.Buffer;
}

template <typename String>
LONG compare(const String& left, const String& right, BOOLEAN fold) {
    const std::size_t shorter = std::min(units_of(left), units_of(right));
    for (std::size_t i = 0; i < shorter; ++i) {
        const int one   = fold ? upcased(left.Buffer[i]) : left.Buffer[i];
        const int other = fold ? upcased(right.Buffer[i]) : right.Buffer[i];
        if (one != other) return one - other;
    }
    return static_cast<LONG>(left.Length) - static_cast<LONG>(right.Length);
}

template <typename String, typename Unit>
void initialize(String& string, const Unit* text, std::size_t units) {
    const std::size_t bytes = std::min<std::size_t>(units * sizeof(Unit), bytes_max - sizeof(Unit));
    string.Buffer           = const_cast<Unit*>(text);
    string.Length           = static_cast<USHORT>(text ? bytes : 0);
    string.MaximumLength    = static_cast<USHORT>(text ? bytes + sizeof(Unit) : 0);
}

NTSTATUS append(UNICODE_STRING& to, const WCHAR* from, std::size_t units) {
    const std::size_t bytes = units * sizeof(WCHAR);
    if (bytes + to.Length > to.MaximumLength) return STATUS_BUFFER_TOO_SMALL;
    std::copy_n(from, units, to.Buffer + units_of(to));
    to.Length = static_cast<USHORT>(to.Length + bytes);
    if (to.Length < to.MaximumLength) to.Buffer[units_of(to)] = 0;
    return STATUS_SUCCESS;
}

/// Between the widths. A terminator follows, and needs room, too.
template <typename To, typename From>
NTSTATUS convert(FaultPoint call, To& to, const From& from, BOOLEAN allocate) {
    using Unit              = std::remove_reference_t<decltype(*to.Buffer)>;
    const std::size_t units = units_of(from);
    const std::size_t bytes = (units + 1) * sizeof(Unit);
    if (bytes > bytes_max) return STATUS_INVALID_PARAMETER_2;
    if (allocate) {
        World& here = world();
        if (const Failure* fault = here.faults.strike(call)) return fault->status;
        to.Buffer = static_cast<Unit*>(allocate_for_driver(bytes, string_tag, PoolKind::object));
        to.MaximumLength = static_cast<USHORT>(bytes);
    } else if (bytes > to.MaximumLength) {
        return STATUS_BUFFER_OVERFLOW;
    }
    std::transform(from.Buffer, from.Buffer + units, to.Buffer, [](auto unit) {
        const auto value = static_cast<std::make_unsigned_t<decltype(unit)>>(unit);
        return static_cast<Unit>(sizeof(Unit) == 1 && value > 0xFF ? '?' : value);
    });
    to.Buffer[units] = 0;
    to.Length        = static_cast<USHORT>(units * sizeof(Unit));
    return STATUS_SUCCESS;
}

template <typename String>
void free_string(String& string) {
    if (string.Buffer != nullptr) free_object(string.Buffer, string_tag);
    string = {};
}

std::string digits_of(ULONG value, ULONG base) {
    std::string digits;
    do {
        digits.push_back("0123456789ABCDEF"[value % base]);
        value /= base;
    } while (value != 0);
    std::ranges::reverse(digits);
    return digits;
}

}  // namespace

extern "C" {

void RtlInitUnicodeString(UNICODE_STRING* to, PCWSTR text) noexcept {
    initialize(*to, text, text ? wdk_wcslen(text) : 0);
}

NTSTATUS RtlUnicodeStringInit(UNICODE_STRING* to, PCWSTR text) noexcept {
    if (text && wdk_wcslen(text) > UNICODE_STRING_MAX_CHARS) return STATUS_INVALID_PARAMETER;
    RtlInitUnicodeString(to, text);
    return STATUS_SUCCESS;
}

void RtlInitAnsiString(ANSI_STRING* to, PCSZ text) noexcept {
    initialize(*to, text, text ? std::strlen(text) : 0);
}

void RtlInitString(STRING* to, PCSZ text) noexcept {
    RtlInitAnsiString(to, text);
}

void RtlCopyUnicodeString(UNICODE_STRING* to, PCUNICODE_STRING from) noexcept {
    const USHORT bytes = from ? std::min(from->Length, to->MaximumLength) : USHORT{0};
    if (bytes > 0) std::memmove(to->Buffer, from->Buffer, bytes);
    to->Length = bytes;
    if (bytes + sizeof(WCHAR) <= to->MaximumLength) to->Buffer[bytes / sizeof(WCHAR)] = 0;
}

BOOLEAN RtlEqualUnicodeString(PCUNICODE_STRING left, PCUNICODE_STRING right,
                              BOOLEAN fold) noexcept {
    enter("RtlEqualUnicodeString", passive_level);
    return compare(*left, *right, fold) == 0 ? TRUE : FALSE;
}

LONG RtlCompareUnicodeString(PCUNICODE_STRING left, PCUNICODE_STRING right, BOOLEAN fold) noexcept {
    enter("RtlCompareUnicodeString", passive_level);
    return compare(*left, *right, fold);
}

BOOLEAN RtlEqualString(const STRING* left, const STRING* right, BOOLEAN fold) noexcept {
    return compare(*left, *right, fold) == 0 ? TRUE : FALSE;
}

NTSTATUS RtlAppendUnicodeToString(UNICODE_STRING* to, PCWSTR from) noexcept {
    return from ? append(*to, from, wdk_wcslen(from)) : STATUS_SUCCESS;
}

NTSTATUS RtlAppendUnicodeStringToString(UNICODE_STRING* to, PCUNICODE_STRING from) noexcept {
    return append(*to, from->Buffer, units_of(*from));
}

NTSTATUS RtlAnsiStringToUnicodeString(UNICODE_STRING* to, PCANSI_STRING from,
                                      BOOLEAN allocate) noexcept {
    enter("RtlAnsiStringToUnicodeString", passive_level);
    return convert(FaultPoint("RtlAnsiStringToUnicodeString"), *to, *from, allocate);
}

NTSTATUS RtlUnicodeStringToAnsiString(ANSI_STRING* to, PCUNICODE_STRING from,
                                      BOOLEAN allocate) noexcept {
    enter("RtlUnicodeStringToAnsiString", passive_level);
    return convert(FaultPoint("RtlUnicodeStringToAnsiString"), *to, *from, allocate);
}

ULONG RtlxUnicodeStringToAnsiSize(PCUNICODE_STRING text) noexcept {
    enter("RtlUnicodeStringToAnsiSize", passive_level);
    return static_cast<ULONG>(units_of(*text) + 1);
}

void RtlFreeUnicodeString(UNICODE_STRING* text) noexcept {
    enter("RtlFreeUnicodeString", apc_level);
    free_string(*text);
}

void RtlFreeAnsiString(ANSI_STRING* text) noexcept {
    enter("RtlFreeAnsiString", apc_level);
    free_string(*text);
}

NTSTATUS RtlIntegerToUnicodeString(ULONG value, ULONG base, UNICODE_STRING* to) noexcept {
    enter("RtlIntegerToUnicodeString", passive_level);
    if (base == 0) base = 10;
    if (base != 2 && base != 8 && base != 10 && base != 16) return STATUS_INVALID_PARAMETER;
    const std::string digits = digits_of(value, base);
    if (digits.size() * sizeof(WCHAR) > to->MaximumLength) return STATUS_BUFFER_OVERFLOW;
    std::ranges::copy(digits, to->Buffer);
    to->Length = static_cast<USHORT>(digits.size() * sizeof(WCHAR));
    return STATUS_SUCCESS;
}

WCHAR RtlUpcaseUnicodeChar(WCHAR unit) noexcept {
    return upcased(unit);
}

}  // extern "C"
