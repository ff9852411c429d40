#include "model/findings.hpp"

#include <algorithm>

#include "model/judge.hpp"
#include "model/machine.hpp"

namespace interlock::model {
namespace {

constexpr std::size_t violations_max = 1000;  // Beyond this a verdict tells nobody anything.

std::uint64_t key(Matter matter, ModuleId module, std::uint32_t object) {
    return std::uint64_t{object} << 16 | std::uint64_t{module} << 8 |
           static_cast<std::uint64_t>(matter);
}

}  // namespace

Findings::Findings() {
    std::size_t cells = 0, blanks = 0;
    for (const Machine* machine : machines()) {
        cells += machine->cells.size();
        blanks += machine->blanks.size();
    }
    verdict.rules.resize(rules().size());
    verdict.cells.resize(cells);
    verdict.blanks.resize(blanks);
}

void Findings::begin() {
    violations = 0;
    verdict.violations.clear();
    verdict.undecided.clear();
    std::ranges::fill(verdict.rules, RuleTally{});
    std::ranges::fill(verdict.cells, 0);
    std::ranges::fill(verdict.blanks, 0);
    verdict.events = 0;
    named.clear();
    awaited.clear();
}

void Findings::broken(const Violation& violation) {
    ++verdict.rules[violation.rule].broken;
    if (violation.severity == Severity::violation) ++violations;
    if (verdict.violations.size() < violations_max) verdict.violations.push_back(violation);
}

void Findings::undecided(std::uint32_t at, std::string_view why) {
    const bool known = std::ranges::any_of(verdict.undecided,
                                           [&](const Undecided& note) { return note.why == why; });
    if (!known) verdict.undecided.push_back({at, why});
}

bool Findings::name_once(Matter matter, ModuleId module, std::uint32_t object) {
    const std::uint64_t id = key(matter, module, object);
    if (named.find(id) != no_index) return false;
    named.add(id);
    return true;
}

void Findings::await(Matter matter, ModuleId module, std::uint32_t object) {
    if (verdict.violations.size() == violations_max) return;
    const Index place        = awaited.add(key(matter, module, object));
    awaited[place].violation = static_cast<std::uint32_t>(verdict.violations.size() - 1);
}

void Findings::came_late(Matter matter, ModuleId module, std::uint32_t object, RuleIndex late) {
    const Index place = awaited.find(key(matter, module, object));
    if (place == no_index) return;
    Violation& violation = verdict.violations[awaited[place].violation];
    --verdict.rules[violation.rule].broken;
    violation.rule = late;
    ++verdict.rules[late].broken;
}

}  // namespace interlock::model
