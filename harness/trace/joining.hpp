#pragma once

// Two recordings of one host, made above and below a suspect, as one trace of three extensions, top
// to bottom: the recorder above, the suspect, the recorder below. What the suspect is given and
// what it passes on is seen from its two sides; so it is judged like any extension, and by its
// name.
//
// The clones that it makes of OID requests nobody sees. What it passes on of the kind of a request
// that it holds is taken for a clone of that.

#include <istream>
#include <optional>
#include <string>

#include "harness/scenario/error.hpp"
#include "harness/trace/trace.hpp"

namespace interlock::harness {

/// A recording, and its name in errors.
struct Recorded {
    std::istream& bytes;
    std::string   name;
};

/// Reads both as they come. Memory grows with what is under way, not with their length.
/// @param suspect  what stands between the two is called so.
/// @return what is wrong with one of them, or with both together; the sink has by then been given
///         what was before.
std::optional<InputError> join_recordings(const Recorded& above, const Recorded& below,
                                          const std::string& suspect, TraceSink& sink);

}  // namespace interlock::harness
