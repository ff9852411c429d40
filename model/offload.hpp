#pragma once

// The requests for hardware offloads that OID_SWITCH_NIC_REQUEST carries, as
// managing-hardware-offload-oid-requests-to-physical-network-adapters lists them; their numbers
// are those of ntddndis.h.

#include <array>
#include <cstdint>

#include "model/event.hpp"

namespace interlock::model {

enum class OffloadEffect : std::uint8_t { none, allocates, cleans_up };

/// What an inner request does, and to which kind of resource: one bit for each, 0 for none.
struct Offload {
    Oid           inner  = 0;
    OffloadEffect effect = OffloadEffect::none;
    std::uint8_t  kind   = 0;
};

namespace offload {

inline constexpr std::uint8_t queue = 1, filter = 2, vport = 4, vf = 8, security = 16;

inline constexpr Oid allocate_queue            = 0x0001'0223;  // OID_RECEIVE_FILTER_*
inline constexpr Oid free_queue                = 0x0001'0224;
inline constexpr Oid set_filter                = 0x0001'0227;
inline constexpr Oid clear_filter              = 0x0001'0228;
inline constexpr Oid queue_allocation_complete = 0x0001'022B;
inline constexpr Oid create_vport              = 0x0001'0241;  // OID_NIC_SWITCH_*
inline constexpr Oid delete_vport              = 0x0001'0244;
inline constexpr Oid allocate_vf               = 0x0001'0245;
inline constexpr Oid free_vf                   = 0x0001'0246;
inline constexpr Oid add_sa                    = 0xFC03'0202;  // OID_TCP_TASK_IPSEC_OFFLOAD_V2_*
inline constexpr Oid delete_sa                 = 0xFC03'0203;
inline constexpr Oid update_sa                 = 0xFC03'0204;
inline constexpr Oid add_sa_ex                 = 0xFC03'0205;

// clang-format off
inline constexpr std::array table{
    Offload{allocate_queue,            OffloadEffect::allocates, queue},
    Offload{free_queue,                OffloadEffect::cleans_up, queue},
    Offload{queue_allocation_complete, OffloadEffect::cleans_up, 0},
    Offload{set_filter,                OffloadEffect::allocates, filter},
    Offload{clear_filter,              OffloadEffect::cleans_up, filter},
    Offload{create_vport,              OffloadEffect::allocates, vport},
    Offload{delete_vport,              OffloadEffect::cleans_up, vport},
    Offload{allocate_vf,               OffloadEffect::allocates, vf},
    Offload{free_vf,                   OffloadEffect::cleans_up, vf},
    Offload{add_sa,                    OffloadEffect::allocates, security},
    Offload{add_sa_ex,                 OffloadEffect::allocates, security},
    Offload{delete_sa,                 OffloadEffect::cleans_up, security},
    Offload{update_sa,                 OffloadEffect::cleans_up, 0},
};
// clang-format on

constexpr Offload info(Oid inner) {
    for (const Offload& row : table)
        if (row.inner == inner) return row;
    return {inner};
}

}  // namespace offload
}  // namespace interlock::model
