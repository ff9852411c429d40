#include "cli/symbols.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <map>
#include <set>

#include "cli/showing.hpp"
#include "cli/text_file.hpp"

namespace interlock::cli {
namespace {

using Names = std::map<std::uint64_t, std::string>;  // By offset in one module.
using Paths = std::map<std::string, std::set<std::string>>;  // By the file's name alone.

constexpr std::array programs = {
    "llvm-symbolizer-19 --obj=", "llvm-symbolizer --obj=", "addr2line -f -e "};

std::string file_of(const std::string& path) {
    return std::filesystem::path(path).filename().string();
}

std::string unknown(const std::string& module, std::uint64_t offset) {
    char text[24];
    std::snprintf(text, sizeof text, "+0x%llx", static_cast<unsigned long long>(offset));
    return file_of(module) + text;
}

/// A frame's offset is behind its call, which may be in the next line already.
std::uint64_t inside_call(std::uint64_t offset) {
    return offset - 1;
}

std::vector<std::string> lines_of(const std::string& command) {
    std::vector<std::string> lines;
    FILE* const              output = popen((command + " 2>/dev/null").c_str(), "r");
    if (output == nullptr) return lines;
    std::string line;
    for (int letter = std::fgetc(output); letter != EOF; letter = std::fgetc(output)) {
        if (letter != '\n') {
            line += static_cast<char>(letter);
        } else if (!line.empty()) {
            lines.push_back(std::exchange(line, {}));
        }
    }
    pclose(output);
    return lines;
}

/// "/a/b/ingress.c:53:9" -> "ingress.c:53"; nothing where file or line is not known.
std::string place_of(const std::string& said, Paths& paths) {
    const auto file_end = said.find(':', said.rfind('/') + 1);
    const auto line_end = said.find_first_not_of("0123456789", file_end + 1);
    if (file_end == said.npos || said.starts_with('?')) return {};
    const std::string line = said.substr(file_end + 1, line_end - file_end - 1);
    if (line.empty() || line == "0") return {};
    const std::string path = said.substr(0, file_end);
    paths[file_of(path)].insert(path);
    return file_of(path) + ":" + line;
}

/// Two lines for each: the function, and where it is.
bool take_names(const std::vector<std::string>& lines, Names& names,
                Paths& paths) {
    if (lines.size() != 2 * names.size()) return false;
    std::size_t line = 0;
    for (auto& [offset, words] : names) {
        const std::string& function = lines[line];
        const std::string  place    = place_of(lines[line + 1], paths);
        line += 2;
        if (function.starts_with('?')) continue;
        words = place.empty() ? function : function + " (" + place + ")";
    }
    return true;
}

void find_names(const std::string& module, Names& names, Paths& paths) {
    std::string offsets;
    for (const auto& [offset, words] : names) {
        char text[24];
        std::snprintf(text, sizeof text, " 0x%llx",
                      static_cast<unsigned long long>(inside_call(offset)));
        offsets += text;
    }
    for (const std::string program : programs) {
        const std::string form = program.starts_with("llvm") ? " --inlines=false" : "";
        const auto lines = lines_of(program + quoted(module) + form + offsets);
        if (take_names(lines, names, paths)) return;
    }
}

std::map<model::ModuleId, Names> names_of(std::span<const harness::CallStack> stacks,
                                          std::span<const std::string>        modules,
                                          Paths&                              paths) {
    std::map<model::ModuleId, Names> all;
    for (const harness::CallStack& stack : stacks) {
        for (const harness::CodePlace& place : stack.all()) {
            if (place.module < modules.size())
                all[place.module][place.offset] = unknown(modules[place.module], place.offset);
        }
    }
    for (auto& [module, names] : all)
        find_names(modules[module], names, paths);
    return all;
}

std::vector<reports::SourceFile> sources_of(const Paths& paths) {
    std::vector<reports::SourceFile> sources;
    for (const auto& [name, all] : paths) {
        if (all.size() == 1)
            sources.push_back({name, seen_from_here(*all.begin()), read_text(*all.begin())});
    }
    return sources;
}

}  // namespace

std::string seen_from_here(const std::string& path) {
    std::error_code ignored;
    const auto      near = std::filesystem::relative(path, ignored).string();
    return near.empty() || near.starts_with("..") ? path : near;
}

StackWords words_and_sources(std::span<const harness::CallStack> stacks,
                             std::span<const std::string>        modules) {
    Paths      paths;
    const auto names = names_of(stacks, modules, paths);
    StackWords words;
    for (const harness::CallStack& stack : stacks) {
        std::string text;
        for (const harness::CodePlace& place : stack.all()) {
            if (place.module >= modules.size()) continue;
            text += (text.empty() ? "" : " < ") + names.at(place.module).at(place.offset);
        }
        words.stacks.push_back(std::move(text));
    }
    words.sources = sources_of(paths);
    return words;
}

std::vector<std::string> in_words(std::span<const harness::CallStack> stacks,
                                  std::span<const std::string>        modules) {
    return words_and_sources(stacks, modules).stacks;
}

}  // namespace interlock::cli
