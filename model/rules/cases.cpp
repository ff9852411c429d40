#include "model/rules/cases.hpp"

namespace interlock::model {

std::vector<Case> all_cases() {
    std::vector<Case> all;
    for (auto family :
         {port_cases,     nic_cases,         save_cases,          reference_cases,   oid_cases,
          query_cases,    attach_cases,      destination_cases,   packet_cases,      filter_cases,
          flag_cases,     class_cases,       runtime_cases,       contents_cases,    clone_cases,
          drop_cases,     handlers_cases,    group_cases,         stack_cases,       buffer_cases,
          property_cases, nic_request_cases, run_time_data_cases, indication_cases,  member_cases,
          held_cases,     answer_cases,      driver_cases,        oid_numbers_cases, irp_cases}) {
        const auto some = family();
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

}  // namespace interlock::model
