#pragma once

// The buffers that the switch's OID requests carry, filled as the pages say.

#include <compare>
#include <cstdint>
#include <span>
#include <vector>

#include <ndis.h>

#include "harness/kernel/blocks.hpp"
#include "harness/scenario/scenario.hpp"
#include "model/event.hpp"

namespace interlock::harness {

/// An OID request the switch is to issue. Fields an OID does not use are zero.
struct OidToIssue {
    model::Oid      oid        = 0;
    model::PortId   port       = 0;
    model::NicIndex nic        = 0;
    PortType        port_type  = PortType::synthetic;
    NicType         nic_type   = NicType::synthetic;
    bool            validation = false;
    Refused         refused    = Refused::by_nobody;
    Property        property   = Property::vlan;
    std::uint16_t   vlan       = 0;
    model::PortId   other_port = 0;  // Destination of an OID_SWITCH_NIC_REQUEST.
    model::NicIndex other_nic  = 0;
    std::uint16_t   room       = 0;  // Bytes that it offers for what an extension saves or answers.
    std::uint8_t    instance   = 0;  // Of a property of the switch.
    Inner           inner      = Inner::multicast_list;

    friend auto operator<=>(const OidToIssue&, const OidToIssue&) = default;
};

/// Which structure an OID of the switch carries.
enum class OidShape : std::uint8_t {
    port,
    nic,
    save,
    request,
    property,
    switch_property,
    feature,
    other
};

OidShape shape_of(model::Oid oid);

/// Method requests are NIC_SAVE, NIC_REQUEST and the questions for the status of a feature; all
/// others the switch issues are set requests.
bool is_method(model::Oid oid);

NDIS_SWITCH_PORT_PROPERTY_TYPE property_type_of(Property property);

void fill(NDIS_SWITCH_PORT_PARAMETERS& parameters, const OidToIssue& what);
void fill(NDIS_SWITCH_NIC_PARAMETERS& parameters, const OidToIssue& what);
void fill_vlan(NDIS_SWITCH_PORT_PROPERTY_VLAN& property, std::uint16_t vlan);

/// The buffers of a run. Each is of exactly the size that its structure needs, so that the address
/// sanitizer sees its bounds.
class OidBuffers {
public:
    OidBuffers() = default;
    ~OidBuffers() {
        begin();
    }
    OidBuffers(const OidBuffers&)            = delete;
    OidBuffers& operator=(const OidBuffers&) = delete;

    /// A new run: no buffer of the last one is used any more.
    void begin();

    /// A cleared and filled buffer, and the request that points to it. Both live until `begin`.
    /// @param inner  what an OID_SWITCH_NIC_REQUEST encapsulates; it must live as long as `raw`.
    std::uint8_t* make(const OidToIssue& what, NDIS_OID_REQUEST& raw, NDIS_OID_REQUEST& inner);

    /// The same, for a set request of which it is known what its buffer holds.
    std::uint8_t* copy(std::span<const std::uint8_t> bytes, model::Oid oid, NDIS_OID_REQUEST& raw);

    /// The whole of the one that was lent last.
    std::span<const std::uint8_t> youngest() const {
        return {lent.back().buffer, lent.back().bytes};
    }

    /// Its request is finished: nobody may look at it any more. An address sanitizer sees who does.
    void give_back(std::uint8_t* buffer);

private:
    struct Lent {
        std::uint8_t* buffer = nullptr;
        std::size_t   bytes  = 0;
    };

    std::uint8_t* lend(std::size_t bytes);

    Blocks            blocks;
    std::vector<Lent> lent;
};

}  // namespace interlock::harness
