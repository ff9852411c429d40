#include "fuzz/coverage.hpp"

#include <algorithm>
#include <bit>

#include "model/judge.hpp"
#include "model/machine.hpp"

namespace interlock::fuzz {
namespace {

std::uint32_t cell_count() {
    std::size_t count = 0;
    for (const model::Machine* machine : model::machines())
        count += machine->cells.size();
    return static_cast<std::uint32_t>(count);
}

std::uint32_t rule_count() {
    return static_cast<std::uint32_t>(model::rules().size());
}

/// How many of the things whose features begin at `first` have one that was seen.
std::uint32_t seen_among(std::span<const std::uint8_t> seen, std::size_t first, std::size_t count) {
    std::uint32_t found = 0;
    for (std::size_t thing = first; thing < first + count * classes; thing += classes) {
        const auto of_it = seen.subspan(thing, classes);
        found += std::ranges::any_of(of_it, [](std::uint8_t byte) { return byte != 0; }) ? 1 : 0;
    }
    return found;
}

}  // namespace

std::uint32_t class_of(std::uint64_t count) {
    if (count <= 3) return static_cast<std::uint32_t>(count - 1);
    if (count >= 128) return 7;
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(std::bit_width(count), 6));
}

void for_each_feature(const model::Verdict& verdict, EdgeCounters edges,
                      const std::function<void(std::uint32_t)>& feature) {
    std::uint32_t next = 0;
    const auto    take = [&](std::uint64_t count) {
        if (count > 0) feature(next + class_of(count));
        next += classes;
    };
    for (const std::uint64_t taken : verdict.cells)
        take(taken);
    for (const model::RuleTally& tally : verdict.rules)
        take(tally.held + tally.broken);
    for (const auto counters : edges) {
        for (const std::uint8_t count : counters)
            take(count);
    }
}

std::uint32_t first_edge_feature() {
    return (cell_count() + rule_count()) * classes;
}

Covered covered(std::span<const std::uint8_t> seen) {
    const std::uint32_t cells = cell_count();
    const std::uint32_t rules = rule_count();
    const auto          edges = (seen.size() - first_edge_feature()) / classes;
    return {.transitions     = seen_among(seen, 0, cells),
            .transitions_all = cells,
            .rules           = seen_among(seen, std::size_t{cells} * classes, rules),
            .rules_all       = rules,
            .edges           = seen_among(seen, first_edge_feature(), edges)};
}

}  // namespace interlock::fuzz
