#include "props/bench/museum/exhibit.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>

namespace interlock::props::museum {
namespace {

namespace fs = std::filesystem;

constexpr auto                            table = "props/bench/museum/museum.txt";
constexpr std::array<std::string_view, 4> needs_words{"-", "schedule", "faults", "memory"};
constexpr std::string_view                needs_expected = "-, schedule, faults or memory";

[[noreturn]] void refuse(const std::string& line, const std::string& wrong) {
    std::cerr << table << ": " << wrong << "; in the line\n  " << line << "\n";
    std::exit(2);
}

std::string path_of(const std::string& build, const std::string& name, const std::string& line) {
    for (const auto* const folder : {"extensions", "tests"}) {
        const fs::path path = fs::path(build) / folder / (name + ".so");
        if (fs::exists(path)) return path.string();
    }
    refuse(line, "there is no " + name + ".so in " + build + "; build the target " + name);
}

std::optional<Needs> needs_of(const std::string& text) {
    const auto found = std::ranges::find(needs_words, text);
    if (found == needs_words.end()) return {};
    return static_cast<Needs>(found - needs_words.begin());
}

Exhibit read(const std::string& build, const std::string& line) {
    std::istringstream words(line);
    Exhibit            exhibit;
    std::string        extension, twin, needs, sits;
    words >> exhibit.pattern >> extension >> twin >> needs >> sits;
    std::getline(words >> std::ws, exhibit.wrong);
    const auto known = needs_of(needs);
    if (!known) refuse(line, "'" + needs + "' is no need; expected " + std::string(needs_expected));
    if (!model::find_call(sits, exhibit.sits)) refuse(line, "'" + sits + "' is no call");
    exhibit.needs  = *known;
    exhibit.module = path_of(build, extension, line);
    if (twin.starts_with('=')) exhibit.flaw = twin.substr(1);
    exhibit.twin = twin.starts_with('=') ? exhibit.module : path_of(build, twin, line);
    return exhibit;
}

/// Of "P07 ..."; 0 if it is none.
unsigned number_of(const std::string& line) {
    return line.starts_with('P')
               ? static_cast<unsigned>(std::strtoul(line.c_str() + 1, nullptr, 10))
               : 0;
}

std::optional<Unreachable> unreachable(const std::string& line) {
    std::istringstream words(line);
    Unreachable        none;
    std::string        word;
    words >> none.pattern >> word;
    if (word != "unreachable") return {};
    std::getline(words >> std::ws, none.why);
    return none;
}

}  // namespace

std::string Exhibit::name() const {
    return flaw.empty() ? fs::path(module).stem().string() : flaw;
}

std::string_view word(Needs needs) {
    return needs_words[static_cast<std::size_t>(needs)];
}

Collection collection(const std::string& build) {
    std::ifstream lines(table);
    Collection    all;
    unsigned      patterns = 0;
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line.starts_with('#')) continue;
        if (number_of(line) != ++patterns) refuse(line, "a pattern is left out before this one");
        if (const auto none = unreachable(line)) {
            all.unreachable.push_back(*none);
        } else {
            all.exhibits.push_back(read(build, line));
        }
    }
    if (all.exhibits.empty()) refuse("", "there is no exhibit; run it in the project's folder");
    return all;
}

}  // namespace interlock::props::museum
