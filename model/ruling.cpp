#include "model/ruling.hpp"

#include "model/judge.hpp"

namespace interlock::model {

Ruling ruling_of(std::string_view rule, Reading reading) {
    return rule.empty() ? Ruling::undecided : ruling_of(weight_of(rule_of(rule), reading));
}

Ruling ruling_of(const Machine& machine, const Step& step, Reading reading) {
    return step.filled ? Ruling::legal : ruling_of(machine.blanks[step.cell].rule, reading);
}

}  // namespace interlock::model
