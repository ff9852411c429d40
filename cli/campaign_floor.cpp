// What came up too seldom was not tried enough to be called kept.

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "cli/campaigning.hpp"
#include "fuzz/coverage.hpp"

namespace interlock::cli {
namespace {

constexpr std::string_view all_states = "states";
constexpr std::string_view all_rules  = "rules";

bool is_known(const std::string& name) {
    const std::vector<std::uint64_t> none(fuzz::entries_max);
    const auto                       named = [&](const auto& entries) {
        return std::ranges::find(entries, name, &fuzz::Entries::name) != entries.end();
    };
    return name == all_states || name == all_rules || named(fuzz::state_entries(none)) ||
           named(fuzz::rule_entries(none));
}

const Floor* find(std::span<const Floor> floors, std::string_view name) {
    const auto found = std::ranges::find(floors, name, &Floor::name);
    return found == floors.end() ? nullptr : &*found;
}

/// @return how many are below their floor; tells each.
std::size_t below(std::span<const fuzz::Entries> entries, std::span<const Floor> floors,
                  std::string_view kind) {
    std::size_t count = 0;
    for (const fuzz::Entries& entry : entries) {
        const Floor* floor = find(floors, entry.name);
        if (floor == nullptr) floor = find(floors, kind);
        if (floor == nullptr || entry.count >= floor->least) continue;
        ++count;
        std::fprintf(stderr, "%s: came up %llu times; expected %llu at least, by --floor\n",
                     entry.name.c_str(), static_cast<unsigned long long>(entry.count),
                     static_cast<unsigned long long>(floor->least));
    }
    return count;
}

}  // namespace

std::optional<Floor> parse_floor(const std::string& text) {
    const auto  end = text.rfind('=');
    const char* to  = text.data() + text.size();
    Floor       floor;
    if (end == std::string::npos) return {};
    floor.name               = text.substr(0, end);
    const auto [read, error] = std::from_chars(text.data() + end + 1, to, floor.least);
    if (error != std::errc{} || read != to || !is_known(floor.name)) return {};
    return floor;
}

Exit Campaign::starved() const {
    const auto all   = entries();
    const auto count = below(fuzz::state_entries(all), options.floors, all_states) +
                       below(fuzz::rule_entries(all), options.floors, all_rules);
    return count == 0 ? Exit::conforms : Exit::undecided;
}

}  // namespace interlock::cli
