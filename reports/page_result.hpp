#pragma once

// What the page is told of one result.

#include <cstddef>

#include <nlohmann/json.hpp>

#include "reports/result.hpp"

namespace interlock::reports {

/// Events stand in columns, their words in one list of strings: a hundred thousand are small.
/// @param room  how many events may still be told; what is told is taken off.
nlohmann::ordered_json page_result(const Result& result, std::size_t& room);

}  // namespace interlock::reports
