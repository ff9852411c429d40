#pragma once

// An NBL with everything that belongs to it: its NET_BUFFERs, MDLs and bytes, its forwarding
// context and destinations, and where it is just now. The extension sees `nbl`; the rest is ours.

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <vector>

#include <ndis.h>

#include "harness/scenario/scenario.hpp"
#include "model/event.hpp"

namespace interlock::harness {

inline constexpr std::size_t buffers_max = 4;  // NET_BUFFERs in one NBL of the switch's own.
inline constexpr std::size_t mdls_max    = 4;  // MDLs in one NET_BUFFER of the switch's own.

/// A committed destination, and which life of the adapter it means.
struct Destination {
    model::PortId   port        = 0;
    model::NicIndex nic         = 0;
    std::uint32_t   incarnation = 0;
    bool            excluded    = false;  // It was committed that it gets nothing.
};

struct Packet {
    NET_BUFFER_LIST nbl{};
    NET_BUFFER      buffers[buffers_max]{};
    MDL             mdls[buffers_max * mdls_max]{};

    model::ObjectId id                 = 0;
    model::PortId   port               = 0;  // Source.
    model::NicIndex nic                = 0;
    std::uint32_t   source_incarnation = 0;
    std::uint16_t   buffer_count       = 0;      // NET_BUFFERs that have bytes.
    std::uint16_t   buffers_made       = 0;      // The same, and remembered when they are gone.
    std::uint32_t   frame_bytes        = 0;      // Of each NET_BUFFER, as it was made.
    std::uint32_t   marks              = 0;      // model::mark, when an extension last had it.
    std::uint64_t   data_sum           = 0;      // Of its data, when it was turned round.
    bool            native             = false;  // NativeForwardingRequired was set.
    bool            alive              = false;  // Made, and not taken back.
    bool            in_flight = false;  // From ProtocolEdgeSend to ProtocolEdgeSendComplete.
    model::ModuleId holder    = model::host_module;  // Whose hands it is in; host_module: ours.
    bool            on_egress = false;               // Turned round, not back at the miniport edge.

    // NDIS_SWITCH_FORWARDING_DESTINATION_ARRAY with its elements behind it: one block of exactly
    // the size that `capacity` says, so that a write beyond it is seen.
    NDIS_SWITCH_FORWARDING_DESTINATION_ARRAY* array    = nullptr;
    std::uint32_t                             capacity = 0;
    std::vector<Destination>                  destinations;  // Committed.

    Packet() = default;
    ~Packet();
    Packet(const Packet&)            = delete;
    Packet& operator=(const Packet&) = delete;
};

/// What a packet is to look like.
struct PacketShape {
    std::span<const std::uint8_t> frame;  // Copied; every NET_BUFFER carries the same.
    std::uint8_t                  buffers = 1;
    std::uint8_t                  mdls    = 1;  // Over which each frame is spread.
    std::uint16_t                 vlan    = 0;  // In the OOB information; 0: none.
    bool                          native  = false;
};

/// Makes packets, finds them by their NBL, takes them back. A packet that was taken back is not
/// reused for a while, so that a late touch is seen as one.
class PacketPool {
public:
    /// Forgets all packets of the last run.
    void begin();

    /// @param id  the number events will know it by.
    Packet& make(const PacketShape& shape, model::ObjectId id);
    void    take_back(Packet& packet);

    /// @return the packet of that NBL, also when it was taken back; nullptr when it is none of
    /// ours.
    Packet* find(const NET_BUFFER_LIST* nbl);

private:
    Packet& fresh();

    std::vector<std::unique_ptr<Packet[]>> slabs;
    std::deque<Packet*>                    free;
};

/// The bytes of every NET_BUFFER in turn, gathered over its MDLs.
void gather_frames(const Packet& packet, std::vector<std::vector<std::uint8_t>>& frames);

/// Six bytes of the first frame's Ethernet header, as a number: 0 the destination's, 6 the
/// source's.
std::uint64_t header_address(const Packet& packet, std::size_t offset);

/// Room for `capacity` destinations, keeping what is committed.
void grow_destinations(Packet& packet, std::uint32_t capacity);

/// Whether somebody wrote behind the destination array since it was made or mended. Where there is
/// an address sanitizer, it has seen that itself.
bool mend_fence(Packet& packet);

NDIS_SWITCH_PORT_DESTINATION& destination_at(Packet& packet, std::uint32_t index);

}  // namespace interlock::harness
