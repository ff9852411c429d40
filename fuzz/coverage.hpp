#pragma once

// What a play has shown, as numbers: transitions of the model and rules that were asked, each with
// how often, in eight classes; what met what (meetings.hpp); edges of the extension's code, also
// with how often. A new number makes a play interesting.

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "fuzz/edge_counters.hpp"
#include "fuzz/meetings.hpp"
#include "harness/stage.hpp"
#include "model/under_way.hpp"

namespace interlock::fuzz {

inline constexpr std::uint32_t classes = 8;

/// 1, 2, 3, 4.., 8.., 16.., 32.., 128..
inline std::uint32_t class_of(std::uint64_t count) {
    if (count <= 3) return static_cast<std::uint32_t>(count - 1);
    if (count >= 128) return 7;
    return std::min(static_cast<std::uint32_t>(std::bit_width(count)), 6U);
}

/// As a counter of an engine has it: no more than fits.
inline std::uint8_t as_counter(std::uint64_t count) {
    return static_cast<std::uint8_t>(std::min<std::uint64_t>(count, 0xFF));
}

/// How many places of counts there are before those of meetings. The same in every run of one
/// build.
std::uint32_t first_meeting_place();

/// Calls back as `told(place, how_often)` with what came up in a play: a place for each cell of the
/// machines, each rule, each meeting (how often it comes up, it is told as 1) and each edge.
template <typename Told>
void for_each_count(const harness::Performance& performance, EdgeCounters edges, Told told) {
    std::uint32_t place = 0;
    const auto    tell  = [&](std::uint64_t count) {
        if (count > 0) told(place, count);
        ++place;
    };
    for (const std::uint64_t taken : performance.verdict.cells)
        tell(taken);
    for (const model::RuleTally& tally : performance.verdict.rules)
        tell(tally.held + tally.broken);
    for_each_meeting(performance.trace, [&](std::uint32_t meeting) { told(place + meeting, 1U); });
    place += meetings_max;
    for (const auto counters : edges) {
        for (const std::uint8_t count : counters)
            tell(count);
    }
}

/// Calls back with each feature of a play: the model's, from `first_meeting_feature` on those of
/// what met what, and from `first_edge_feature` on the edges'.
template <typename Feature>
void for_each_feature(const harness::Performance& performance, EdgeCounters edges,
                      Feature feature) {
    const std::uint32_t meetings = first_meeting_place(), behind = meetings + meetings_max;
    for_each_count(performance, edges, [&](std::uint32_t place, std::uint64_t count) {
        if (place < meetings) return feature(place * classes + class_of(count));
        const std::uint32_t before = meetings * classes + place - meetings;
        if (place < behind) return feature(before);
        feature(before + (place - behind) * (classes - 1) + class_of(count));
    });
}

/// Adds how often each filled cell of the machines was taken, then how often each rule was asked;
/// from `first_under_way_entry` on of each cell how many packets and requests were under way then,
/// by class (model/under_way.hpp).
/// @pre entries.size() == entries_max
void add_entries(const harness::Performance& performance, std::span<std::uint64_t> entries);

/// Of each cell, by class. @param entries  those from `first_under_way_entry` on
std::vector<model::UnderWay> under_way_in(std::span<const std::uint64_t> entries);

/// What such entries say of a state of a machine, or of a rule.
struct Entries {
    std::string   name;  // "nic:connected", "PKT-04"
    std::uint64_t count = 0;
};

/// By state: how often it was entered by a transition. The states that machines begin in are left
/// out, where no transition leads back to them.
std::vector<Entries> state_entries(std::span<const std::uint64_t> entries);
std::vector<Entries> rule_entries(std::span<const std::uint64_t> entries);

/// Where the model's features end, and where the meetings do. The same in every run of one build.
std::uint32_t first_meeting_feature();
std::uint32_t first_edge_feature();

/// How much of what there is was seen at least once.
struct Covered {
    std::uint32_t transitions     = 0;
    std::uint32_t transitions_all = 0;
    std::uint32_t rules           = 0;
    std::uint32_t rules_all       = 0;
    std::uint32_t edges           = 0;

    std::vector<std::size_t> transitions_missed;  // Places among the cells of all machines.
    std::vector<std::size_t> rules_missed;        // Places in model::rules().
};

/// @param seen  non-zero at each feature that came up.
Covered covered(std::span<const std::uint8_t> seen);

}  // namespace interlock::fuzz
