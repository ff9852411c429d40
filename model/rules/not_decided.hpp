#pragma once

// What pages say and no trace can show: neither a rule nor a part of one, and why not.

#include <span>
#include <string_view>

namespace interlock::model {

struct NotDecided {
    std::string_view id;      // As in the catalogue, e.g. "REF-10"; never that of a rule.
    std::string_view page;    // The page's file name without ".md".
    std::string_view reason;  // Why calls across the edges do not decide it: one sentence.
};

/// Sorted by id.
std::span<const NotDecided> not_decided();

}  // namespace interlock::model
