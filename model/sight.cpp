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

void Sight::extension_warned(std::string_view what, Place since) {
    const Severity weight = severity;
    severity              = Severity::warning;
    extension_broke(what, since);
    severity = weight;
}

}  // namespace interlock::model
