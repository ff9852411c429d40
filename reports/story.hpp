#pragma once

// What of a trace belongs to one finding, and what of it was under way at that moment.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/event.hpp"
#include "model/verdict.hpp"

namespace interlock::reports {

/// Places in the trace, ascending, of what happened to the subject of a finding up to it: to its
/// packet or request with all clones, else to its adapter, else to its port, else to the extension.
/// The breaking event, the one that made it illegal, and all that happened to what the breaking
/// event carries are always among them.
std::vector<std::size_t> events_about(const model::Violation&       violation,
                                      std::span<const model::Event> trace);

/// "nbl 7", "the OID request 12 (OID_SWITCH_NIC_CONNECT)", "adapter 3/0", "port 3"
std::string subject_in_words(const model::Violation&       violation,
                             std::span<const model::Event> trace);

/// A packet or request that is not finished.
struct InFlight {
    model::ObjectId object = 0;
    std::size_t     since  = 0;  // Place of the event that brought it where it is.
};

/// What is under way just before event `at`, oldest first.
std::vector<InFlight> in_flight(std::span<const model::Event> trace, std::size_t at);

/// Places, ascending, of the calls that took a reference which is not given back before event `at`.
std::vector<std::size_t> references_held(std::span<const model::Event> trace, std::size_t at);

/// The callback in which an extension was at event `at`, in the task of that event: the place where
/// it began. Nothing where that is in no callback, as in a timer's or a thread's code.
std::optional<std::size_t> callback_around(std::span<const model::Event> trace, std::size_t at);

}  // namespace interlock::reports
