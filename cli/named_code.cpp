#include "cli/named_code.hpp"

#include <cxxabi.h>
#include <dwarf.h>

#include <cstdlib>
#include <filesystem>
#include <span>

namespace interlock::cli {
namespace {

namespace fs = std::filesystem;

constexpr Dwfl_Callbacks asks{.find_elf        = nullptr,
                              .find_debuginfo  = dwfl_standard_find_debuginfo,
                              .section_address = dwfl_offline_section_address,
                              .debuginfo_path  = nullptr};

std::string demangled(const char* name) {
    int         status = 0;
    char* const plain  = abi::__cxa_demangle(name, nullptr, nullptr, &status);
    std::string words  = plain == nullptr ? name : plain;
    std::free(plain);
    return words;
}

bool is_function(Dwarf_Die& scope) {
    const int tag = dwarf_tag(&scope);
    return tag == DW_TAG_subprogram || tag == DW_TAG_inlined_subroutine;
}

std::string name_of(Dwarf_Die& function) {
    Dwarf_Attribute   linked = {};
    const char* const name =
        dwarf_formstring(dwarf_attr_integrate(&function, DW_AT_linkage_name, &linked));
    if (name != nullptr) return demangled(name);
    const char* const plain = dwarf_diename(&function);
    return plain == nullptr ? std::string() : plain;
}

SourceLine place_of(const char* path, int line) {
    if (path == nullptr || line <= 0) return {};
    return {fs::path(path).lexically_normal().string(), line};
}

SourceLine place_of(Dwarf_Line* at) {
    int line = 0;
    dwarf_lineno(at, &line);
    return place_of(dwarf_linesrc(at, nullptr, nullptr), line);
}

/// Where a function was called that was compiled into another.
SourceLine place_of_call(Dwarf_Die& unit, Dwarf_Die& function) {
    Dwarf_Attribute attribute = {};
    Dwarf_Word      file = 0, line = 0;
    Dwarf_Files*    files = nullptr;
    if (dwarf_formudata(dwarf_attr(&function, DW_AT_call_file, &attribute), &file) != 0) return {};
    if (dwarf_formudata(dwarf_attr(&function, DW_AT_call_line, &attribute), &line) != 0) return {};
    if (dwarf_getsrcfiles(&unit, &files, nullptr) != 0) return {};
    return place_of(dwarf_filesrc(files, file, nullptr, nullptr), static_cast<int>(line));
}

/// What is around a place in the code, the innermost first.
class Scopes {
public:
    Scopes(Dwarf_Die& unit, std::uint64_t offset) {
        Dwarf_Die* innermost = nullptr;
        if (dwarf_getscopes(&unit, offset, &innermost) > 0)
            count = dwarf_getscopes_die(innermost, &scopes);
        std::free(innermost);
    }
    ~Scopes() {
        std::free(scopes);
    }
    Scopes(const Scopes&)            = delete;
    Scopes& operator=(const Scopes&) = delete;

    std::span<Dwarf_Die> all() const {
        return {scopes, count > 0 ? static_cast<std::size_t>(count) : 0};
    }

private:
    Dwarf_Die* scopes = nullptr;
    int        count  = 0;
};

}  // namespace

NamedCode::NamedCode(const std::string& module) : session(dwfl_begin(&asks)) {
    if (session == nullptr) return;
    code = dwfl_report_offline(session, "", module.c_str(), -1);
    dwfl_report_end(session, nullptr, nullptr);
    if (code == nullptr) return;
    dwfl_module_getelf(code, &moved);
    debug = dwfl_module_getdwarf(code, &moved);
}

NamedCode::~NamedCode() {
    dwfl_end(session);
}

std::vector<NamedPlace> NamedCode::functions_at(std::uint64_t offset) const {
    std::vector<NamedPlace> functions;
    Dwarf_Die               unit = {};
    if (find_unit(offset, unit)) {
        const Scopes scopes(unit, offset);
        SourceLine   at = place_of(dwarf_getsrc_die(&unit, offset));
        for (Dwarf_Die& scope : scopes.all()) {
            if (!is_function(scope)) continue;
            functions.push_back({name_of(scope), at});
            at = place_of_call(unit, scope);
        }
    }
    if (!functions.empty()) return functions;
    const std::string symbol = symbol_at(offset);
    if (!symbol.empty()) functions.push_back({symbol, {}});
    return functions;
}

/// Not by .debug_aranges: clang writes none.
bool NamedCode::find_unit(std::uint64_t offset, Dwarf_Die& unit) const {
    Dwarf_CU* next = nullptr;
    if (debug == nullptr) return false;
    while (dwarf_get_units(debug, next, &next, nullptr, nullptr, &unit, nullptr) == 0)
        if (dwarf_haspc(&unit, offset) == 1) return true;
    return false;
}

std::string NamedCode::symbol_at(std::uint64_t offset) const {
    GElf_Off into   = 0;
    GElf_Sym symbol = {};
    if (code == nullptr) return {};
    const char* const name =
        dwfl_module_addrinfo(code, offset + moved, &into, &symbol, nullptr, nullptr, nullptr);
    return name == nullptr ? std::string() : demangled(name);
}

}  // namespace interlock::cli
