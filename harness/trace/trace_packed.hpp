#pragma once

// A trace in few bytes: what JSON lines say, without loss, in a fifth of the room. All numbers are
// LEB128: seven bits a byte, the lowest first.
//
//     "\x89ILKTRC\n"                     the mark of the format
//     version, ndis, whole               3; 630 or 640; 0 or 1
//     count, then (length, bytes) each   the extensions
//     length, bytes                      the clock
//     count, then (length, bytes) each   the calls that are not seen
//     order                              0: it is certain; else 1, + 2: each CPU's is, + 4: each
//                                        object's is; and then the skew, in 100 ns
//     count, then (length, bytes) each   the names of the calls, so that a later build, which has
//                                        more of them, still knows which is which
//     records, of which the first number says the kind:
//       0, events                        the end: how many events there are
//       1, lost                          a hole; 0: nobody knows how many are missing
//       2 + 2 * call + phase             an event: three bytes, the lowest first, have a bit for
//                                        each field that is not left out, in the order of
//                                        event_fields.hpp; then those fields

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/scenario/words.hpp"
#include "harness/trace/trace_text.hpp"

namespace interlock::harness {

inline constexpr std::string_view packed_mark = "\x89ILKTRC\n";

void add_packed_head(std::string& bytes, const TraceHead& head);
void add_packed_event(std::string& bytes, const model::Event& event);
void add_packed_hole(std::string& bytes, std::uint64_t lost);
void add_packed_end(std::string& bytes, std::uint64_t events);

inline constexpr Encoding as_packed{add_packed_head, add_packed_event, add_packed_hole,
                                    add_packed_end};

/// All of it.
std::string to_packed(const Trace& trace);

/// Takes a packed trace in pieces of any size.
class PackedTrace {
public:
    explicit PackedTrace(TraceSink& to) : sink(to) {}

    /// Takes as many whole records as there are.
    /// @param bytes  where the last call stopped, and what has come since; left at what is not
    ///               taken yet.
    /// @return what is wrong with the bytes, or nothing.
    Complaint take(std::string_view& bytes);

    /// @param left  the bytes that were not taken. @return what is missing, or nothing.
    Complaint end_of_file(std::string_view left) const;

private:
    class Bytes;

    Complaint head(Bytes& bytes);
    Complaint record(Bytes& bytes);
    Complaint event(Bytes& bytes, std::uint64_t kind);
    Complaint end(Bytes& bytes);

    TraceSink&               sink;
    std::vector<model::Call> calls;  // By the number that the file has for them.
    std::uint64_t            events = 0;
    bool                     begun  = false;
    bool                     ended  = false;
};

}  // namespace interlock::harness
