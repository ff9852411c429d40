#pragma once

// Who chose what a run was like: where its scenario came from, and who scheduled it.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "harness/scenario/scenario.hpp"

namespace interlock::fuzz {

/// Where a scenario comes from.
enum class Origin : std::uint8_t {
    given,
    plain,    // By chance alone, whatever was found before.
    changed,  // From what was interesting.
};

/// An origin and a scheduler, as one number below `engines_max`.
using Engine = std::uint8_t;

inline constexpr std::array<std::string_view, 3> origin_names{"given", "plain", "changed"};
inline constexpr std::array<std::string_view, 5> scheduler_names{
    "plainest", "by chance", "POS", "PCT", "as it says"};  // The last: by decisions that it names.
inline constexpr std::size_t engines_max = origin_names.size() * scheduler_names.size();

/// @param scenario  as it is to be played, without what a sweep makes fail in it.
Engine engine_of(Origin origin, const harness::Scenario& scenario);

std::string_view origin_of(Engine engine);
std::string_view scheduler_of(Engine engine);

/// What came of the runs of one engine.
struct EngineTally {
    std::uint64_t runs        = 0;
    std::uint64_t violating   = 0;
    std::uint64_t undecided   = 0;
    std::uint64_t interesting = 0;  // They showed something new.
};

using EngineTallies = std::array<EngineTally, engines_max>;

/// The same as numbers, one after the other.
inline constexpr std::size_t engine_counts_max = engines_max * 4;

std::array<std::uint64_t, engine_counts_max> counts_in(const EngineTallies& tallies);
EngineTallies tallies_of(const std::array<std::uint64_t, engine_counts_max>& counts);

}  // namespace interlock::fuzz
