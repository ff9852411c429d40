#include "harness/kernel/format.hpp"

#include <gtest/gtest.h>

#include <string>

#include <wdm.h>

namespace interlock::harness {
namespace {

std::string print(const char* format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const Text text = format_text(format, arguments);
    va_end(arguments);
    return narrowed(text);
}

std::string print_wide(const wchar_t* format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const Text text = format_text(format, arguments);
    va_end(arguments);
    return narrowed(text);
}

TEST(Format, PrintsIntegersOfEveryWidth) {
    EXPECT_EQ(print("%d %i %u", -1, 2, 0xFFFFFFFFU), "-1 2 4294967295");
    EXPECT_EQ(print("%ld %lu %lx", -1, 0xFFFFFFFFU, 0xABCDEF01U), "-1 4294967295 abcdef01")
        << "l is 32 bits";
    EXPECT_EQ(print("%I64d %I64x %lld %llX", -1LL, 0x123456789ALL, -2LL, 0xABCDEF0123ULL),
              "-1 123456789a -2 ABCDEF0123");
    EXPECT_EQ(print("%I32u %Iu %zu", 7U, SIZE_T{8}, SIZE_T{9}), "7 8 9");
    EXPECT_EQ(print("%hu %hd %hhx", 0x12345, 0x1FFFF, 0x1AB), "9029 -1 ab");
}

TEST(Format, KnowsWidthPrecisionAndFlags) {
    EXPECT_EQ(print("[%5d][%-5d][%05d][%+d][% d]", 42, 42, 42, 42, 42),
              "[   42][42   ][00042][+42][ 42]");
    EXPECT_EQ(print("[%5.3d][%.0d][%*d][%-*d]", 7, 0, 4, 7, 4, 7), "[  007][][   7][7   ]");
    EXPECT_EQ(print("%#x %#X %#o %08X %02x", 255, 255, 8, 0xBEEF, 5), "0xff 0XFF 010 0000BEEF 05");
    EXPECT_EQ(print("%05d", -42), "-0042");
}

TEST(Format, PrintsPointersAsSixteenDigits) {
    EXPECT_EQ(print("%p", reinterpret_cast<void*>(0xDEADBEEF)), "00000000DEADBEEF");
    EXPECT_EQ(print("%p", nullptr), "0000000000000000");
}

TEST(Format, PrintsTextOfBothWidthsInBothFormats) {
    EXPECT_EQ(print("%s %S %ls %ws %hs", "a", L"b", L"c", L"d", "e"), "a b c d e");
    EXPECT_EQ(print_wide(L"%s %S %ls %ws %hs", L"a", "b", L"c", L"d", "e"), "a b c d e");
    EXPECT_EQ(print("%s %ws", nullptr, nullptr), "(null) (null)");
    EXPECT_EQ(print("[%.2s][%5s][%-5s]", "abcd", "ab", "ab"), "[ab][   ab][ab   ]");
    EXPECT_EQ(print("%c%C", 'x', L'y'), "xy");
}

TEST(Format, ReadsNoFurtherThanThePrecisionSays) {
    const char unterminated[3] = {'a', 'b', 'c'};
    EXPECT_EQ(print("%.3s", unterminated), "abc");
}

TEST(Format, PrintsCountedStrings) {
    WCHAR          wide[]   = {'e', 't', 'h', '0', 'X'};
    char           narrow[] = {'n', 'i', 'c', 'X'};
    UNICODE_STRING unicode{8, 10, wide};
    STRING         ansi{3, 4, narrow};
    EXPECT_EQ(print("%wZ %Z", &unicode, &ansi), "eth0 nic");
    EXPECT_EQ(print_wide(L"%wZ", &unicode), "eth0");
    EXPECT_EQ(print("%wZ", nullptr), "(null)");
}

TEST(Format, PrintsWhatItDoesNotKnowAsItStands) {
    EXPECT_EQ(print("100%% %y %"), "100% y ");
    EXPECT_EQ(print("%n|%d", nullptr, 3), "|3") << "%n writes nothing";
}

TEST(Format, PrintsFloatingPoint) {
    EXPECT_EQ(print("%.2f %g", 1.5, 0.25), "1.50 0.25");
}

TEST(Format, ReplacesWhatANarrowStringCannotHold) {
    EXPECT_EQ(print("%ws", L"\u20AC\u00E4"), "?\xE4");
}

}  // namespace
}  // namespace interlock::harness
