#pragma once

// NDIS_STATUS by name, and which calls bring one.

#include <optional>
#include <span>
#include <string_view>

#include "model/event.hpp"

namespace interlock::model {

struct NamedStatus {
    Status           number = 0;
    std::string_view name;  // As the documentation has it: "NDIS_STATUS_PENDING".
};

/// All that have a name here, by number.
std::span<const NamedStatus> named_statuses();

/// Empty for one that has no name here.
std::string_view name_of_status(Status status);

std::optional<Status> status_of_name(std::string_view name);

/// Whether the call comes back with a status, as model/call.hpp says,
bool returns_status(Call call);

/// or says on entry how something ended.
bool brings_status(Call call);

}  // namespace interlock::model
