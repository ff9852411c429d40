#include "cli/unmet.hpp"

#include <algorithm>

namespace interlock::cli {
namespace {

std::string padded(std::string text, std::size_t width) {
    if (text.size() < width) text.append(width - text.size(), ' ');
    return text;
}

}  // namespace

bool Unmet::is_met(const std::string& file, const model::Verdict& verdict) {
    const Expectation expectation = expectation_of(file);
    const bool        met         = cli::is_met(expectation, verdict);
    if (!met) rows.push_back({file, in_words(expectation), in_words(verdict)});
    return met;
}

std::string Unmet::table(const std::string& what) const {
    if (rows.empty()) return {};
    std::size_t file_width = what.size(), expected_width = 0;
    for (const Row& row : rows) {
        file_width     = std::max(file_width, row.file.size());
        expected_width = std::max(expected_width, row.expected.size());
    }
    std::string text =
        "\n" + padded(what, file_width) + "  " + padded("expected", expected_width) + "  but it\n";
    for (const Row& row : rows)
        text += padded(row.file, file_width) + "  " + padded(row.expected, expected_width) + "  " +
                row.got + "\n";
    return text;
}

}  // namespace interlock::cli
