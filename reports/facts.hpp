#pragma once

// What is told of a finding, label by label: once, for every writer.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/verdict.hpp"
#include "reports/result.hpp"

namespace interlock::reports {

/// One thing that is told.
struct Told {
    std::string text;
    std::string from = {};  // As in Result::called_from; mostly empty.
};

/// What stands under one label.
struct Fact {
    std::string_view  label;  // "state", "in flight"; lives for ever.
    std::vector<Told> told;   // Never empty.
};

/// In the order in which they are read; what is not known has no label.
/// @param open_max  of what is in flight, and of what is referenced, so many are told.
std::vector<Fact> facts_of(const Result& result, const model::Violation& violation,
                           std::size_t open_max);

/// What is not finished ("in flight") and not given back ("referenced") before event `at`.
std::vector<Fact> open_at(const Result& result, std::size_t at, std::size_t open_max);

/// "where": who crashed or hung, and in which callback. None but for the last event of a trace.
std::vector<Fact> where_at(const Result& result, std::size_t at);

/// "#9 FilterOidRequest ..., in step 4 (disconnect-nic 2/0)"; empty beyond the trace.
std::string event_in_words(const Result& result, std::size_t place);

/// ", in step 4 (disconnect-nic 2/0)"; nothing for step 0.
std::string step_in_words(const Result& result, std::uint32_t step);

/// From where in the extension's code an event came; empty if that is not known.
std::string_view from_of(const Result& result, std::size_t place);

/// Which tasks took turns at these events: "task 1 from #9, then task 2 from #14". Empty where
/// there was one only.
std::string schedule_in_words(const Result& result, const std::vector<std::size_t>& places);

}  // namespace interlock::reports
