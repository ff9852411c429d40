#pragma once

// Printing in Microsoft's dialect of printf: `l` is 32 bits, I64 and ll are 64, %S is the other
// width than the format's, %ws and %ls are wide, %hs is narrow, %Z and %wZ are counted strings, %p
// is sixteen digits. What libc prints for the same format is something else.
// Page: format-specification-syntax-printf-and-wprintf-functions.

#include <cstdarg>
#include <string>

namespace interlock::harness {

/// Text on its way between the widths: one unit for each character, of either width.
using Text = std::u16string;

/// @param format  narrow; its arguments as a driver passes them. Never fails: what no one knows is
///                printed as it stands.
Text format_text(const char* format, std::va_list arguments);

/// The same for a wide format. wchar_t has 16 bits here.
Text format_text(const wchar_t* format, std::va_list arguments);

/// A character that a narrow string cannot hold becomes '?'.
std::string narrowed(const Text& text);

}  // namespace interlock::harness
