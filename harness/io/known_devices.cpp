#include "harness/io/known_devices.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <set>
#include <vector>

#include "harness/kernel/elf.hpp"

namespace interlock::harness {
namespace {

constexpr std::string_view makers[] = {"IoCreateDevice", "NdisRegisterDeviceEx",
                                       "WdmlibIoCreateDeviceSecure"};

std::vector<std::byte> read(const std::string& path) {
    std::ifstream     stream(path, std::ios::binary);
    std::vector<char> text{std::istreambuf_iterator<char>(stream), {}};
    const auto        bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

/// A vendor's function of a device of the network, or of no known type; or a vendor's type. What
/// is a status, or a small number below zero, is not meant.
bool looks_like_a_code(std::uint32_t number) {
    constexpr std::uint32_t network = 0x12, netcard = 0x17, unknown = 0x22;
    constexpr std::uint32_t vendors_type = 0x8000, errors = 0xC000, below_zero = 0xFF00;
    const std::uint32_t     type = number >> 16, function = number >> 2 & 0xFFF;
    if (type == network || type == netcard || type == unknown) return function != 0;
    if (function == 0 || type < vendors_type || type >= below_zero) return false;
    return type != vendors_type && (type & 0xFF00) != errors;
}

/// The bytes of functions, as an x86-64 processor reads them.
class Code {
public:
    explicit Code(std::span<const std::byte> text) : text(text) {}

    std::size_t size() const {
        return text.size();
    }
    std::uint32_t number_at(std::size_t at) const {
        std::uint32_t number = 0;
        std::memcpy(&number, text.data() + at, sizeof number);
        return number;
    }

    /// Whether the number there is what a register, or a variable on the stack, is compared with.
    bool is_compared(std::size_t at) const {
        return byte(at, -1) == 0x3D || (byte(at, -2) == 0x81 && (byte(at, -1) & 0xF8) == 0xF8) ||
               (byte(at, -3) == 0x81 && (byte(at, -2) & 0xF8) == 0x78) ||
               (byte(at, -4) == 0x81 && byte(at, -3) == 0x7C);
    }

    /// Whether it is loaded, or added to a register.
    bool is_added(std::size_t at) const {
        return byte(at, -1) == 0x05 || (byte(at, -1) & 0xF8) == 0xB8 ||
               (byte(at, -2) == 0x81 && (byte(at, -1) & 0xF8) == 0xC0) ||
               (byte(at, -2) == 0x8D && (byte(at, -1) & 0xC0) == 0x80);
    }

    /// How far the table reaches whose bound is compared with soon after; 0: there is none.
    std::uint32_t table_behind(std::size_t at) const {
        constexpr int near    = 16;
        bool          rotated = false;  // Codes of one method are made consecutive numbers.
        for (int next = 4; next < near; ++next) {
            rotated = rotated || byte(at, next) == 0xC1;
            if (byte(at, next) != 0x83 || (byte(at, next + 1) & 0xF8) != 0xF8) continue;
            return (byte(at, next + 2) + 1) * (rotated ? 4 : 1);
        }
        return 0;
    }

private:
    std::uint32_t byte(std::size_t at, int distance) const {
        const std::size_t place = at + static_cast<std::size_t>(distance);
        return place < text.size() ? std::to_integer<std::uint32_t>(text[place]) : 0;
    }

    std::span<const std::byte> text;
};

/// A place at which the code looks at codes: one, or some that follow each other.
struct Found {
    std::uint32_t least = 0;
    std::uint32_t count = 1;

    std::uint32_t type() const {
        return least >> 16;
    }
};

/// Where a compiler makes a table of several comparisons, it takes the least code off first.
void gather(const Code& code, std::vector<Found>& found) {
    constexpr std::uint32_t table_max = 128;
    for (std::size_t at = 0; at + sizeof(std::uint32_t) <= code.size(); ++at) {
        const std::uint32_t number = code.number_at(at), least = 0 - number;
        if (code.is_compared(at) && looks_like_a_code(number)) found.push_back({number});
        if (!code.is_added(at) || !looks_like_a_code(least)) continue;
        const std::uint32_t count = code.table_behind(at);
        if (count > 0 && count <= table_max) found.push_back({least, count});
    }
}

/// Of a vendor's type there are several, or it is none.
std::vector<std::uint32_t> codes_of(const std::vector<Found>& found) {
    constexpr std::uint32_t vendors_type = 0x8000;
    std::set<std::uint32_t> codes;
    for (const Found& one : found) {
        const auto alike = std::ranges::count(found, one.type(), &Found::type);
        if (one.type() >= vendors_type && alike < 2) continue;
        for (std::uint32_t next = 0; next < one.count; ++next)
            codes.insert(one.least + next);
    }
    return {codes.begin(), codes.end()};
}

}  // namespace

KnownDevices known_devices(std::span<const std::string> modules) {
    KnownDevices       known;
    std::vector<Found> found;
    for (const std::string& path : modules) {
        const std::vector<std::byte> file = read(path);
        const auto                   elf  = read_elf(file);
        const bool makes = elf && std::ranges::any_of(makers, [&](std::string_view maker) {
                               return std::ranges::find(elf->wanted, maker) != elf->wanted.end();
                           });
        if (!makes) continue;
        known.any       = true;
        const auto text = std::ranges::find(elf->sections, ".text", &ElfSection::name);
        if (text == elf->sections.end() || text->offset + text->bytes > file.size()) continue;
        gather(Code(std::span(file).subspan(text->offset, text->bytes)), found);
    }
    known.codes = codes_of(found);
    return known;
}

}  // namespace interlock::harness
