#pragma once

// What the file of a module says of its sections and of the functions it calls.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace interlock::harness {

/// A section that is loaded. Addresses are relative to where the module is loaded.
struct ElfSection {
    std::string name;
    std::size_t address = 0;
    std::size_t offset  = 0;  // In the file; of what is not zeroes.
    std::size_t bytes   = 0;
    bool        is_data = false;  // Writable for ever, and nobody's but the program's own.
};

/// A function or a variable of its own.
struct ElfSymbol {
    std::size_t address = 0;
    std::size_t bytes   = 0;
    std::string name;
};

struct ElfFile {
    std::vector<ElfSection>  sections;
    std::vector<ElfSymbol>   symbols;    // Also those that are nobody else's business.
    std::vector<std::string> wanted;     // Functions and data that somebody else must have.
    std::vector<std::string> has;        // Those that it has for others.
    std::size_t              bytes = 0;  // That it takes up when loaded; of an object file 0.
};

/// @return nothing if these are not the bytes of a 64-bit shared object or object file with section
///         headers.
std::optional<ElfFile> read_elf(std::span<const std::byte> file);

}  // namespace interlock::harness
