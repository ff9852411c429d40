#include "harness/vswitch/flawed_buffers.hpp"

#include <cstring>

#include "harness/scenario/kinds.hpp"

namespace interlock::harness {
namespace {

bool spoil_nic(HostFlaw flaw, const OidToIssue& what, NDIS_SWITCH_NIC_PARAMETERS& nic) {
    constexpr ULONG initializing = 0x1;  // NDIS_SWITCH_NIC_FLAGS_NIC_INITIALIZING
    if (flaw == HostFlaw::type_changes && what.oid == OID_SWITCH_NIC_UPDATED) {
        nic.NicType =
            is_guest(what.nic_type) ? NdisSwitchNicTypeInternal : NdisSwitchNicTypeEmulated;
        return true;
    }
    if (flaw == HostFlaw::guest_address_inside && !is_guest(what.nic_type)) {
        nic.VMMacAddress[0] = 2;
        return true;
    }
    if (flaw == HostFlaw::external_initialised && what.nic_type == NicType::external) {
        nic.Flags |= initializing;
        return true;
    }
    return false;
}

}  // namespace

bool spoil(HostFlaw flaw, const OidToIssue& what, std::uint8_t* buffer) {
    const OidShape shape = shape_of(what.oid);
    if (shape == OidShape::nic) {
        return spoil_nic(flaw, what, *reinterpret_cast<NDIS_SWITCH_NIC_PARAMETERS*>(buffer));
    }
    if (flaw == HostFlaw::header_without_size && what.oid == OID_SWITCH_PORT_CREATE) {
        reinterpret_cast<NDIS_OBJECT_HEADER*>(buffer)->Size = 0;
        return true;
    }
    if (flaw == HostFlaw::unknown_property && what.oid == OID_SWITCH_PORT_PROPERTY_ADD) {
        auto& parameters = *reinterpret_cast<NDIS_SWITCH_PORT_PROPERTY_PARAMETERS*>(buffer);
        constexpr std::uint32_t unknown = 0x1234;  // No enumerator, so it is written as bytes.
        static_assert(sizeof unknown == sizeof parameters.PropertyType);
        std::memcpy(&parameters.PropertyType, &unknown, sizeof unknown);
        return true;
    }
    return false;
}

}  // namespace interlock::harness
