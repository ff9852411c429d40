#pragma once

// Checks of the text of the project itself: sizes, names, and who includes whom.

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace interlock::props::tidy {

inline constexpr std::size_t file_lines_max     = 400;
inline constexpr std::size_t function_lines_max = 50;  // Between the braces. Tables are exempt.
inline constexpr std::size_t line_columns_max   = 100;

struct SourceFile {
    std::string              path;  // From the project folder: "model/event.hpp".
    std::vector<std::string> lines;
};

struct Complaint {
    std::size_t line = 0;  // The first line is 1.
    std::string says;      // What is wrong; what was expected.

    bool operator==(const Complaint&) const = default;
};

/// For each room, and each part of a room with a line of its own ("model/smt"), whom it may use.
using Rooms = std::map<std::string, std::set<std::string>>;

/// Reads the `set(interlock_<room>_may_use ...)` lines of cmake/Rooms.cmake.
Rooms read_rooms(const std::vector<std::string>& lines);

/// Every complaint about one file, in the order of its lines.
std::vector<Complaint> check(const SourceFile& file, const Rooms& rooms);

/// Cuts a text at its line ends. A last line without one counts as a line.
std::vector<std::string> split_lines(std::string_view text);

}  // namespace interlock::props::tidy
