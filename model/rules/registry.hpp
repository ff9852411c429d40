#pragma once

// The families of rules, and how a family lists its own.

#include <array>
#include <span>

#include <boost/mp11/list.hpp>

#include "model/call.hpp"
#include "model/event.hpp"
#include "model/rule.hpp"

namespace interlock::model {

class Sight;

/// An event that a rule's check wants to see.
struct Watch {
    Call  call  = {};
    Phase phase = Phase::enter;

    friend bool operator==(const Watch&, const Watch&) = default;
};

/// A rule as the judge wants it. No check: a machine's rows carry it.
struct RuleEntry {
    Rule                   rule;
    std::span<const Watch> watches = {};
    std::span<const Oid>   about   = {};  // Of OID requests it watches only these; empty: all.
    void (*check)(Sight&)          = nullptr;
};

/// A rule with a check has `rule`, `watches` and `check`, and `about` if only some OIDs concern it;
/// one that a machine carries has `rule`.
template <class OneRule>
constexpr RuleEntry entry_of() {
    if constexpr (requires { &OneRule::check; OneRule::about; }) {
        return {OneRule::rule, OneRule::watches, OneRule::about, &OneRule::check};
    } else if constexpr (requires { &OneRule::check; }) {
        return {OneRule::rule, OneRule::watches, {}, &OneRule::check};
    } else {
        return {OneRule::rule};
    }
}

template <class... OneRule>
constexpr auto entries_of(boost::mp11::mp_list<OneRule...> /*family*/) {
    return std::array{entry_of<OneRule>()...};
}

std::span<const RuleEntry> port_rules();
std::span<const RuleEntry> nic_rules();
std::span<const RuleEntry> save_rules();
std::span<const RuleEntry> reference_rules();
std::span<const RuleEntry> oid_rules();
std::span<const RuleEntry> veto_rules();
std::span<const RuleEntry> query_rules();
std::span<const RuleEntry> attach_rules();
std::span<const RuleEntry> destination_rules();
std::span<const RuleEntry> packet_rules();
std::span<const RuleEntry> context_rules();
std::span<const RuleEntry> filter_rules();
std::span<const RuleEntry> flag_rules();
std::span<const RuleEntry> class_rules();
std::span<const RuleEntry> runtime_rules();
std::span<const RuleEntry> stack_rules();
std::span<const RuleEntry> oid_numbers_rules();
std::span<const RuleEntry> handlers_rules();
std::span<const RuleEntry> group_rules();
std::span<const RuleEntry> drop_rules();
std::span<const RuleEntry> driver_rules();
std::span<const RuleEntry> contents_rules();
std::span<const RuleEntry> clone_rules();
std::span<const RuleEntry> buffer_rules();
std::span<const RuleEntry> property_rules();
std::span<const RuleEntry> nic_request_rules();
std::span<const RuleEntry> run_time_data_rules();
std::span<const RuleEntry> indication_rules();
std::span<const RuleEntry> member_rules();
std::span<const RuleEntry> held_rules();
std::span<const RuleEntry> answer_rules();
std::span<const RuleEntry> irp_rules();

/// All of them, sorted by id; the place of one is its RuleIndex.
std::span<const RuleEntry> entries();

}  // namespace interlock::model
