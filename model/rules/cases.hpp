#pragma once

// For each rule a story that keeps it and one that breaks it, family by family.

#include <string_view>
#include <vector>

#include "model/rule.hpp"
#include "model/story.hpp"

namespace interlock::model {

struct Case {
    std::string_view rule;
    Party            guilty   = Party::extension;
    void (*keeps)(Story&)     = nullptr;
    void (*breaks)(Story&)    = nullptr;  // Null: the rule only grants.
    Story (*begins)()         = [] { return Story(); };
    std::string_view name     = {};  // If a rule has several.
    std::uint16_t    ndis     = 630;
    Severity         severity = Severity::violation;  // A warning, where a page leaves a doubt.
};

/// All of them, family after family.
std::vector<Case> all_cases();

std::vector<Case> port_cases();
std::vector<Case> nic_cases();
std::vector<Case> save_cases();
std::vector<Case> reference_cases();
std::vector<Case> oid_cases();
std::vector<Case> query_cases();
std::vector<Case> attach_cases();
std::vector<Case> destination_cases();
std::vector<Case> packet_cases();
std::vector<Case> filter_cases();
std::vector<Case> flag_cases();
std::vector<Case> class_cases();
std::vector<Case> runtime_cases();
std::vector<Case> contents_cases();
std::vector<Case> clone_cases();
std::vector<Case> drop_cases();
std::vector<Case> handlers_cases();
std::vector<Case> group_cases();
std::vector<Case> stack_cases();
std::vector<Case> driver_cases();
std::vector<Case> oid_numbers_cases();
std::vector<Case> buffer_cases();
std::vector<Case> property_cases();
std::vector<Case> nic_request_cases();
std::vector<Case> run_time_data_cases();
std::vector<Case> indication_cases();
std::vector<Case> member_cases();
std::vector<Case> held_cases();
std::vector<Case> answer_cases();
std::vector<Case> irp_cases();

}  // namespace interlock::model
