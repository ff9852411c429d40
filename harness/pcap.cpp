#include "harness/pcap.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

#include "harness/check.hpp"

namespace interlock::harness {
namespace {

constexpr std::uint32_t magic_us     = 0xA1B2C3D4;
constexpr std::uint32_t magic_ns     = 0xA1B23C4D;
constexpr std::uint32_t magic_pcapng = 0x0A0D0D0A;
constexpr std::uint32_t ethernet     = 1;
constexpr std::uint16_t version      = 2;
constexpr std::size_t   header_bytes = 24;
constexpr std::size_t   record_bytes = 16;
constexpr std::uint64_t ns_per_s     = 1'000'000'000;

using Frames = std::vector<CapturedFrame>;

std::uint32_t swapped(std::uint32_t value) {
    return value << 24 | (value & 0xFF00) << 8 | (value >> 8 & 0xFF00) | value >> 24;
}

std::uint32_t little_u32(std::span<const std::uint8_t> bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t byte = 4; byte-- > 0;)
        value = value << 8 | bytes[at + byte];
    return value;
}

/// A capture whose header has been understood.
class CaptureReader {
public:
    CaptureReader(std::span<const std::uint8_t> all, std::string_view name)
        : bytes(all), file(name) {}

    std::optional<InputError> header();
    std::optional<InputError> frame(CapturedFrame& into);
    bool                      at_end() const {
        return at == bytes.size();
    }

private:
    std::uint32_t u32(std::size_t offset) const {
        const std::uint32_t value = little_u32(bytes, offset);
        return big_endian ? swapped(value) : value;
    }

    InputError fault(std::string wrong, std::string expected) const {
        return {file, 0, std::move(wrong), std::move(expected)};
    }

    std::string here() const {
        return "frame " + std::to_string(frames + 1) + " at byte " + std::to_string(at);
    }

    std::span<const std::uint8_t> bytes;
    std::string                   file;
    bool                          big_endian  = false;
    std::uint64_t                 ns_per_unit = 1;
    std::size_t                   at          = header_bytes;
    std::size_t                   frames      = 0;
};

std::optional<InputError> CaptureReader::header() {
    const std::string wanted = "expected a classic pcap file";
    if (bytes.size() < header_bytes) {
        return fault("has only " + std::to_string(bytes.size()) + " bytes",
                     wanted + " of 24 and up");
    }
    const std::uint32_t magic = little_u32(bytes, 0);
    if (magic == magic_pcapng) {
        return fault("is pcapng", wanted + "; convert it: editcap -F pcap <file> <new file>");
    }
    big_endian = magic == swapped(magic_us) || magic == swapped(magic_ns);
    if (u32(0) != magic_us && u32(0) != magic_ns) return fault("is no capture", wanted);
    ns_per_unit = u32(0) == magic_us ? 1000 : 1;

    const std::uint32_t link = u32(20);
    if (link == ethernet) return {};
    return fault("has link type " + std::to_string(link),
                 "expected 1, Ethernet, without checksums");
}

std::optional<InputError> CaptureReader::frame(CapturedFrame& into) {
    const std::size_t left = bytes.size() - at;
    if (left < record_bytes) {
        return fault("ends within the head of " + here(), "expected 16 bytes");
    }
    const std::uint32_t fraction = u32(at + 4);
    const std::uint32_t size     = u32(at + 8);
    if (fraction >= ns_per_s / ns_per_unit) {
        return fault(here() + " has a time beyond its second", "expected less than a second");
    }
    if (size > frame_bytes_max) {
        return fault(here() + " has " + std::to_string(size) + " bytes", "expected at most 262144");
    }
    if (left - record_bytes < size) {
        return fault("ends within " + here(), "expected " + std::to_string(size) + " bytes of it");
    }
    into.time_ns       = u32(at) * ns_per_s + fraction * ns_per_unit;
    into.bytes_on_wire = u32(at + 12);
    if (into.bytes_on_wire < size) {
        return fault(here() + " holds more bytes than it had on the wire",
                     "expected at most " + std::to_string(into.bytes_on_wire));
    }
    const auto content = bytes.subspan(at + record_bytes, size);
    into.bytes.assign(content.begin(), content.end());
    at += record_bytes + size;
    ++frames;
    return {};
}

void add_u32(std::vector<std::uint8_t>& bytes, std::uint32_t value) {
    for (unsigned shift = 0; shift < 32; shift += 8)
        bytes.push_back(static_cast<std::uint8_t>(value >> shift));
}

InputError file_error(const std::string& file, std::string_view what) {
    return {file, 0, std::string(what) + ": " + std::strerror(errno), "expected a pcap file"};
}

}  // namespace

std::variant<Frames, InputError> parse_pcap(std::span<const std::uint8_t> bytes,
                                            std::string_view              file) {
    CaptureReader reader(bytes, file);
    if (auto bad = reader.header()) return *bad;
    Frames frames;
    while (!reader.at_end()) {
        if (auto bad = reader.frame(frames.emplace_back())) return *bad;
    }
    return frames;
}

std::variant<Frames, InputError> read_pcap(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return file_error(file, "cannot be read");
    const std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(stream), {}};
    return parse_pcap(bytes, file);
}

std::vector<std::uint8_t> to_pcap(std::span<const CapturedFrame> frames) {
    std::vector<std::uint8_t> bytes;
    add_u32(bytes, magic_ns);
    add_u32(bytes, version | 4U << 16);
    add_u32(bytes, 0);
    add_u32(bytes, 0);
    add_u32(bytes, frame_bytes_max);
    add_u32(bytes, ethernet);
    for (const CapturedFrame& frame : frames) {
        check(frame.bytes.size() <= frame_bytes_max, "a frame is too long for a capture");
        check(frame.bytes_on_wire >= frame.bytes.size(), "a frame has more bytes than it had");
        add_u32(bytes, static_cast<std::uint32_t>(frame.time_ns / ns_per_s));
        add_u32(bytes, static_cast<std::uint32_t>(frame.time_ns % ns_per_s));
        add_u32(bytes, static_cast<std::uint32_t>(frame.bytes.size()));
        add_u32(bytes, frame.bytes_on_wire);
        bytes.insert(bytes.end(), frame.bytes.begin(), frame.bytes.end());
    }
    return bytes;
}

std::optional<InputError> write_pcap(const std::string&             file,
                                     std::span<const CapturedFrame> frames) {
    const auto    bytes = to_pcap(frames);
    std::ofstream stream(file, std::ios::binary);
    stream.write(reinterpret_cast<const char*>(bytes.data()),
                 static_cast<std::streamsize>(bytes.size()));
    if (!stream.flush()) return file_error(file, "cannot be written");
    return {};
}

}  // namespace interlock::harness
