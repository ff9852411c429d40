#include "model/errata.hpp"

#include <algorithm>
#include <vector>

#include "model/errata/families.hpp"
#include "model/judge.hpp"

namespace interlock::model {

std::span<const Erratum> errata() {
    static const std::vector<Erratum> all = [] {
        std::vector<Erratum> gathered;
        for (const auto part : {control_errata(), data_errata()})
            gathered.insert(gathered.end(), part.begin(), part.end());
        return gathered;
    }();
    return all;
}

Weight weight_of(Doubt doubt, Reading reading) {
    const Erratum& erratum = errata()[static_cast<std::size_t>(doubt)];
    return erratum.weighs[static_cast<std::size_t>(reading)];
}

Weight weight_of(RuleIndex index, Reading reading) {
    const Rule& rule = rules()[index];
    const auto  own  = [&](const Erratum& one) {
        return one.rule == rule.id && one.reach == Reach::whole_rule;
    };
    const auto found = std::ranges::find_if(errata(), own);
    if (found != errata().end()) return weight_of(found->doubt, reading);
    const bool weak = reading == Reading::as_written   ? rule.modality == Modality::should
                      : reading == Reading::reconciled ? rule.severity == Severity::warning
                                                       : false;
    return weak ? Weight::warning : Weight::violation;
}

}  // namespace interlock::model
