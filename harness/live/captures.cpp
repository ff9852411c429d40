// A port whose peer are two files: frames come out of one capture as far apart as they were when it
// was made, and what is delivered goes into another.

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>

#include "harness/live/wire.hpp"
#include "harness/pcap.hpp"

namespace interlock::harness {
namespace {

using Captured = std::vector<CapturedFrame>;

struct ClosesFile {
    void operator()(std::FILE* file) const {
        std::fclose(file);
    }
};
using OutFile = std::unique_ptr<std::FILE, ClosesFile>;

class Captures final : public Wire {
public:
    Captures(Captured played, OutFile written, std::uint64_t start)
        : capture(std::move(played)), file(std::move(written)), start_ns(start) {
        frames.reserve(wire_batch);
    }

    int descriptor() const override {
        return -1;
    }

    Time100ns due() const override {
        return next < capture.size() ? due_of(capture[next]) : ~Time100ns{0};
    }

    std::span<const Frame> receive(Time100ns time) override {
        now = time;
        frames.clear();
        while (due() <= now && frames.size() < wire_batch)
            take(capture[next++]);
        return frames;
    }

    void send(Frame frame) override {
        if (!file) {
            counted.send(frame.size());
            return;
        }
        const CapturedFrame one{.time_ns       = start_ns + now * 100,
                                .bytes         = {frame.begin(), frame.end()},
                                .bytes_on_wire = static_cast<std::uint32_t>(frame.size())};
        const auto          bytes = to_pcap({&one, 1});
        const std::size_t   head  = to_pcap({}).size();  // Stands in the file already.
        const std::size_t   left  = bytes.size() - head;
        if (std::fwrite(bytes.data() + head, 1, left, file.get()) != left)
            return counted.lose(Loss::refused);
        counted.send(frame.size());
    }

    void flush() override {
        if (file) std::fflush(file.get());
    }

    const WireCounts& counts() override {
        return counted;
    }

private:
    Time100ns due_of(const CapturedFrame& frame) const {
        const std::uint64_t first = capture.front().time_ns;
        return frame.time_ns < first ? 0 : (frame.time_ns - first) / 100;
    }

    void take(const CapturedFrame& frame) {
        if (frame.bytes.size() < ethernet_header_bytes) return counted.lose(Loss::too_short);
        if (frame.bytes.size() > live_frame_bytes_max) return counted.lose(Loss::too_long);
        counted.receive(frame.bytes.size());
        frames.push_back(frame.bytes);
    }

    Captured           capture;
    std::size_t        next = 0;
    OutFile            file;
    std::uint64_t      start_ns;
    Time100ns          now = 0;
    std::vector<Frame> frames;
    WireCounts         counted;
};

}  // namespace

std::variant<std::unique_ptr<Wire>, InputError> open_captures(const PortSpec& spec,
                                                              std::uint64_t   start_ns) {
    Captured played;
    if (!spec.target.empty()) {
        auto read = read_pcap(spec.target);
        if (auto* const error = std::get_if<InputError>(&read)) return std::move(*error);
        played = std::move(std::get<Captured>(read));
    }
    OutFile written;
    if (!spec.out.empty()) {
        written.reset(std::fopen(spec.out.c_str(), "wbe"));
        const auto head = to_pcap({});
        if (!written || std::fwrite(head.data(), 1, head.size(), written.get()) != head.size())
            return InputError{spec.out, 0,
                              std::string("cannot be written: ") + std::strerror(errno),
                              "a file in a folder that is there"};
    }
    return std::make_unique<Captures>(std::move(played), std::move(written), start_ns);
}

}  // namespace interlock::harness
