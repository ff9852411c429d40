#include "harness/kernel/elf.hpp"

#include <elf.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace interlock::harness {

namespace {

// Written by a sanitizer, a profiler or the loader, which must not find it put back.
constexpr std::array<std::string_view, 8> not_the_programs = {
    ".got",      ".dynamic",     ".init_array", ".fini_array",
    "__sancov_", "asan_globals", "__llvm_",     ".tm_clone_table",
};

/// Reads structures out of the bytes of a file, and nothing beyond their end.
class Reader {
public:
    explicit Reader(std::span<const std::byte> file) : file(file) {}

    template <typename Structure>
    bool read(std::size_t offset, Structure& structure) const {
        if (offset > file.size() || file.size() - offset < sizeof structure) return false;
        std::memcpy(&structure, file.data() + offset, sizeof structure);
        return true;
    }

    std::string text(std::size_t offset) const {
        if (offset >= file.size()) return {};
        const auto* const begin = reinterpret_cast<const char*>(file.data() + offset);
        return {begin, strnlen(begin, file.size() - offset)};
    }

private:
    std::span<const std::byte> file;
};

bool is_the_programs(std::string_view name) {
    return std::ranges::none_of(not_the_programs,
                                [&](std::string_view prefix) { return name.starts_with(prefix); });
}

/// The part that the loader makes read-only when it has relocated it.
struct ReadOnlyLater {
    std::size_t begin = 0;
    std::size_t end   = 0;
};

bool read_segments(const Reader& reader, const Elf64_Ehdr& header, ElfFile& elf,
                   ReadOnlyLater& relro) {
    for (std::size_t i = 0; i < header.e_phnum; ++i) {
        Elf64_Phdr segment;
        if (!reader.read(header.e_phoff + i * sizeof segment, segment)) return false;
        const std::size_t end = segment.p_vaddr + segment.p_memsz;
        if (segment.p_type == PT_LOAD) elf.bytes = std::max(elf.bytes, end);
        if (segment.p_type == PT_GNU_RELRO) relro = {segment.p_vaddr, end};
    }
    return true;
}

void read_names(const Reader& reader, const Elf64_Shdr& symbols, const Elf64_Shdr& names,
                ElfFile& elf) {
    for (std::size_t at = 0; at + sizeof(Elf64_Sym) <= symbols.sh_size; at += sizeof(Elf64_Sym)) {
        Elf64_Sym symbol;
        if (!reader.read(symbols.sh_offset + at, symbol)) return;
        if (ELF64_ST_BIND(symbol.st_info) == STB_LOCAL) continue;
        std::string name = reader.text(names.sh_offset + symbol.st_name);
        if (symbol.st_shndx != SHN_UNDEF) {
            elf.has.push_back(std::move(name));
        } else if (ELF64_ST_BIND(symbol.st_info) == STB_GLOBAL) {
            elf.wanted.push_back(std::move(name));
        }
    }
}

void read_symbols(const Reader& reader, const Elf64_Shdr& symbols, const Elf64_Shdr& names,
                  ElfFile& elf) {
    for (std::size_t at = 0; at + sizeof(Elf64_Sym) <= symbols.sh_size; at += sizeof(Elf64_Sym)) {
        Elf64_Sym symbol;
        if (!reader.read(symbols.sh_offset + at, symbol)) return;
        const auto type = ELF64_ST_TYPE(symbol.st_info);
        if (symbol.st_shndx == SHN_UNDEF || symbol.st_size == 0) continue;
        if (type != STT_FUNC && type != STT_OBJECT) continue;
        elf.symbols.push_back({.address = symbol.st_value,
                               .bytes   = symbol.st_size,
                               .name    = reader.text(names.sh_offset + symbol.st_name)});
    }
}

bool is_data(const Elf64_Shdr& section, std::string_view name, const ReadOnlyLater& relro) {
    constexpr Elf64_Xword wanted = SHF_ALLOC | SHF_WRITE;
    if ((section.sh_flags & (wanted | SHF_TLS)) != wanted) return false;
    if (section.sh_type != SHT_PROGBITS && section.sh_type != SHT_NOBITS) return false;
    if (section.sh_addr >= relro.begin && section.sh_addr < relro.end) return false;
    return is_the_programs(name);
}

}  // namespace

std::optional<ElfFile> read_elf(std::span<const std::byte> file) {
    const Reader  reader(file);
    Elf64_Ehdr    header;
    Elf64_Shdr    names;
    ElfFile       elf;
    ReadOnlyLater relro;
    if (!reader.read(0, header) || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 ||
        header.e_ident[EI_CLASS] != ELFCLASS64 ||
        (header.e_type != ET_DYN && header.e_type != ET_REL) ||
        !reader.read(header.e_shoff + header.e_shstrndx * sizeof names, names) ||
        !read_segments(reader, header, elf, relro)) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < header.e_shnum; ++i) {
        Elf64_Shdr section;
        Elf64_Shdr linked;
        if (!reader.read(header.e_shoff + i * sizeof section, section)) return std::nullopt;
        std::string      name    = reader.text(names.sh_offset + section.sh_name);
        const Elf64_Word symbols = header.e_type == ET_DYN ? SHT_DYNSYM : SHT_SYMTAB;
        if (section.sh_type == symbols &&
            reader.read(header.e_shoff + section.sh_link * sizeof linked, linked)) {
            read_names(reader, section, linked, elf);
        }
        if (section.sh_type == SHT_SYMTAB &&
            reader.read(header.e_shoff + section.sh_link * sizeof linked, linked)) {
            read_symbols(reader, section, linked, elf);
        }
        if (!(section.sh_flags & SHF_ALLOC)) continue;
        const bool data = is_data(section, name, relro);
        elf.sections.push_back({.name    = std::move(name),
                                .address = section.sh_addr,
                                .offset  = section.sh_offset,
                                .bytes   = section.sh_size,
                                .is_data = data});
    }
    return elf;
}

}  // namespace interlock::harness
