#include "harness/trace/trace_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "harness/trace/recording.hpp"
#include "harness/trace/story_file.hpp"
#include "harness/trace/trace_lines.hpp"
#include "harness/trace/trace_packed.hpp"

namespace interlock::harness {
namespace {

constexpr std::size_t block    = std::size_t{256} << 10;
constexpr std::size_t line_max = std::size_t{1} << 20;

/// A file that is read block by block; what was not taken stays in front of what is read next.
class Blocks {
public:
    explicit Blocks(const std::string& file)
        : descriptor(file == "-" ? STDIN_FILENO : open(file.c_str(), O_RDONLY | O_CLOEXEC)),
          owned(file != "-") {
        is_bad = descriptor < 0;
    }
    /// What was read already.
    explicit Blocks(std::string_view text)
        : descriptor(-1), owned(false), buffer(text), is_ended(true) {}
    ~Blocks() {
        if (owned && descriptor >= 0) close(descriptor);
    }
    Blocks(const Blocks&)            = delete;
    Blocks& operator=(const Blocks&) = delete;

    /// Forgets the first bytes, and reads on.
    void read_on(std::size_t taken) {
        buffer.erase(0, taken);
        const std::size_t kept = buffer.size();
        buffer.resize(kept + block);
        ssize_t got = 0;
        do {
            got = read(descriptor, buffer.data() + kept, block);
        } while (got < 0 && errno == EINTR);
        is_bad   = got < 0;
        is_ended = got <= 0;
        buffer.resize(kept + static_cast<std::size_t>(got > 0 ? got : 0));
    }

    std::string_view bytes() const {
        return buffer;
    }
    bool bad() const {
        return is_bad;
    }
    bool ended() const {
        return is_ended;
    }

private:
    int         descriptor;
    bool        owned;
    std::string buffer;
    bool        is_bad   = false;
    bool        is_ended = false;
};

InputError file_error(const std::string& file, std::string_view what) {
    return {file, 0, std::string(what) + ": " + std::strerror(errno), "expected a trace"};
}

InputError unreadable(const std::string& file) {
    return file_error(file, "cannot be read");
}

InputError error_at(const std::string& file, std::size_t line, const LineFault& bad) {
    return {file, line, bad.wrong, bad.expected};
}

/// Gives the whole lines of `bytes` to `lines`, and takes them off.
Complaint take_lines(std::string_view& bytes, TraceLines& lines, std::size_t& number) {
    for (auto end = bytes.find('\n'); end != bytes.npos; end = bytes.find('\n')) {
        std::string_view line = bytes.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        bytes.remove_prefix(end + 1);
        ++number;
        if (auto bad = lines.line(line)) return bad;
    }
    if (bytes.size() <= line_max) return {};
    ++number;
    return LineFault{"the line has more than a million bytes", "expected one event a line"};
}

std::optional<InputError> stream_lines(const std::string& file, Blocks& blocks, TraceSink& sink) {
    TraceLines  lines(sink);
    std::size_t number = 0;
    for (;;) {
        const std::size_t before = blocks.bytes().size();
        std::string_view  bytes  = blocks.bytes();
        if (const auto bad = take_lines(bytes, lines, number)) return error_at(file, number, *bad);
        if (!blocks.ended()) {
            blocks.read_on(before - bytes.size());
            continue;
        }
        if (blocks.bad()) return unreadable(file);
        // A last line without its end was cut short, unless it is whole all the same.
        auto       bad       = bytes.empty() && number > 0 ? Complaint() : lines.line(bytes);
        const auto too_short = lines.end_of_file();
        number += bytes.empty() && number > 0 ? 0 : 1;
        if (!bad || (number > 1 && too_short)) bad = too_short;
        return bad ? std::optional(error_at(file, number, *bad)) : std::nullopt;
    }
}

/// @tparam Form  PackedTrace or RecordingReader.
template <typename Form>
std::optional<InputError> stream_bytes(const std::string& file, Blocks& blocks,
                                       TraceSink& sink) {
    Form          packed(sink);
    std::uint64_t taken = 0;
    const auto    at    = [&](const LineFault& bad) {
        const std::string where = "byte " + std::to_string(taken) + ": ";
        return error_at(file, 0, {where + bad.wrong, bad.expected});
    };
    for (;;) {
        const std::string_view all   = blocks.bytes();
        std::string_view       bytes = all;
        const auto             bad   = packed.take(bytes);
        taken += all.size() - bytes.size();
        if (bad) return at(*bad);
        if (blocks.ended()) {
            if (blocks.bad()) return unreadable(file);
            const auto too_short = packed.end_of_file(bytes);
            return too_short ? std::optional(at(*too_short)) : std::nullopt;
        }
        blocks.read_on(all.size() - bytes.size());
    }
}

std::optional<InputError> stream_story(const std::string& file, Blocks& blocks, TraceSink& sink) {
    while (!blocks.ended())
        blocks.read_on(0);
    if (blocks.bad()) return unreadable(file);
    auto read = parse_story(blocks.bytes(), file);
    if (auto* error = std::get_if<InputError>(&read)) return std::move(*error);
    give(std::get<Trace>(read), sink);
    return {};
}

/// Writes what it is given, block by block.
class TraceWriter : public TraceText {
public:
    explicit TraceWriter(const std::string& file)
        : TraceText(file.ends_with(packed_ending) ? as_packed : as_lines),
          out(file, std::ios::binary) {}

    void event(const model::Event& one) override {
        TraceText::event(one);
        if (text.size() > block) flush();
    }

    /// @return whether all of it was written.
    bool finish() {
        end();
        flush();
        return out.flush().good();
    }

private:
    void flush() {
        out.write(text.data(), static_cast<std::streamsize>(text.size()));
        text.clear();
    }

    std::ofstream out;
};

std::optional<InputError> stream(const std::string& file, Blocks& blocks, TraceSink& sink) {
    if (blocks.bad()) return unreadable(file);
    while (!blocks.ended() && blocks.bytes().size() < packed_mark.size())
        blocks.read_on(0);
    if (blocks.bytes().starts_with(packed_mark))
        return stream_bytes<PackedTrace>(file, blocks, sink);
    if (blocks.bytes().starts_with(recording_mark))
        return stream_bytes<RecordingReader>(file, blocks, sink);
    if (is_story(blocks.bytes())) return stream_story(file, blocks, sink);
    return stream_lines(file, blocks, sink);
}

std::variant<Trace, InputError> all_of(const std::string& file, Blocks& blocks) {
    TraceKeeper keeper;
    if (auto error = stream(file, blocks, keeper)) return std::move(*error);
    return std::move(keeper.kept);
}

}  // namespace

std::optional<InputError> stream_trace(const std::string& file, TraceSink& sink) {
    Blocks blocks(file);
    return stream(file, blocks, sink);
}

std::optional<InputError> parse_trace(std::string_view text, const std::string& name,
                                      TraceSink& sink) {
    Blocks blocks(text);
    return stream(name, blocks, sink);
}

std::variant<Trace, InputError> read_trace(const std::string& file) {
    Blocks blocks(file);
    return all_of(file, blocks);
}

std::variant<Trace, InputError> parse_trace(std::string_view text, const std::string& name) {
    Blocks blocks(text);
    return all_of(name, blocks);
}

std::optional<InputError> write_trace(const std::string& file, const Trace& trace) {
    return write_trace_of(file, [&](TraceSink& sink) -> std::optional<InputError> {
        give(trace, sink);
        return {};
    });
}

std::optional<InputError> write_trace_of(
    const std::string& file, const std::function<std::optional<InputError>(TraceSink&)>& give) {
    TraceWriter writer(file);
    if (auto error = give(writer)) return error;
    return writer.finish() ? std::nullopt : std::optional(file_error(file, "cannot be written"));
}

std::optional<InputError> convert_trace(const std::string& from, const std::string& to) {
    return write_trace_of(to, [&](TraceSink& sink) { return stream_trace(from, sink); });
}

}  // namespace interlock::harness
