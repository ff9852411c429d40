// The C library that a kernel has, where it differs from libc: wchar_t has 16 bits, and printf
// speaks Microsoft's dialect. The headers bind the standard names to these.

#include <algorithm>
#include <cctype>
#include <type_traits>

#include "harness/ddi/ddi.hpp"
#include "harness/kernel/format.hpp"

using namespace interlock::harness;

namespace {

template <typename Unit>
constexpr unsigned lower(Unit unit) {
    const auto value = static_cast<std::make_unsigned_t<Unit>>(unit);
    return value >= 'A' && value <= 'Z' ? value + 0x20U : value;
}

template <typename Unit>
constexpr unsigned same(Unit unit) {
    return static_cast<std::make_unsigned_t<Unit>>(unit);
}

template <typename Unit>
int compare(const Unit* left, const Unit* right, std::size_t max, unsigned (*fold)(Unit)) {
    for (std::size_t i = 0; i < max; ++i) {
        const unsigned one = fold(left[i]), other = fold(right[i]);
        if (one != other) return one < other ? -1 : 1;
        if (one == 0) return 0;
    }
    return 0;
}

constexpr std::size_t no_limit = ~std::size_t{0};

/// As _snprintf: no terminator where it does not fit; -1 if the text does not fit either.
template <typename Unit>
int copy_out(Unit* to, std::size_t max, const Text& text) {
    const std::size_t copied = std::min(max, text.size());
    std::transform(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(copied), to,
                   [](char16_t unit) {
                       if (sizeof(Unit) == 1 && unit > 0xFF) return static_cast<Unit>('?');
                       return static_cast<Unit>(unit);
                   });
    if (copied < max) to[copied] = 0;
    return text.size() > max ? -1 : static_cast<int>(text.size());
}

}  // namespace

extern "C" {

std::size_t wdk_wcsnlen(const wchar_t* text, std::size_t max) noexcept {
    std::size_t length = 0;
    while (length < max && text[length] != 0)
        ++length;
    return length;
}

std::size_t wdk_wcslen(const wchar_t* text) noexcept {
    return wdk_wcsnlen(text, no_limit);
}

int wdk_wcscmp(const wchar_t* left, const wchar_t* right) noexcept {
    return compare(left, right, no_limit, same<wchar_t>);
}

int wdk_wcsncmp(const wchar_t* left, const wchar_t* right, std::size_t max) noexcept {
    return compare(left, right, max, same<wchar_t>);
}

wchar_t* wdk_wcscpy(wchar_t* to, const wchar_t* from) noexcept {
    std::copy_n(from, wdk_wcslen(from) + 1, to);
    return to;
}

wchar_t* wdk_wcsncpy(wchar_t* to, const wchar_t* from, std::size_t max) noexcept {
    const std::size_t length = wdk_wcsnlen(from, max);
    std::copy_n(from, length, to);
    std::fill_n(to + length, max - length, L'\0');
    return to;
}

wchar_t* wdk_wcscat(wchar_t* to, const wchar_t* from) noexcept {
    wdk_wcscpy(to + wdk_wcslen(to), from);
    return to;
}

wchar_t* wdk_wcschr(const wchar_t* text, wchar_t value) noexcept {
    const wchar_t* const end   = text + wdk_wcslen(text) + 1;
    const wchar_t* const found = std::find(text, end, value);
    return found == end ? nullptr : const_cast<wchar_t*>(found);
}

wchar_t* wdk_wcsrchr(const wchar_t* text, wchar_t value) noexcept {
    for (std::size_t i = wdk_wcslen(text) + 1; i-- > 0;) {
        if (text[i] == value) return const_cast<wchar_t*>(text + i);
    }
    return nullptr;
}

wchar_t* wdk_wcsstr(const wchar_t* text, const wchar_t* part) noexcept {
    const wchar_t* const end   = text + wdk_wcslen(text);
    const wchar_t* const found = std::search(text, end, part, part + wdk_wcslen(part));
    return found == end && *part != 0 ? nullptr : const_cast<wchar_t*>(found);
}

int wdk_vsprintf(char* to, const char* format, va_list arguments) noexcept {
    return copy_out(to, no_limit, format_text(format, arguments));
}

int wdk_sprintf(char* to, const char* format, ...) noexcept {
    va_list arguments;
    va_start(arguments, format);
    const int length = wdk_vsprintf(to, format, arguments);
    va_end(arguments);
    return length;
}

int _stricmp(const char* left, const char* right) noexcept {
    return compare(left, right, no_limit, lower<char>);
}

int _strnicmp(const char* left, const char* right, std::size_t max) noexcept {
    return compare(left, right, max, lower<char>);
}

int _wcsicmp(const wchar_t* left, const wchar_t* right) noexcept {
    return compare(left, right, no_limit, lower<wchar_t>);
}

int _wcsnicmp(const wchar_t* left, const wchar_t* right, std::size_t max) noexcept {
    return compare(left, right, max, lower<wchar_t>);
}

int _vsnprintf(char* to, std::size_t max, const char* format, va_list arguments) noexcept {
    return copy_out(to, max, format_text(format, arguments));
}

int _snprintf(char* to, std::size_t max, const char* format, ...) noexcept {
    va_list arguments;
    va_start(arguments, format);
    const int length = _vsnprintf(to, max, format, arguments);
    va_end(arguments);
    return length;
}

int _snwprintf(wchar_t* to, std::size_t max, const wchar_t* format, ...) noexcept {
    va_list arguments;
    va_start(arguments, format);
    const int length = copy_out(to, max, format_text(format, arguments));
    va_end(arguments);
    return length;
}

/// @return how many bytes are equal, from the first.
SIZE_T RtlCompareMemory(const void* left, const void* right, SIZE_T bytes) noexcept {
    const auto* const one   = static_cast<const unsigned char*>(left);
    const auto* const other = static_cast<const unsigned char*>(right);
    return static_cast<SIZE_T>(std::mismatch(one, one + bytes, other).first - one);
}

}  // extern "C"
