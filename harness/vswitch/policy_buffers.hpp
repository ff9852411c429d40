#pragma once

// The buffers of requests about policies of the switch: custom properties, of which it has one
// kind with several instances, and the status of a feature, which an extension may have.

#include "harness/vswitch/oid_buffers.hpp"

namespace interlock::harness {

inline constexpr std::uint16_t property_room = 256;  // Bytes of a property behind its parameters.

/// Of the property that ports have, too.
inline constexpr GUID property_id{0x1D4C0C1E, 0x0001, 0x4000, {0x80, 0, 0, 0, 0, 0, 0, 1}};

/// OID_SWITCH_PROPERTY_ADD, _UPDATE and _DELETE. @pre `buffer` is cleared
std::size_t bytes_of_policy(const OidToIssue& what);
void        fill_policy(std::uint8_t* buffer, const OidToIssue& what);

/// OID_SWITCH_FEATURE_STATUS_QUERY and OID_SWITCH_PORT_FEATURE_STATUS_QUERY, with `what.room` bytes
/// for the answer. @pre `buffer` is cleared
std::size_t bytes_of_question(const OidToIssue& what);
void        fill_question(std::uint8_t* buffer, const OidToIssue& what);

/// The answer to OID_SWITCH_PROPERTY_ENUM: how long it is with `count` instances, and the one that
/// stands at `place` in it, from 0.
std::size_t bytes_of_policies(std::size_t count);
void        list_policy(std::uint8_t* buffer, std::size_t place, std::uint8_t instance);

/// Whether it is asked for the property that the switch has.
bool is_policy(const NDIS_SWITCH_PROPERTY_ENUM_PARAMETERS& asked);

}  // namespace interlock::harness
