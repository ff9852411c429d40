// Safe strings: buffers are counted, results always have a terminator. Pages:
// rtlstringcbprintfw, rtlstringcbcopyw and kin (ntstrsafe).

#include <algorithm>

#include <ntstrsafe.h>

#include "harness/ddi/ddi.hpp"
#include "harness/kernel/format.hpp"

using namespace interlock::harness;

namespace {

template <typename Unit>
std::size_t length_of(const Unit* text, std::size_t max) {
    std::size_t length = 0;
    while (length < max && text[length] != 0)
        ++length;
    return length;
}

/// Fills in as much as has room.
template <typename Unit, typename From>
NTSTATUS fill(Unit* to, std::size_t room, const From* text, std::size_t length) {
    if (room == 0 || room > NTSTRSAFE_MAX_CCH) return STATUS_INVALID_PARAMETER;
    const std::size_t copied = std::min(length, room - 1);
    std::transform(text, text + copied, to, [](From unit) {
        const auto value = static_cast<std::make_unsigned_t<From>>(unit);
        return static_cast<Unit>(sizeof(Unit) == 1 && value > 0xFF ? '?' : value);
    });
    to[copied] = 0;
    return copied == length ? STATUS_SUCCESS : STATUS_BUFFER_OVERFLOW;
}

template <typename Unit>
NTSTATUS print(Unit* to, std::size_t room, const Unit* format, va_list arguments) {
    const Text text = format_text(format, arguments);
    return fill(to, room, reinterpret_cast<const std::uint16_t*>(text.data()), text.size());
}

template <typename Unit>
NTSTATUS copy(Unit* to, std::size_t room, const Unit* from) {
    return fill(to, room, from, length_of(from, NTSTRSAFE_MAX_CCH));
}

template <typename Unit>
NTSTATUS append(Unit* to, std::size_t room, const Unit* from) {
    const std::size_t length = length_of(to, room);
    if (length == room) return STATUS_INVALID_PARAMETER;
    return copy(to + length, room - length, from);
}

template <typename Unit>
NTSTATUS measure(const Unit* text, std::size_t max, std::size_t unit_counts, std::size_t* result) {
    const std::size_t length = text ? length_of(text, max) : max;
    if (result != nullptr) *result = length < max ? length * unit_counts : 0;
    return length < max ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

constexpr std::size_t wide = sizeof(wchar_t);

}  // namespace

extern "C" {

NTSTATUS RtlStringCbVPrintfA(char* to, size_t bytes, const char* format,
                             va_list arguments) noexcept {
    return print(to, bytes, format, arguments);
}

NTSTATUS RtlStringCbVPrintfW(wchar_t* to, size_t bytes, const wchar_t* format,
                             va_list arguments) noexcept {
    return print(to, bytes / wide, format, arguments);
}

NTSTATUS RtlStringCbPrintfA(char* to, size_t bytes, const char* format, ...) noexcept {
    va_list arguments;
    va_start(arguments, format);
    const NTSTATUS status = print(to, bytes, format, arguments);
    va_end(arguments);
    return status;
}

NTSTATUS RtlStringCbPrintfW(wchar_t* to, size_t bytes, const wchar_t* format, ...) noexcept {
    va_list arguments;
    va_start(arguments, format);
    const NTSTATUS status = print(to, bytes / wide, format, arguments);
    va_end(arguments);
    return status;
}

NTSTATUS RtlStringCchPrintfA(char* to, size_t units, const char* format, ...) noexcept {
    va_list arguments;
    va_start(arguments, format);
    const NTSTATUS status = print(to, units, format, arguments);
    va_end(arguments);
    return status;
}

NTSTATUS RtlStringCchPrintfW(wchar_t* to, size_t units, const wchar_t* format, ...) noexcept {
    va_list arguments;
    va_start(arguments, format);
    const NTSTATUS status = print(to, units, format, arguments);
    va_end(arguments);
    return status;
}

NTSTATUS RtlUnicodeStringPrintf(UNICODE_STRING* to, const wchar_t* format, ...) noexcept {
    va_list arguments;
    va_start(arguments, format);
    const Text text = format_text(format, arguments);
    va_end(arguments);
    const std::size_t copied = std::min<std::size_t>(text.size(), to->MaximumLength / wide);
    std::copy_n(text.begin(), copied, to->Buffer);
    to->Length = static_cast<USHORT>(copied * wide);
    return copied == text.size() ? STATUS_SUCCESS : STATUS_BUFFER_OVERFLOW;
}

NTSTATUS RtlStringCbCopyA(char* to, size_t bytes, const char* from) noexcept {
    return copy(to, bytes, from);
}

NTSTATUS RtlStringCbCopyW(wchar_t* to, size_t bytes, const wchar_t* from) noexcept {
    return copy(to, bytes / wide, from);
}

NTSTATUS RtlStringCbCopyNW(wchar_t* to, size_t bytes, const wchar_t* from,
                           size_t from_bytes) noexcept {
    return fill(to, bytes / wide, from, length_of(from, from_bytes / wide));
}

NTSTATUS RtlStringCchCopyA(char* to, size_t units, const char* from) noexcept {
    return copy(to, units, from);
}

NTSTATUS RtlStringCchCopyW(wchar_t* to, size_t units, const wchar_t* from) noexcept {
    return copy(to, units, from);
}

NTSTATUS RtlStringCbCatA(char* to, size_t bytes, const char* from) noexcept {
    return append(to, bytes, from);
}

NTSTATUS RtlStringCbCatW(wchar_t* to, size_t bytes, const wchar_t* from) noexcept {
    return append(to, bytes / wide, from);
}

NTSTATUS RtlStringCbLengthA(const char* text, size_t bytes, size_t* length) noexcept {
    return measure(text, bytes, 1, length);
}

NTSTATUS RtlStringCbLengthW(const wchar_t* text, size_t bytes, size_t* length) noexcept {
    return measure(text, bytes / wide, wide, length);
}

NTSTATUS RtlStringCchLengthA(const char* text, size_t units, size_t* length) noexcept {
    return measure(text, units, 1, length);
}

NTSTATUS RtlStringCchLengthW(const wchar_t* text, size_t units, size_t* length) noexcept {
    return measure(text, units, 1, length);
}

}  // extern "C"
