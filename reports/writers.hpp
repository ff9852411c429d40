#pragma once

// The kinds of report there are. One result model, told to whoever asks; who wants a new kind adds
// a row.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "reports/result.hpp"

namespace interlock::reports {

struct Writer {
    std::string_view kind;  // As --report says it.
    std::string_view file;  // Its name in a folder with all kinds.
    std::string_view reader;
    std::string (*write)(const Issue&);
};

std::span<const Writer> writers();

/// "text=FILE, json=FILE, ...": what a user may ask for.
std::string kinds_in_words();

/// What was asked for that cannot be done.
struct NotWritten {
    std::string what;      // The file, or what was asked for.
    std::string wrong;     // "there is no such kind of report"
    std::string expected;
};

/// Writes the issue as each of `wanted` says: "<kind>=<file>", or a folder for all kinds. Folders
/// are made. Stops at the first that cannot be written.
std::optional<NotWritten> write_reports(const Issue& issue, std::span<const std::string> wanted);

}  // namespace interlock::reports
