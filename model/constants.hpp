#pragma once

// Numbers of ndis.h, ntddndis.h and netpnp.h that events carry. Spelled without their prefixes and
// in namespaces, so that a file that includes a driver's headers too can include this one.

#include <cstdint>

#include "model/event.hpp"

namespace interlock::model {

namespace status {  // NDIS_STATUS_*
inline constexpr Status success           = 0x0000'0000;
inline constexpr Status pending           = 0x0000'0103;
inline constexpr Status not_accepted      = 0x0001'0003;  // Not the veto: see data_not_accepted.
inline constexpr Status failure           = 0xC000'0001;
inline constexpr Status invalid_parameter = 0xC000'000D;
inline constexpr Status resources         = 0xC000'009A;
inline constexpr Status not_supported     = 0xC000'00BB;
inline constexpr Status data_not_accepted = 0xC000'021B;
inline constexpr Status request_aborted   = 0xC001'000C;
inline constexpr Status send_aborted      = 0xC023'000C;
inline constexpr Status invalid_length    = 0xC001'0014;
inline constexpr Status buffer_too_short  = 0xC001'0016;
inline constexpr Status invalid_oid       = 0xC001'0017;
inline constexpr Status paused            = 0xC023'002A;
}  // namespace status

namespace indication {  // NDIS_STATUS_SWITCH_*, the status codes of an indication
inline constexpr Status switch_port_remove_vf = 0xC024'1001;
inline constexpr Status switch_nic_status     = 0xC024'1002;
}  // namespace indication

namespace irql {
inline constexpr std::uint8_t passive  = 0;
inline constexpr std::uint8_t dispatch = 2;
}  // namespace irql

namespace flag {
inline constexpr std::uint32_t dispatch_level = 0x01;  // The same bit in all four families.

inline constexpr std::uint32_t send_single_source     = 0x0020;
inline constexpr std::uint32_t complete_single_source = 0x0004;
inline constexpr std::uint32_t receive_single_source  = 0x8000;
inline constexpr std::uint32_t return_single_source   = 0x0004;

inline constexpr std::uint32_t send_destination_group = 0x0010;
inline constexpr std::uint32_t receive_destination_group = 0x4000;
inline constexpr std::uint32_t receive_resources      = 0x0002;

inline constexpr std::uint32_t copy_preserve_destinations = 0x01;
inline constexpr std::uint32_t report_is_incoming         = 0x01;

/// In Event::detail of an NBL, above the number of its NET_BUFFERs: NativeForwardingRequired.
inline constexpr std::uint32_t native_forwarding_required = 0x1'0000;
}  // namespace flag

/// In Event::detail of an NBL, above the number of its NET_BUFFERs: what is not as the switch, or
/// the last commit, left it. Who hands on a mark that was not there when the NBL came, made it.
namespace mark {
inline constexpr std::uint32_t source           = 0x2'0000;   // SourcePortId, SourceNicIndex
inline constexpr std::uint32_t native           = 0x4'0000;   // NativeForwardingRequired
inline constexpr std::uint32_t source_handle    = 0x8'0000;   // SourceHandle
inline constexpr std::uint32_t shape            = 0x10'0000;  // NET_BUFFERs, MDLs, lengths, parent
inline constexpr std::uint32_t data             = 0x20'0000;  // On its way up: the bytes
inline constexpr std::uint32_t destinations     = 0x40'0000;  // A committed element
inline constexpr std::uint32_t excluded         = 0x80'0000;  // Some destination is excluded,
inline constexpr std::uint32_t all_excluded     = 0x100'0000;  // and all of them are.
inline constexpr std::uint32_t uncommitted      = 0x200'0000;  // An exclusion not committed
inline constexpr std::uint32_t included_again   = 0x400'0000;  // An exclusion that was taken back
inline constexpr std::uint32_t data_not_safe    = 0x800'0000;  // Own NBLs: not IsPacketDataSafe
inline constexpr std::uint32_t all              = 0xFFFE'0000;
}  // namespace mark

namespace context {  // Event::detail of AllocateNetBufferListForwardingContext
inline constexpr std::uint32_t foreign_source_handle = 1;  // SourceHandle is not the module's.
inline constexpr std::uint32_t detail_not_zero       = 2;  // The forwarding detail was in use.
}  // namespace context

namespace destination {  // Event::detail of AddNet..., UpdateNetBufferListDestinations
inline constexpr std::uint32_t no_room     = 1;  // More than the array has free elements.
inline constexpr std::uint32_t stale_array = 2;  // Not the array that the NBL has now.
}  // namespace destination

namespace handler {  // Event::detail of NdisFRegisterFilterDriver: which handlers are given
inline constexpr std::uint32_t mandatory = 0x001;  // Attach, detach, restart and pause: all of them
inline constexpr std::uint32_t send = 0x002, send_complete = 0x004, cancel_send = 0x008;
inline constexpr std::uint32_t receive = 0x010, receive_return = 0x020, status = 0x040;
inline constexpr std::uint32_t oid_request = 0x080, oid_complete = 0x100;
}  // namespace handler

namespace pnp {  // NET_PNP_EVENT_CODE
inline constexpr std::uint32_t switch_activate = 17;
}  // namespace pnp

namespace port_type {  // NDIS_SWITCH_PORT_TYPE
inline constexpr std::uint32_t generic = 0, external = 1, synthetic = 2, emulated = 3, internal = 4;
inline constexpr std::uint32_t mask = 0xFF, validation_port = 0x100;
}  // namespace port_type

namespace nic_type {  // NDIS_SWITCH_NIC_TYPE; numbered otherwise than the port types.
inline constexpr std::uint32_t mask = 0xFF, mtu_shift = 8;  // In Event::detail: the MTU above it.
inline constexpr std::uint32_t external = 0, synthetic = 1, emulated = 2, internal = 3;
}  // namespace nic_type

/// NDIS_SWITCH_PORT_PROPERTY_TYPE; a property of the switch has the first of them.
namespace property_type {
inline constexpr std::uint32_t custom = 1, security = 2, vlan = 3, profile = 4, isolation = 5,
                               routing_domain = 6;
}  // namespace property_type

inline constexpr PortId   default_port  = 0;   // NDIS_SWITCH_DEFAULT_PORT_ID
inline constexpr NicIndex nic_index_max = 32;  // network-adapter-index-values

/// Event::flags of an OID request: what its buffer says. Which OID has which: model/call.hpp.
namespace buffer {
inline constexpr std::uint32_t ill_formed = 0x01;  // Header, revision or size out of form.
inline constexpr std::uint32_t moved      = 0x80;  // Completed: its target or offset was changed.
inline constexpr std::uint32_t overstated = 0x40;  // Completed: more written than there is room.

inline constexpr std::uint32_t nic_initializing = 0x02;  // NDIS_SWITCH_NIC_FLAGS_NIC_INITIALIZING
inline constexpr std::uint32_t vf_assigned      = 0x04;  // VFAssigned
inline constexpr std::uint32_t vm_mac           = 0x08;  // VMMacAddress is not zero.

inline constexpr std::uint32_t named = 0x02;  // ExtensionId of a save state is not zero.

inline constexpr std::uint32_t inner_set = 0x02, inner_method = 0x04, no_inner = 0x08;
inline constexpr std::uint32_t inner_data = 0x10;  // Of an indication: it has a StatusBuffer.

/// In Event::detail of a save state: SaveDataOffset, above SaveDataSize.
inline constexpr std::uint32_t offset_shift = 16, size_mask = 0xFFFF;

/// The upper 24 bits are a number; 0: none was taken.
inline constexpr std::uint32_t number_max = 0xFF'FFFF;
constexpr std::uint32_t        with_number(std::uint32_t number) {
    return (number & number_max) << 8;
}
constexpr std::uint32_t number_in(std::uint32_t flags) {
    return flags >> 8;
}
}  // namespace buffer

namespace irp {
// Event::flags as DriverDispatch is entered: IRP_MJ_*, the major function codes.
inline constexpr std::uint32_t create = 0x00, close = 0x02, read = 0x03, write = 0x04;
inline constexpr std::uint32_t device_control = 0x0E, cleanup = 0x12;

// Event::flags as DriverDispatch returns
inline constexpr std::uint32_t marked_pending = 1;  // IoMarkIrpPending was called on it.
inline constexpr std::uint32_t read_afterwards = 2;  // Its status came out of a completed IRP.

// Event::flags of IoCompleteRequest
inline constexpr std::uint32_t cancel_routine_set = 1;  // It still had one.
inline constexpr std::uint32_t spin_lock_held     = 2;  // By whoever completes it.
inline constexpr std::uint32_t too_much           = 4;  // Information is more than there is room.
}  // namespace irp

namespace waited {  // Event::detail of Call::Waited
inline constexpr std::uint32_t sleep = 1, event = 2, lock = 3;
}  // namespace waited

}  // namespace interlock::model
