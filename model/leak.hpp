#pragma once

// What the events of Misuse::leaked say in `flags`, beside a Resource.

#include <cstdint>

namespace interlock::model::leak {

/// NDIS made it for the module, which is detached now; its driver may live on.
inline constexpr std::uint32_t of_module = 0x100;

}  // namespace interlock::model::leak
