#pragma once

// The other side of a contained stage: the process that loads the extensions and plays.

#include "fuzz/blob.hpp"
#include "fuzz/board.hpp"
#include "fuzz/child.hpp"
#include "fuzz/contained_stage.hpp"
#include "harness/trace/trace_buffer.hpp"

namespace interlock::fuzz {

/// What a contained stage tells its worker, and what it hears.
namespace word {
inline constexpr char play     = 'p';  // The first of the board's scenarios, in full.
inline constexpr char batch    = 'b';  // All of them, in short.
inline constexpr char search   = 's';  // The next schedules of the first, in short.
inline constexpr char searched = 'w';  // The last of those, in full.
inline constexpr char done     = 'd';
inline constexpr char opened   = 'o';  // The answer holds the extensions' names.
inline constexpr char refused  = 'r';  // The answer holds an InputError.
}  // namespace word

/// What a worker shares with its stage.
struct Common {
    Board&                board;
    Seen&                 seen;
    harness::TraceBuffer& trace;
    const Scratch&        answer;
    const Scratch&        decided;  // A line for each decision of a play in full, as it is taken.
};

/// Lives until the socket closes.
void work(int socket, const Common& common, const ContainedOptions& options);

/// What a worker that died had decided until then.
std::vector<harness::Decision> read_decided(const std::string& lines);

/// Fills in what a worker wrote as a full answer; the trace is in the buffer.
void read_answer(BlobReader reader, Play& play);

}  // namespace interlock::fuzz
