#include "model/rules/registry.hpp"

#include <algorithm>
#include <vector>

#include "model/judge.hpp"

namespace interlock::model {

std::span<const RuleEntry> entries() {
    static const std::vector<RuleEntry> all = [] {
        std::vector<RuleEntry> gathered;
        for (const auto family :
             {port_rules(),        nic_rules(),         save_rules(),          reference_rules(),
              oid_rules(),         veto_rules(),        query_rules(),         attach_rules(),
              destination_rules(), packet_rules(),      context_rules(),       filter_rules(),
              flag_rules(),        class_rules(),       runtime_rules(),       clone_rules(),
              contents_rules(),    driver_rules(),      drop_rules(),          group_rules(),
              handlers_rules(),    oid_numbers_rules(), stack_rules(),         buffer_rules(),
              property_rules(),    nic_request_rules(), run_time_data_rules(), indication_rules(),
              member_rules(),      held_rules(),        answer_rules(),        irp_rules()})
            gathered.insert(gathered.end(), family.begin(), family.end());
        std::ranges::sort(gathered, {}, [](const RuleEntry& entry) { return entry.rule.id; });
        return gathered;
    }();
    return all;
}

std::span<const Rule> rules() {
    static const std::vector<Rule> all = [] {
        std::vector<Rule> bare;
        for (const RuleEntry& entry : entries())
            bare.push_back(entry.rule);
        return bare;
    }();
    return all;
}

RuleIndex rule_of(std::string_view id) {
    const auto all   = rules();
    const auto found = std::ranges::lower_bound(all, id, {}, &Rule::id);
    if (found == all.end() || found->id != id) return no_rule;
    return static_cast<RuleIndex>(found - all.begin());
}

}  // namespace interlock::model
