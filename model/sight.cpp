#include "model/sight.hpp"

namespace interlock::model {

void Sight::broken(Party guilty, ModuleId module, std::string_view what, const Subject& subject,
                   Place since) {
    findings.broken({.rule     = rule,
                     .guilty   = guilty,
                     .module   = guilty == Party::host ? host_module : module,
                     .at       = at,
                     .since    = since,
                     .what     = what,
                     .subject  = subject,
                     .severity = severity});
}

void Sight::doubted(Doubt doubt, Party guilty, ModuleId module, std::string_view what,
                    const Subject& subject, Place since) {
    const Weight weight = weight_of(doubt, ledger.facts.reading);
    if (weight == Weight::silent) return held();
    const Severity own = severity;
    severity           = severity_of(weight);
    broken(guilty, module, what, subject, since);
    severity = own;
}

}  // namespace interlock::model
