#pragma once

// What differs between NDIS 6.30 (Windows Server 2012) and 6.40 (2012 R2) and later.

#include <array>
#include <cstdint>
#include <string_view>

namespace interlock::model {

inline constexpr std::uint16_t ndis_630 = 630, ndis_640 = 640;

struct NdisDifference {
    std::string_view rule;   // The one that reads this row.
    std::uint16_t    since;  // The first version in which it holds.
    std::string_view says;   // What holds from then on, in our words.
    std::string_view page;   // Without ".md".
};

inline constexpr std::array ndis_differences{
    NdisDifference{"FWD-16", ndis_640,
                   "The switch marks what it forwards itself; before, no packet has such a mark.",
                   "hybrid-forwarding"},
    NdisDifference{"NBL-18", ndis_640, "A clone points to its original; before, it may.",
                   "cloning-or-duplicating-packet-traffic"},
    NdisDifference{"PROP-07", ndis_640,
                   "Properties of ports may also be of the types isolation and routing domain.",
                   "ne-ntddndis-_ndis_switch_port_property_type"},
};

/// The version from which a rule, or a part of it, holds. Does not compile if no row says so.
consteval std::uint16_t holds_since(std::string_view rule) {
    for (const NdisDifference& row : ndis_differences)
        if (row.rule == rule) return row.since;
    throw "no such row";
}

}  // namespace interlock::model
