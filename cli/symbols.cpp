#include "cli/symbols.hpp"

#include <filesystem>
#include <map>
#include <set>

#include "cli/named_code.hpp"
#include "cli/text_file.hpp"
#include "harness/hex.hpp"

namespace interlock::cli {
namespace {

namespace fs = std::filesystem;

using Names = std::map<std::uint64_t, std::string>;          // By offset in one module.
using Paths = std::map<std::string, std::set<std::string>>;  // By the file's name alone.

std::string file_of(const std::string& path) {
    return fs::path(path).filename().string();
}

std::string unknown(const std::string& module, std::uint64_t offset) {
    return file_of(module) + "+" + harness::hex_number(offset);
}

/// A frame's offset is behind its call, which may be in the next line already.
std::uint64_t inside_call(std::uint64_t offset) {
    return offset - 1;
}

/// "Send (ingress.c:53)", or "Send" where no file or line is known.
std::string words_of(const NamedPlace& named, Paths& paths) {
    if (named.at.line == 0) return named.function;
    const std::string file = file_of(named.at.path);
    paths[file].insert(named.at.path);
    return named.function + " (" + file + ":" + std::to_string(named.at.line) + ")";
}

void find_names(const std::string& module, Names& names, Paths& paths) {
    const NamedCode code(module);
    for (auto& [offset, words] : names) {
        std::string text;
        for (const NamedPlace& named : code.functions_at(inside_call(offset)))
            text += (text.empty() ? "" : " < ") + words_of(named, paths);
        if (!text.empty()) words = text;
    }
}

std::map<model::ModuleId, Names> names_of(std::span<const harness::CallStack> stacks,
                                          std::span<const std::string> modules, Paths& paths) {
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
    const auto      near = fs::relative(path, ignored).string();
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
