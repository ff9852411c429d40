#pragma once

// How the machines of ports and adapters follow the switch's OID requests: what each request is to
// them when it is issued, when it completes with success, and when it fails. The judge steps by
// these tables, and the matrices of oid_cells.hpp are made from them.

#include <array>
#include <cstddef>
#include <optional>

#include "model/constants.hpp"
#include "model/machines/states.hpp"
#include "model/oids.hpp"

namespace interlock::model {

enum class OidPhase : std::uint8_t { issued, succeeded, failed };
inline constexpr std::array oid_phases{OidPhase::issued, OidPhase::succeeded, OidPhase::failed};

/// How a request ended.
constexpr OidPhase phase_of(Status result) {
    return result == status::success ? OidPhase::succeeded : OidPhase::failed;
}

/// What a request is to one machine. Nothing: the machine does not see it.
template <class Event>
struct OidSteps {
    Tells                tells;
    std::optional<Event> issued, succeeded = {}, failed = {};

    constexpr std::optional<Event> in(OidPhase phase) const {
        if (phase == OidPhase::issued) return issued;
        return phase == OidPhase::succeeded ? succeeded : failed;
    }
};

namespace page::port {
using enum PortEvent;
using Row = OidSteps<PortEvent>;

// clang-format off
inline constexpr std::array steps{
    //  a request that tells of      issued             succeeds            fails
    Row{Tells::port_create,          create_issued,     create_succeeded,   create_failed     },
    Row{Tells::port_update,          updated_issued                                           },
    Row{Tells::port_teardown,        teardown_issued,   teardown_completed, teardown_completed},
    Row{Tells::port_delete,          delete_issued,     delete_completed,   delete_completed  },
    Row{Tells::port_property,        property_issued                                          },
    Row{Tells::nic_create,           nic_create_issued                                        },
};
// clang-format on
}  // namespace page::port

namespace page::nic {
using enum NicEvent;
using Row = OidSteps<NicEvent>;

// clang-format off
inline constexpr std::array steps{
    //  a request that tells of      issued             succeeds              fails
    Row{Tells::nic_create,           create_issued,     create_succeeded,     create_failed       },
    Row{Tells::nic_connect,          connect_issued,    connect_succeeded,    connect_failed      },
    Row{Tells::nic_update,           updated_issued                                               },
    Row{Tells::nic_disconnect,       disconnect_issued, disconnect_completed, disconnect_completed},
    Row{Tells::nic_delete,           delete_issued,     delete_completed,     delete_completed    },
    Row{Tells::nic_save,             save_issued                                                  },
    Row{Tells::nic_restore,          restore_issued                                               },
};
// clang-format on
}  // namespace page::nic

namespace steps {

/// The rows laid out by what a request tells of, so that looking up takes no time.
template <class Event, std::size_t rows>
consteval auto by_tells(const std::array<OidSteps<Event>, rows>& written) {
    std::array<OidSteps<Event>, static_cast<std::size_t>(Tells::nic_restore_complete) + 1> all{};
    for (const auto& row : written)
        all[static_cast<std::size_t>(row.tells)] = row;
    return all;
}

inline constexpr auto port = by_tells(page::port::steps);
inline constexpr auto nic  = by_tells(page::nic::steps);

}  // namespace steps

constexpr std::optional<PortEvent> port_step(Tells tells, OidPhase phase) {
    return steps::port[static_cast<std::size_t>(tells)].in(phase);
}

constexpr std::optional<NicEvent> nic_step(Tells tells, OidPhase phase) {
    return steps::nic[static_cast<std::size_t>(tells)].in(phase);
}

static_assert(port_step(Tells::port_create, OidPhase::failed) == PortEvent::create_failed);
static_assert(!nic_step(Tells::nic_update, OidPhase::succeeded));

}  // namespace interlock::model
