#include "harness/faults/faultable.hpp"

#include <algorithm>

namespace interlock::harness {

const Faultable* find_faultable(std::string_view question) {
    const auto found = std::ranges::find(faultables, question, &Faultable::question);
    return found == faultables.end() ? nullptr : &*found;
}

std::optional<std::uint32_t> find_way(const Faultable& row, std::string_view name) {
    for (std::uint32_t way = 1; way <= row.ways(); ++way) {
        if (row.failure(way).name == name) return way;
    }
    return std::nullopt;
}

}  // namespace interlock::harness
