#include "props/tidy/tidy.hpp"

#include <algorithm>
#include <optional>
#include <regex>
#include <sstream>

namespace interlock::props::tidy {
namespace {

using Complaints = std::vector<Complaint>;

std::size_t columns(std::string_view line) {
    const auto starts_character = [](char byte) { return (byte & 0xC0) != 0x80; };  // UTF-8
    return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), starts_character));
}

std::size_t indentation(std::string_view line) {
    const auto first = line.find_first_not_of(' ');
    return first == std::string_view::npos ? 0 : first;
}

bool is_header(const SourceFile& file) {
    return file.path.ends_with(".hpp") || file.path.ends_with(".h");
}

void check_lines(const SourceFile& file, Complaints& found) {
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        const std::string& line = file.lines[i];
        if (line.find('\t') != line.npos) found.push_back({i + 1, "a tab; expected spaces"});
        if (line.ends_with(' ') || line.ends_with('\r')) {
            found.push_back({i + 1, "white space at the end of the line; expected none"});
        }
        if (columns(line) > line_columns_max) {
            found.push_back({i + 1, std::to_string(columns(line)) + " columns; expected at most " +
                                        std::to_string(line_columns_max)});
        }
    }
    if (file.lines.size() > file_lines_max) {
        found.push_back({file.lines.size(), std::to_string(file.lines.size()) +
                                                " lines; expected at most " +
                                                std::to_string(file_lines_max)});
    }
}

void check_name(const SourceFile& file, Complaints& found) {
    static const std::regex vague("(^|[/_])(utils?|helpers?|managers?)([/_.]|$)");
    std::smatch             word;
    if (std::regex_search(file.path, word, vague)) {
        found.push_back({1, "'" + word.str(2) + "' in a name; expected what it holds or does"});
    }
}

void check_pragma_once(const SourceFile& file, Complaints& found) {
    // These act each time they are included.
    static const std::regex many_times("(^|/)(pshpack[0-9]*|poppack|initguid|guiddef)\\.h$");
    if (!is_header(file) || std::regex_search(file.path, many_times)) return;
    bool in_comment = false;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        const std::string& line = file.lines[i];
        if (line == "#pragma once") return;
        if (line.starts_with("/*")) in_comment = true;
        if (!in_comment && !line.empty() && !line.starts_with("//")) {
            found.push_back({i + 1, "no '#pragma once'; expected it before any code"});
            return;
        }
        if (line.find("*/") != line.npos) in_comment = false;
    }
    found.push_back({1, "no '#pragma once'; expected it before any code"});
}

/// The room of a path, or the part of a room that has a line of its own in Rooms.cmake.
std::string room_of(std::string_view path, const Rooms& rooms) {
    std::string longest;
    for (const auto& [room, used] : rooms) {
        const bool inside = path.starts_with(room + "/");
        if (inside && room.size() > longest.size()) longest = room;
    }
    return longest;
}

void check_includes(const SourceFile& file, const Rooms& rooms, Complaints& found) {
    static const std::regex ours("^\\s*#\\s*include\\s*\"([^\"]+)\".*");
    static const std::regex heavy(
        "^\\s*#\\s*include\\s*<(boost/msm/.*|z3.*|rapidcheck.*|ucontext\\.h)>.*");
    const std::string who = room_of(file.path, rooms);
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        std::smatch match;
        if (std::regex_match(file.lines[i], match, heavy) && is_header(file)) {
            found.push_back({i + 1, "<" + match.str(1) + "> in a header; expected in .cpp only"});
        }
        if (!std::regex_match(file.lines[i], match, ours)) continue;
        const std::string used = room_of(match.str(1), rooms);
        if (who.empty() || used.empty() || used == who || rooms.at(who).contains(used)) continue;
        found.push_back({i + 1, who + "/ may not use " + used + "/; see ARCHITECTURE.md, 'Rooms'"});
    }
}

/// A block that opens at the end of a function's head, found by the layout that we keep: the head
/// stands at most one step from the left, and the closing brace under it.
struct Block {
    std::size_t head  = 0;
    std::size_t open  = 0;
    std::size_t close = 0;
};

std::optional<Block> block_opened_at(const std::vector<std::string>& lines, std::size_t open) {
    static const std::regex head_ends(
        ".*\\)( const| noexcept| override| final| ->.*| : .*)* ?\\{$");
    const bool alone = lines[open] == "{" && open > 0 && lines[open - 1].ends_with(')');
    if (!alone && !std::regex_match(lines[open], head_ends)) return {};

    std::size_t head = alone ? open - 1 : open;
    while (head > 0 && indentation(lines[head]) > 4)
        --head;
    const bool wrapped = head != open && !lines[head].empty();
    if (wrapped && std::string_view("{};:").find(lines[head].back()) != std::string_view::npos) {
        return {};  // Not a head: a line inside somebody else's block.
    }

    for (std::size_t close = open + 1; close < lines.size(); ++close) {
        const std::size_t brace = indentation(lines[close]);
        if (brace <= indentation(lines[head]) && lines[close].substr(brace).starts_with('}')) {
            return Block{head, open, close};
        }
    }
    return {};
}

void check_functions(const SourceFile& file, Complaints& found) {
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
        const auto block = block_opened_at(file.lines, i);
        if (!block || block->close - block->open - 1 <= function_lines_max) continue;
        found.push_back({block->head + 1, std::to_string(block->close - block->open - 1) +
                                              " lines in a function; expected at most " +
                                              std::to_string(function_lines_max)});
    }
}

}  // namespace

Rooms read_rooms(const std::vector<std::string>& lines) {
    static const std::regex list("^set\\(interlock_([a-z/]+)_may_use *([a-z/ ]*)\\)$");
    Rooms                   rooms;
    for (const std::string& line : lines) {
        std::smatch match;
        if (!std::regex_match(line, match, list)) continue;
        std::istringstream words(match.str(2));
        for (std::string used; words >> used;)
            rooms[match.str(1)].insert(used);
        rooms[match.str(1)];  // A room that uses nobody is a room too.
    }
    return rooms;
}

std::vector<Complaint> check(const SourceFile& file, const Rooms& rooms) {
    Complaints found;
    check_lines(file, found);
    check_name(file, found);
    check_pragma_once(file, found);
    check_includes(file, rooms, found);
    check_functions(file, found);
    std::ranges::stable_sort(found, {}, &Complaint::line);
    return found;
}

std::vector<std::string> split_lines(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
    }
    return lines;
}

}  // namespace interlock::props::tidy
