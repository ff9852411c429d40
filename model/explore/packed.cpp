#include "model/explore/packed.hpp"

#include <bit>
#include <cstdio>
#include <cstdlib>

namespace interlock::model {
namespace {

constexpr unsigned bits_max       = 63;
constexpr unsigned group_bits_max = 9;  // 512 places of a few words each stay in the first cache.

std::uint64_t ones(unsigned bits) {
    return (std::uint64_t{1} << bits) - 1;
}

void insist(bool condition, const char* what) {
    if (condition) return;
    std::fprintf(stderr, "a system cannot be packed: %s\n", what);
    std::abort();
}

}  // namespace

PackedSystem::PackedSystem(const System& system, std::int64_t count_max)
    : words((system.actions.size() + 63) / 64) {
    lay_out(system, count_max);
    gather();
    for (const Action& action : system.actions)
        add_change(action);
    for (const Group& group : groups)
        tabulate(system, group);
}

void PackedSystem::lay_out(const System& system, std::int64_t count_max) {
    unsigned shift = 0;
    for (const VariableInfo& info : system.variables) {
        const bool count = info.words.empty();
        const auto max   = count ? count_max : static_cast<std::int64_t>(info.words.size()) - 1;
        const auto bits  = static_cast<unsigned>(std::bit_width(static_cast<std::uint64_t>(max)));
        fields.push_back({shift, ones(bits), max});
        shift += bits;
    }
    insist(shift <= bits_max, "its variables need more than 63 bits");
    insist(system.initial.size() == fields.size(), "it has more than one initial state");
    for (const Bounds& bounds : system.initial) {
        insist(bounds.at_least == bounds.at_most, "it has more than one initial state");
        first |= static_cast<std::uint64_t>(bounds.at_least) << fields[bounds.variable].shift;
    }
}

void PackedSystem::gather() {
    for (Variable variable = 0; variable < fields.size(); ++variable) {
        const auto bits = static_cast<unsigned>(std::bit_width(fields[variable].mask));
        const bool fits =
            !groups.empty() &&
            static_cast<unsigned>(std::bit_width(groups.back().mask)) + bits <= group_bits_max;
        if (!fits) groups.push_back({variable, variable, fields[variable].shift, 0, 0});
        groups.back().end  = variable + 1;
        groups.back().mask = groups.back().mask << bits | ones(bits);
    }
    std::size_t at = 0;
    for (Group& group : groups) {
        group.at = at;
        at += (group.mask + 1) * words;
    }
    allowed.resize(at);
}

void PackedSystem::tabulate(const System& system, const Group& group) {
    for (std::uint64_t values = 0; values <= group.mask; ++values) {
        for (std::size_t place = 0; place < system.actions.size(); ++place) {
            if (!allows(system.actions[place], group, values << group.shift)) continue;
            allowed[group.at + values * words + place / 64] |= std::uint64_t{1} << place % 64;
        }
    }
}

/// Whether the values of this group's fields are no obstacle.
bool PackedSystem::allows(const Action& action, const Group& group, PackedState state) const {
    const auto here = [&](Variable variable) {
        return variable >= group.begin && variable < group.end;
    };
    for (const Bounds& bounds : action.when) {
        if (!here(bounds.variable)) continue;
        const auto now = value(state, bounds.variable);
        if (now < bounds.at_least || now > bounds.at_most) return false;
    }
    for (const Effect& effect : action.effects) {
        if (!here(effect.variable) || effect.kind == Effect::Kind::becomes) continue;
        const auto then = value(state, effect.variable) + effect.value;
        if (then < 0 || then > fields[effect.variable].max) return false;
    }
    return true;
}

void PackedSystem::add_change(const Action& action) {
    Change change;
    for (const Effect& effect : action.effects) {
        const Field& field = fields[effect.variable];
        if (effect.kind == Effect::Kind::becomes) change.keep &= ~(field.mask << field.shift);
        change.add += static_cast<std::uint64_t>(effect.value) << field.shift;
    }
    changes.push_back(change);
}

}  // namespace interlock::model
