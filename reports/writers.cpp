#include "reports/writers.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "reports/json.hpp"
#include "reports/junit.hpp"
#include "reports/markdown.hpp"
#include "reports/page.hpp"
#include "reports/sarif.hpp"
#include "reports/text.hpp"

namespace interlock::reports {
namespace {

namespace fs = std::filesystem;

std::string as_text(const Issue& issue) {
    return issue_text(issue, {});
}

// clang-format off
constexpr Writer all[] = {
    {"text",     "report.txt",   "a person",              as_text},
    {"json",     "report.json",  "a program",             json_text},
    {"junit",    "report.xml",   "CI, as tests",          junit_text},
    {"sarif",    "report.sarif", "code scanning",         sarif_text},
    {"html",     "report.html",  "a person, in a browser", page_text},
    {"markdown", "report.md",    "a pull request",        markdown_text},
};
// clang-format on

std::optional<NotWritten> write_file(const fs::path& file, const std::string& text) {
    std::error_code ignored;  // If the folder cannot be made, the file cannot be written.
    if (file.has_parent_path()) fs::create_directories(file.parent_path(), ignored);
    std::ofstream stream(file);
    stream << text << std::flush;
    if (stream) return {};
    return NotWritten{file.string(), std::string("cannot be written: ") + std::strerror(errno),
                      "expected a file that --report may write"};
}

std::optional<NotWritten> write_all(const Issue& issue, const fs::path& folder) {
    for (const Writer& writer : all) {
        if (auto problem = write_file(folder / writer.file, writer.write(issue))) return problem;
    }
    return {};
}

std::optional<NotWritten> write_one(const Issue& issue, const std::string& wanted) {
    const auto equals = wanted.find('=');
    if (equals == std::string::npos) return write_all(issue, wanted);
    const auto* writer =
        std::ranges::find(all, std::string_view(wanted).substr(0, equals), &Writer::kind);
    if (writer == std::end(all)) {
        return NotWritten{"--report " + wanted, "there is no such kind of report",
                          "expected " + kinds_in_words() + " or a folder for all"};
    }
    return write_file(wanted.substr(equals + 1), writer->write(issue));
}

}  // namespace

std::span<const Writer> writers() {
    return all;
}

std::string kinds_in_words() {
    std::string words;
    for (const Writer& writer : all)
        words += fmt::format("{}{}=FILE", words.empty() ? "" : ", ", writer.kind);
    return words;
}

std::optional<NotWritten> write_reports(const Issue& issue, std::span<const std::string> wanted) {
    for (const std::string& one : wanted) {
        if (auto problem = write_one(issue, one)) return problem;
    }
    return {};
}

}  // namespace interlock::reports
