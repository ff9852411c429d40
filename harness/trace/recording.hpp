#pragma once

// A recording of a real host, as the recorder's device gives it
// (harness/extensions/recorder/recording.h): read as a trace of one extension, the recorder itself.
// Addresses become objects: one address is another object each time it comes anew.

#include <cstdint>
#include <string_view>
#include <variant>

#include "harness/scenario/words.hpp"
#include "harness/trace/recorded_objects.hpp"
#include "harness/trace/trace.hpp"

struct _RECORDING_HEAD;
struct _RECORDING_RECORD;

namespace interlock::harness {

/// What a recording begins with.
inline constexpr std::string_view recording_mark = "ILKRCDNG";

/// Two threads of whose records the times differ by no more than this may have been the other way
/// round: so long the one may have been interrupted between what it did and what it wrote of it.
inline constexpr std::uint64_t recording_skew_100ns = 10'000;

/// What a recording says of itself; or what is wrong with its head.
std::variant<TraceHead, LineFault> head_of(const _RECORDING_HEAD& told);

/// What is wrong with a recording that ends within its head, or within a record.
LineFault cut_off_in_head();
LineFault cut_off_in_record();

/// What is wrong with a record, if anything.
Complaint fault_of(const _RECORDING_RECORD& told);

/// The call or return that a record tells of, but for its time, task and objects.
model::Event event_of(const _RECORDING_RECORD& told);

/// @param ticks  of a clock that makes so many a second.
std::uint64_t in_100ns(std::uint64_t ticks, std::uint64_t frequency);

/// Takes a recording in pieces of any size. A recorder may be attached to several switches: the one
/// that the first record names is what the trace is of.
class RecordingReader {
public:
    explicit RecordingReader(TraceSink& to) : sink(to) {}

    /// Takes as many whole records as there are.
    /// @param bytes  where the last call stopped, and what has come since; left at what is not
    ///               taken yet.
    /// @return what is wrong with the bytes, or nothing.
    Complaint take(std::string_view& bytes);

    /// @param left  the bytes that were not taken. @return what is missing, or nothing.
    Complaint end_of_file(std::string_view left) const;

private:
    Complaint head(const _RECORDING_HEAD& told);
    Complaint record(const _RECORDING_RECORD& told);
    void      skip(std::uint64_t lost);

    TraceSink&      sink;
    RecordedObjects objects;
    RecordedThreads threads{recording_skew_100ns};
    std::uint64_t   frequency   = 1;
    std::uint64_t   began       = 0;
    std::uint32_t   next_number = 0;
    std::uint32_t   on_switch   = 0;  // 0: none was named yet.
    bool            begun       = false;
    bool            any         = false;
};

}  // namespace interlock::harness
