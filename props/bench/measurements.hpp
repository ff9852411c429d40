#pragma once

// What interlock_bench measures. Each function registers its measurements with google-benchmark.

#include <string>
#include <string_view>
#include <vector>

#include "harness/scenario/scenario.hpp"
#include "model/event.hpp"

namespace interlock::props::bench {

/// The whole life of a switch: three ports, four NICs, a packet from one guest to the other and one
/// back, all of it taken down again.
harness::Scenario life_cycle(const std::string& extension);

/// The events of one such life, with the extension on it. Ends the program if it did not go well.
std::vector<model::Event> life_cycle_trace(const std::string& extension);

/// "life_cycle/<extension>/judge" or "life_cycle/<extension>/no_judge".
std::string life_cycle_name(const std::string& extension, bool judged);

/// "memory/<extension>/<way>": a life of the traced extension, judged.
std::string memory_name(const std::string& extension, std::string_view way);

/// Nobody listens; others may go on at each access; races are looked for; both.
inline constexpr std::string_view memory_ways[] = {"off", "preempts", "detects", "both"};

inline constexpr const char* empty_target_name = "empty_target";

/// Extensions that the life cycle is measured with.
inline const std::vector<std::string> measured_extensions{"pass_through", "forwarder"};

/// What the live switch is measured with, one extension or `none`.
inline const std::vector<std::string> live_stacks{"none", "pass_through", "forwarder"};

/// "live/<stack>/judge" or "live/<stack>/no_judge".
std::string live_name(const std::string& stack, bool judged);

void register_life_cycles();
void register_empty_target();
void register_judge();
void register_live();
void register_scheduler();
void register_scenarios();

}  // namespace interlock::props::bench
