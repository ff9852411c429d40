#include "harness/kernel/format.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

#include <wdm.h>

namespace interlock::harness {

namespace {

enum class Size : std::uint8_t { usual, byte, half, word, eight };  // `word` is 32 bits.
enum class Width : std::uint8_t { narrow, wide };

/// One conversion of a format.
struct Conversion {
    bool left = false, plus = false, space = false, alternate = false, zero = false;
    int  width      = 0;
    int  precision  = -1;
    Size size       = Size::usual;
    bool long_text  = false;  // %ls, %ws
    bool short_text = false;  // %hs
    char type       = 0;
};

constexpr bool is_digit(int unit) {
    return unit >= '0' && unit <= '9';
}

/// A format's units as numbers, whatever their width.
template <typename Unit>
class Cursor {
public:
    explicit Cursor(const Unit* at) : at(at) {}

    int peek(int ahead = 0) const {
        return static_cast<int>(at[ahead]);
    }
    int take() {
        return static_cast<int>(*at++);
    }
    bool skip(int unit) {
        if (peek() != unit) return false;
        ++at;
        return true;
    }
    bool skip(int first, int second, int third) {
        if (peek() != first || peek(1) != second || peek(2) != third) return false;
        at += 3;
        return true;
    }
    int number() {
        int value = 0;
        while (is_digit(peek()))
            value = std::min(value * 10 + (take() - '0'), 4096);
        return value;
    }

private:
    const Unit* at;
};

template <typename Unit>
bool read_flag(Cursor<Unit>& format, Conversion& conversion) {
    switch (format.peek()) {
        case '-':
            conversion.left = true;
            break;
        case '+':
            conversion.plus = true;
            break;
        case ' ':
            conversion.space = true;
            break;
        case '#':
            conversion.alternate = true;
            break;
        case '0':
            conversion.zero = true;
            break;
        default:
            return false;
    }
    format.take();
    return true;
}

template <typename Unit>
void read_size(Cursor<Unit>& format, Conversion& conversion) {
    if (format.skip('I', '6', '4')) {
        conversion.size = Size::eight;
    } else if (format.skip('I', '3', '2')) {
        conversion.size = Size::word;
    } else if (format.skip('I') || format.skip('z') || format.skip('j') || format.skip('t')) {
        conversion.size = Size::eight;
    } else if (format.skip('h')) {
        conversion.short_text = true;
        conversion.size       = format.skip('h') ? Size::byte : Size::half;
    } else if (format.skip('l')) {
        conversion.long_text = true;
        conversion.size      = format.skip('l') ? Size::eight : Size::word;
    } else if (format.skip('w')) {
        conversion.long_text = true;
    } else {
        format.skip('L');
    }
}

class Printer {
public:
    Printer(Width width, std::va_list given) : format_width(width) {
        va_copy(arguments, given);
    }
    ~Printer() {
        va_end(arguments);
    }
    Printer(const Printer&)            = delete;
    Printer& operator=(const Printer&) = delete;

    template <typename Unit>
    Text print(const Unit* format_units) {
        Cursor<Unit> format(format_units);
        while (const int unit = format.take()) {
            if (unit != '%') {
                put(unit);
            } else if (format.skip('%')) {
                put('%');
            } else if (format.peek() != 0) {
                convert(format);
            }
        }
        return std::move(out);
    }

private:
    template <typename Unit>
    void convert(Cursor<Unit>& format) {
        Conversion conversion;
        while (read_flag(format, conversion)) {
        }
        conversion.width = format.skip('*') ? va_arg(arguments, int) : format.number();
        if (conversion.width < 0) {
            conversion.left  = true;
            conversion.width = -conversion.width;
        }
        if (format.skip('.')) {
            conversion.precision = format.skip('*') ? va_arg(arguments, int) : format.number();
        }
        read_size(format, conversion);
        if (format.peek() == 0) return;
        conversion.type = static_cast<char>(format.take());
        print(conversion);
    }

    void print(const Conversion& conversion) {
        switch (conversion.type) {
            case 'd':
            case 'i':
                print_signed(conversion);
                break;
            case 'u':
            case 'o':
            case 'x':
            case 'X':
                print_number(conversion, take_unsigned(conversion), "");
                break;
            case 'p':
                print_pointer(conversion);
                break;
            case 'c':
            case 'C':
                pad(conversion, Text(1, static_cast<char16_t>(va_arg(arguments, int))));
                break;
            case 's':
            case 'S':
                print_string(conversion);
                break;
            case 'Z':
                print_counted(conversion);
                break;
            case 'e':
            case 'E':
            case 'f':
            case 'F':
            case 'g':
            case 'G':
            case 'a':
            case 'A':
                print_float(conversion);
                break;
            case 'n':
                va_arg(arguments, void*);
                break;  // Switched off, as Microsoft's is.
            default:
                put(conversion.type);
        }
    }

    std::uint64_t take_unsigned(const Conversion& conversion) {
        if (conversion.size == Size::eight) return va_arg(arguments, std::uint64_t);
        const auto value = va_arg(arguments, std::uint32_t);
        if (conversion.size == Size::byte) return static_cast<std::uint8_t>(value);
        if (conversion.size == Size::half) return static_cast<std::uint16_t>(value);
        return value;
    }

    std::int64_t take_signed(const Conversion& conversion) {
        if (conversion.size == Size::eight) return va_arg(arguments, std::int64_t);
        const auto value = va_arg(arguments, std::int32_t);
        if (conversion.size == Size::byte) return static_cast<std::int8_t>(value);
        if (conversion.size == Size::half) return static_cast<std::int16_t>(value);
        return value;
    }

    void print_signed(const Conversion& conversion) {
        const std::int64_t value     = take_signed(conversion);
        const char* const  sign      = value < 0          ? "-"
                                       : conversion.plus  ? "+"
                                       : conversion.space ? " "
                                                          : "";
        const auto         magnitude = static_cast<std::uint64_t>(value);
        print_number(conversion, value < 0 ? 0 - magnitude : magnitude, sign);
    }

    void print_number(const Conversion& conversion, std::uint64_t value, std::string sign) {
        const bool        hex    = conversion.type == 'x' || conversion.type == 'X';
        const unsigned    base   = hex ? 16 : conversion.type == 'o' ? 8 : 10;
        const char* const digits = conversion.type == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
        if (conversion.alternate && hex && value != 0) sign += {'0', conversion.type};
        std::string number;
        for (; value != 0; value /= base)
            number.push_back(digits[value % base]);
        const std::size_t length = length_of(conversion, sign.size());
        while (number.size() < length)
            number.push_back('0');
        if (conversion.alternate && base == 8 && !number.ends_with('0')) number.push_back('0');
        sign.append(number.rbegin(), number.rend());
        pad(conversion, Text(sign.begin(), sign.end()));
    }

    /// How many digits there are at least.
    static std::size_t length_of(const Conversion& conversion, std::size_t sign) {
        if (conversion.precision >= 0) return static_cast<std::size_t>(conversion.precision);
        if (!conversion.zero || conversion.left) return 1;
        const auto width = static_cast<std::size_t>(conversion.width);
        return std::max<std::size_t>(1, width - std::min(width, sign));
    }

    void print_pointer(Conversion conversion) {
        conversion.type      = 'X';
        conversion.precision = 2 * sizeof(void*);
        print_number(conversion, va_arg(arguments, std::uint64_t), "");
    }

    void print_string(const Conversion& conversion) {
        const bool other = conversion.type == 'S';
        Width      width = format_width;
        if (other) width = width == Width::narrow ? Width::wide : Width::narrow;
        if (conversion.long_text) width = Width::wide;
        if (conversion.short_text) width = Width::narrow;
        const auto limit = static_cast<std::size_t>(conversion.precision);  // -1: none.
        if (width == Width::wide) {
            print_units(conversion, va_arg(arguments, const wchar_t*), limit);
        } else {
            print_units(conversion, va_arg(arguments, const char*), limit);
        }
    }

    template <typename Unit>
    void print_units(const Conversion& conversion, const Unit* text, std::size_t limit) {
        if (text == nullptr) return pad(conversion, u"(null)");
        std::size_t length = 0;
        while (length < limit && text[length] != 0)
            ++length;
        append_units(conversion, text, length);
    }

    template <typename Unit>
    void append_units(const Conversion& conversion, const Unit* text, std::size_t length) {
        Text units(length, u' ');
        std::transform(text, text + length, units.begin(), [](Unit unit) {
            return static_cast<char16_t>(static_cast<std::make_unsigned_t<Unit>>(unit));
        });
        pad(conversion, units);
    }

    void print_counted(const Conversion& conversion) {
        if (conversion.long_text) {
            const auto* const text = va_arg(arguments, const UNICODE_STRING*);
            if (text == nullptr || text->Buffer == nullptr) return pad(conversion, u"(null)");
            append_units(conversion, text->Buffer, text->Length / sizeof(WCHAR));
        } else {
            const auto* const text = va_arg(arguments, const STRING*);
            if (text == nullptr || text->Buffer == nullptr) return pad(conversion, u"(null)");
            append_units(conversion, text->Buffer, text->Length);
        }
    }

    void print_float(const Conversion& conversion) {
        std::string format = "%";
        if (conversion.plus) format += '+';
        if (conversion.space) format += ' ';
        if (conversion.alternate) format += '#';
        if (conversion.zero) format += '0';
        if (conversion.left) format += '-';
        format += "*.*";
        format += conversion.type;
        std::array<char, 512> buffer{};
        const int             width = std::min(conversion.width, 400);
        const int length = std::snprintf(buffer.data(), buffer.size(), format.c_str(), width,
                                         conversion.precision, va_arg(arguments, double));
        out.append(buffer.data(), buffer.data() + std::clamp(length, 0, 511));
    }

    void put(int unit) {
        out.push_back(static_cast<char16_t>(unit & 0xFFFF));
    }

    void pad(const Conversion& conversion, const Text& text) {
        const auto        width = static_cast<std::size_t>(conversion.width);
        const std::size_t fill  = width > text.size() ? width - text.size() : 0;
        if (!conversion.left) out.append(fill, u' ');
        out += text;
        if (conversion.left) out.append(fill, u' ');
    }

    Width        format_width;
    std::va_list arguments;
    Text         out;
};

}  // namespace

Text format_text(const char* format, std::va_list arguments) {
    return Printer(Width::narrow, arguments).print(format);
}

Text format_text(const wchar_t* format, std::va_list arguments) {
    return Printer(Width::wide, arguments).print(format);
}

std::string narrowed(const Text& text) {
    std::string narrow(text.size(), '?');
    std::ranges::transform(text, narrow.begin(), [](char16_t unit) {
        return unit < 0x100 ? static_cast<char>(unit) : '?';
    });
    return narrow;
}

}  // namespace interlock::harness
