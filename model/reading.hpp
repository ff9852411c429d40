#pragma once

// Where two pages contradict each other, or a sentence leaves a doubt, a trace can be read in three
// ways. What each makes of a rule is data (errata.hpp), looked up when a trace begins or a rule is
// about to accuse, never on the way.

#include <array>
#include <cstdint>
#include <string_view>

#include "model/rule.hpp"

namespace interlock::model {

enum class Reading : std::uint8_t {
    as_written,  // The page nearest to the fact, at its word, whatever another page says.
    reconciled,  // What all pages can hold together; the doubt favours the accused.
    strict,      // The most demanding reading that can be kept; what should be done must be.
};

inline constexpr std::array readings{Reading::as_written, Reading::reconciled, Reading::strict};

/// "as-written", "reconciled", "strict".
inline constexpr std::array<std::string_view, readings.size()> reading_names{
    "as-written", "reconciled", "strict"};

constexpr std::string_view name_of(Reading reading) {
    return reading_names[static_cast<std::size_t>(reading)];
}

/// What a reading makes of a rule, or of one thing that a rule might accuse.
enum class Weight : std::uint8_t { silent, warning, violation };

/// @pre not silent
constexpr Severity severity_of(Weight weight) {
    return weight == Weight::warning ? Severity::warning : Severity::violation;
}

using Weights = std::array<Weight, readings.size()>;

/// One for each entry of errata(), in its order.
enum class Doubt : std::uint8_t {
    late_dereference,
    disconnect_binds,
    connect_opens,
    reference_when_created,
    port_forwarded,
    port_reference_gate,
    control_under_reference,
    never_connected,
    packet_after_disconnect,
    overlap,
    abort_when_cancelled,
    activation_kept,
    property_delete,
    literal_order,
    team_operational,
    second_internal,
    own_allocation,
    held_at_detach,
    parent_retention,
    faithful_clone_up,
    destinations_copied,
    exclusion_by_filter,
    native_destinations,
    receives_when_paused,
    origin_when_restarting,
    sends_when_restarting,
    excluded_everywhere,
};

Weight weight_of(Doubt doubt, Reading reading);

/// Of a whole rule: as its erratum says, if it has one of its own. Else strict makes a violation of
/// every rule, and as-written a warning only of what a page says should be.
Weight weight_of(RuleIndex rule, Reading reading);

}  // namespace interlock::model
