#pragma once

// Traces in files and pipes, in whichever way they are written: JSON lines (trace_lines.hpp),
// packed (trace_packed.hpp) or, to be read only, a story (story_file.hpp) or what the recorder's
// device gave (recording.hpp).

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "harness/scenario/error.hpp"
#include "harness/trace/trace.hpp"

namespace interlock::harness {

/// What ends so is written packed; anything else is JSON lines.
inline constexpr std::string_view packed_ending = ".packed";

/// Reads a trace as it comes. Memory does not grow with the trace, unless it is a story.
/// @param file  "-" is standard input.
/// @return what is wrong with it, if anything; the sink has by then been given what stood before.
std::optional<InputError> stream_trace(const std::string& file, TraceSink& sink);

/// The same, of what is in memory.
/// @param name  stands for a file in errors.
std::optional<InputError> parse_trace(std::string_view text, const std::string& name,
                                      TraceSink& sink);

/// All of it.
std::variant<Trace, InputError> read_trace(const std::string& file);

/// Exact: gives back what was written.
std::variant<Trace, InputError> parse_trace(std::string_view text, const std::string& name);

/// @return what went wrong, if anything.
std::optional<InputError> write_trace(const std::string& file, const Trace& trace);

/// Writes a trace as it comes, in the way that the file's ending says.
/// @param give  gives it; what it says went wrong is returned, and the trace is cut short.
std::optional<InputError> write_trace_of(
    const std::string& file, const std::function<std::optional<InputError>(TraceSink&)>& give);

/// Reads one trace and writes another as it comes, in the way that the second one's ending says.
/// @return what went wrong, if anything; what was written by then is cut short, and says so.
std::optional<InputError> convert_trace(const std::string& from, const std::string& to);

}  // namespace interlock::harness
