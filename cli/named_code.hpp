#pragma once

// Machine code, by the functions and lines that it was compiled from.

#include <elfutils/libdwfl.h>

#include <cstdint>
#include <string>
#include <vector>

namespace interlock::cli {

struct SourceLine {
    std::string path;
    int         line = 0;  // 0: not known.
};

/// A function, and where in it.
struct NamedPlace {
    std::string function;
    SourceLine  at;
};

/// What the symbols and the debug information of one module say of its code.
class NamedCode {
public:
    /// @param module  a path. Of one that cannot be read nothing is known.
    explicit NamedCode(const std::string& module);
    ~NamedCode();
    NamedCode(const NamedCode&)            = delete;
    NamedCode& operator=(const NamedCode&) = delete;

    /// The function there, and after it the ones that it was compiled into. Nothing where none is
    /// known.
    /// @param offset  in the module as it is loaded.
    std::vector<NamedPlace> functions_at(std::uint64_t offset) const;

private:
    bool        find_unit(std::uint64_t offset, Dwarf_Die& unit) const;
    std::string symbol_at(std::uint64_t offset) const;

    Dwfl*        session;
    Dwfl_Module* code  = nullptr;
    Dwarf*       debug = nullptr;
    Dwarf_Addr   moved = 0;  // From offsets to the session's addresses.
};

}  // namespace interlock::cli
