#include "cli/code_lines.hpp"

#include <elfutils/libdw.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>

#include "cli/code_blocks.hpp"
#include "cli/symbols.hpp"
#include "cli/text_file.hpp"
#include "harness/kernel/elf.hpp"

namespace interlock::cli {
namespace {

namespace fs = std::filesystem;

using Lines = std::map<std::uint32_t, std::uint64_t>;  // Runs, by line
using Files = std::map<std::string, Lines>;            // By path

/// The debug information of one module.
class DebugInfo {
public:
    explicit DebugInfo(const std::string& module)
        : file(open(module.c_str(), O_RDONLY | O_CLOEXEC)),
          dwarf(file < 0 ? nullptr : dwarf_begin(file, DWARF_C_READ)) {}
    ~DebugInfo() {
        dwarf_end(dwarf);
        if (file >= 0) close(file);
    }
    DebugInfo(const DebugInfo&)            = delete;
    DebugInfo& operator=(const DebugInfo&) = delete;

    /// Calls back with each file that was compiled.
    template <class Tell>
    void for_each_unit(const Tell& tell) const {
        Dwarf_CU* unit = nullptr;
        Dwarf_Die die;
        if (dwarf == nullptr) return;
        while (dwarf_get_units(dwarf, unit, &unit, nullptr, nullptr, &die, nullptr) == 0)
            tell(die);
    }

private:
    int    file;
    Dwarf* dwarf;
};

/// The headers of the system, and those that Interlock compiles extensions with: of its own tree,
/// or as they are installed.
bool is_nobodys_source(std::string_view path) {
    return path.empty() || path.starts_with("/usr/include/") || path.starts_with("/usr/lib/") ||
           path.find("/harness/wdk/") != path.npos || path.find("/interlock/wdk/") != path.npos;
}

/// The machine code of one line, and where the stretch of code begins that it stands in.
struct Row {
    std::uint64_t stretch = 0, begin = 0, end = 0;
    std::string   path;
    std::uint32_t line = 0;
};

std::string path_of(Dwarf_Line* line) {
    const char* const path = dwarf_linesrc(line, nullptr, nullptr);
    return path == nullptr ? std::string() : fs::path(path).lexically_normal().string();
}

template <class Tell>
void for_each_row(Dwarf_Die& unit, const Tell& tell) {
    Dwarf_Lines* lines = nullptr;
    std::size_t  count = 0;
    if (dwarf_getsrclines(&unit, &lines, &count) != 0) return;
    Row  row;
    bool begins = true;
    for (std::size_t place = 0; place + 1 < count; ++place) {
        Dwarf_Line* const line   = dwarf_onesrcline(lines, place);
        Dwarf_Line* const next   = dwarf_onesrcline(lines, place + 1);
        bool              is_end = false, is_statement = false;
        int               number = 0;
        dwarf_lineaddr(line, &row.begin);
        dwarf_lineaddr(next, &row.end);
        dwarf_lineendsequence(line, &is_end);
        dwarf_linebeginstatement(line, &is_statement);
        dwarf_lineno(line, &number);
        if (begins) row.stretch = row.begin;
        begins = is_end;
        if (is_end || !is_statement || number <= 0 || row.end <= row.begin) continue;
        row.path = path_of(line);
        row.line = static_cast<std::uint32_t>(number);
        tell(row);
    }
}

/// What stands in several blocks was run if one of them was.
void take(const Row& row, std::span<const CodeBlock> blocks, Files& files) {
    auto block = std::ranges::upper_bound(blocks, row.begin, {}, &CodeBlock::begin);
    if (block == blocks.begin()) return;
    --block;
    if (block->begin < row.stretch) return;  // Nobody counts this function.
    std::uint64_t& runs = files[row.path][row.line];
    for (; block != blocks.end() && block->begin < row.end; ++block)
        runs = std::max(runs, block->runs);
}

Files files_of(const std::string& module, std::span<const CodeBlock> blocks) {
    Files           files;
    const DebugInfo info(module);
    info.for_each_unit([&](Dwarf_Die& unit) {
        for_each_row(unit, [&](const Row& row) {
            if (!is_nobodys_source(row.path)) take(row, blocks, files);
        });
    });
    return files;
}

/// The same file may be in several extensions, and in several stages.
void add(reports::Code& code, const std::string& extension, const Files& files) {
    for (const auto& [path, lines] : files) {
        const auto told = seen_from_here(path);
        auto       file = std::ranges::find(code.files, told, &reports::CodeFile::path);
        if (file == code.files.end()) {
            code.files.push_back({.path = told, .text = read_text(path)});
            file = std::prev(code.files.end());
        }
        auto& in = file->extensions;
        if (std::ranges::find(in, extension) == in.end()) in.push_back(extension);
        Lines all = lines;
        for (const reports::CodeLine& line : file->lines)
            all[line.line] += line.runs;
        file->lines.clear();
        for (const auto& [line, runs] : all)
            file->lines.push_back({line, runs});
    }
}

void cannot_tell(reports::Code& code, const std::string& extension, std::string_view why) {
    const auto words = extension + ": " + std::string(why);
    if (std::ranges::find(code.unknown, words) == code.unknown.end()) code.unknown.push_back(words);
}

bool counts_edges(const std::string& module) {
    const std::string text = read_text(module);
    const auto        elf  = harness::read_elf(std::as_bytes(std::span(text)));
    return elf && std::ranges::any_of(elf->sections, [](const harness::ElfSection& section) {
               return section.name == "__sancov_cntrs" && section.bytes > 0;
           });
}

}  // namespace

void add_code(reports::Code& code, const fuzz::ContainedStage& stage,
              std::span<const std::uint64_t> edge_runs) {
    std::size_t known = 0;
    for (std::size_t module = 0; module < stage.paths().size(); ++module) {
        const std::string& name = stage.names()[module];
        if (known == stage.codes().size() || !counts_edges(stage.paths()[module])) {
            cannot_tell(code, name, "it was built without INTERLOCK_COVERAGE");
            continue;
        }
        const fuzz::ModuleCode& own = stage.codes()[known++];
        const auto runs             = edge_runs.first(std::min(own.edges.size(), edge_runs.size()));
        edge_runs                   = edge_runs.subspan(runs.size());
        const Files files           = files_of(stage.paths()[module], code_blocks(own, runs));
        if (files.empty()) cannot_tell(code, name, "it was compiled without -g");
        add(code, name, files);
    }
    std::ranges::sort(code.files, {}, &reports::CodeFile::path);
}

void add_code(reports::Code& code, const fuzz::ContainedStage& stage) {
    add_code(code, stage, stage.edge_runs());
}

}  // namespace interlock::cli
