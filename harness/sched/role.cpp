#include <algorithm>
#include <array>

#include "harness/sched/scheduler.hpp"

namespace interlock::harness {

namespace {

constexpr std::array<std::string_view, 11> role_names = {
    "control", "sender", "oid_answer", "packet_answer", "packet_return", "packet_done",
    "device",  "timer",  "work_item",  "thread",        "requestor",
};
static_assert(role_names.size() == static_cast<std::size_t>(Role::requestor) + 1);

}  // namespace

std::string_view name(Role role) {
    return role_names[static_cast<std::size_t>(role)];
}

bool find_role(std::string_view name, Role& role) {
    const auto found = std::ranges::find(role_names, name);
    if (found == role_names.end()) return false;
    role = static_cast<Role>(found - role_names.begin());
    return true;
}

}  // namespace interlock::harness
