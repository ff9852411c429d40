#include "fuzz/engines.hpp"

#include "harness/sched/strike.hpp"

namespace interlock::fuzz {
namespace {

constexpr std::size_t as_it_says = scheduler_names.size() - 1;

/// As harness::scheduler_for has it.
std::size_t scheduler_in(const harness::Scenario& scenario) {
    const bool decided = !harness::apart(scenario.decisions).second.empty();
    return decided ? as_it_says : static_cast<std::size_t>(scenario.schedule);
}

}  // namespace

Engine engine_of(Origin origin, const harness::Scenario& scenario) {
    const auto by = static_cast<std::size_t>(origin) * scheduler_names.size();
    return static_cast<Engine>(by + scheduler_in(scenario));
}

std::string_view origin_of(Engine engine) {
    return origin_names[engine / scheduler_names.size()];
}

std::string_view scheduler_of(Engine engine) {
    return scheduler_names[engine % scheduler_names.size()];
}

std::array<std::uint64_t, engine_counts_max> counts_in(const EngineTallies& tallies) {
    std::array<std::uint64_t, engine_counts_max> counts{};
    auto                                         next = counts.begin();
    for (const EngineTally& one : tallies)
        for (const auto count : {one.runs, one.violating, one.undecided, one.interesting})
            *next++ = count;
    return counts;
}

EngineTallies tallies_of(const std::array<std::uint64_t, engine_counts_max>& counts) {
    EngineTallies tallies;
    auto          next = counts.begin();
    for (EngineTally& one : tallies)
        for (auto* count : {&one.runs, &one.violating, &one.undecided, &one.interesting})
            *count = *next++;
    return tallies;
}

}  // namespace interlock::fuzz
