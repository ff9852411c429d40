#pragma once

// An NBL with everything that belongs to it: its NET_BUFFERs, MDLs and bytes, its forwarding
// context and destinations, and where it is just now. The extension sees `*nbl`; the rest is ours.
// An NBL that an extension allocated stands in the pool of that extension, with its parts; what is
// remembered of it here is the same.

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include <ndis.h>

#include "harness/scenario/scenario.hpp"
#include "harness/vswitch/fate.hpp"
#include "model/event.hpp"

namespace interlock::harness {

inline constexpr std::size_t buffers_max = 4;  // NET_BUFFERs in one NBL of the switch's own.
inline constexpr std::size_t mdls_max    = 4;  // MDLs in one NET_BUFFER of the switch's own.

/// A flag of the MDLs that the switch makes: the memory is that of whoever sends.
inline constexpr CSHORT not_the_extensions = MDL_PAGES_LOCKED;

/// A committed destination, and which life of the adapter it means.
struct Destination {
    model::PortId   port        = 0;
    model::NicIndex nic         = 0;
    std::uint32_t   incarnation = 0;
    bool            excluded    = false;  // It was committed that it gets nothing.
};

/// By which function an NBL was made; the one that fits must free it.
enum class Making : std::uint8_t { by_switch, allocated, cloned, fragmented, reassembled };

/// On which path the maker of an NBL set it going: there it comes back to its maker.
enum class Way : std::uint8_t { none, down, up };

struct Packet {
    NET_BUFFER_LIST  own{};       // The switch's own NBL;
    NET_BUFFER_LIST* nbl = &own;  // of an extension's NBL where it is.

    model::ObjectId id                 = 0;
    model::PortId   port               = 0;  // Source.
    model::NicIndex nic                = 0;
    std::uint32_t   source_incarnation = 0;
    std::uint16_t   buffers_made       = 0;        // NET_BUFFERs, also when they are gone.
    std::uint32_t   frame_bytes        = 0;        // Of each NET_BUFFER, as it was made.
    Packet*         original           = nullptr;  // What it is a clone of, and
    std::uint32_t   clones             = 0;        // how many of it are not freed.
    std::uint32_t   marks              = 0;        // model::mark, when an extension last had it.
    std::uint64_t   data_sum           = 0;        // Of its data, when it was turned round,
    bool            data_summed        = false;    // if anybody looked.
    bool            native             = false;    // NativeForwardingRequired was set.
    bool            listed             = false;    // It stands in `PacketPool::used`.
    Fate            fate               = Fate::kept_above;
    bool            cloned             = false;  // Its data may be shared by an extension's NBL.
    bool            alive              = false;  // Made, and not taken back.
    bool            in_flight = false;  // From ProtocolEdgeSend to ProtocolEdgeSendComplete.
    model::ModuleId holder    = model::host_module;  // Whose hands it is in; host_module: ours.
    bool            on_egress = false;               // Turned round, not back at the miniport edge.

    Making             making        = Making::by_switch;
    Way                way           = Way::none;           // Of an extension's NBL, from here:
    model::ModuleId    maker         = model::host_module;  // Who allocated it,
    model::ObjectId    parent        = 0;                   // as a clone of what,
    NDIS_HANDLE        source_handle = nullptr;             // SourceHandle as its maker set it,
    std::uint64_t      shape         = 0;                   // sum_of_shape as its maker sent it,
    bool               source_pinned = false;               // its source counts it as under way,
    std::vector<void*> parts;                               // and memory that goes when it goes.

    // ndis/given_away.hpp: whether nobody may change it now, and who gave it away last; the sum of
    // what may not be changed, once there is one, and whether its data is in it.
    bool            given           = false;
    bool            summed          = false;
    bool            given_with_data = false;
    model::ModuleId given_by        = model::host_module;
    std::uint64_t   given_sum       = 0;

    // NDIS_SWITCH_FORWARDING_DESTINATION_ARRAY with its elements behind it, and behind as many as
    // `capacity` says the fence or the block's end, so that a write beyond is seen.
    NDIS_SWITCH_FORWARDING_DESTINATION_ARRAY* array    = nullptr;
    std::uint32_t                             capacity = 0;
    std::vector<Destination>                  destinations;  // Committed.

    // For how many there is room in the block, which may be of an earlier life: then `array` is not
    // set, and it is `spare_array`.
    std::uint32_t                             room        = 0;
    NDIS_SWITCH_FORWARDING_DESTINATION_ARRAY* spare_array = nullptr;

    // Behind what is looked at whenever it goes from hand to hand: that is in few cache lines.
    NET_BUFFER buffers[buffers_max]{};
    MDL        mdls[buffers_max * mdls_max]{};

    // What these show, of the switch's own: an extension may have written over what points to it.
    std::span<std::uint8_t> bytes[buffers_max * mdls_max];
    std::uint8_t            buffers_filled = 0;  // For so many of each there is memory, at most.
    std::uint8_t            mdls_filled    = 0;

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

    /// The data of what was cloned stays until the run's end: which of the two is finished first,
    /// the judge sees.
    void take_back(Packet& packet);

    /// Until the next `begin` it stays only until its last clone is freed: for a run without end.
    void reuse_what_was_cloned() {
        reuses = true;
    }
    static void gain_clone(Packet& of, Packet& clone);
    void        lose_clone(Packet& of);

    /// Remembers an NBL that `maker` allocated: from now on it is found. `take_back` forgets it,
    /// and leaves its memory and parts alone.
    Packet& remember(NET_BUFFER_LIST* nbl, model::ObjectId id, model::ModuleId maker);

    /// A module has handed it on, see ndis/given_away.hpp. Nothing is summed before the code of an
    /// extension runs again: till then only the host can have changed it.
    void give_away(Packet& packet, model::ModuleId by);

    /// The code of an extension is about to run.
    void sum_up() {
        if (!not_summed.empty()) sum_up_all();
    }

    /// Whether it is watched who writes to what was given away, and behind destination arrays; it
    /// is, from `begin` on.
    void watch();
    void look_away() {
        watches = false;
    }
    bool is_watching() const {
        return watches;
    }

    /// Calls `each` for every packet that a module gave away.
    template <typename Each>
    void for_each_given(Each each) {
        for (Packet* const packet : used)
            if (packet->given) each(*packet);
    }

    /// @return the packet of that NBL, also when it was taken back; nullptr when nobody made it.
    Packet* find(const NET_BUFFER_LIST* nbl);

private:
    Packet& fresh();
    Packet* in_slab(std::size_t place, const NET_BUFFER_LIST* nbl);
    void    release(Packet& packet);
    void    sum_up_all();

    std::vector<std::unique_ptr<Packet[]>> slabs;
    std::deque<Packet*>                    free;
    std::vector<Packet*>                   used;    // In this run.
    std::vector<Packet*>                   shared;  // Taken back; somebody may still see the data.
    std::vector<Packet*>                   not_summed;  // Given away since an extension's code ran.
    std::size_t                            last_found = 0;  // The slab where the last one was.
    bool                                   reuses     = false;
    bool                                   watches    = true;
    // Of the extensions' NBLs; it is asked by address only, so that its order decides nothing.
    std::unordered_map<const NET_BUFFER_LIST*, Packet*> elsewhere;
};

/// The bytes of every NET_BUFFER in turn, gathered over its MDLs.
void gather_frames(const Packet& packet, std::vector<std::vector<std::uint8_t>>& frames);

/// Six bytes of the first frame's Ethernet header, as a number: 0 the destination's, 6 the
/// source's.
std::uint64_t header_address(const Packet& packet, std::size_t offset);

/// Room for `capacity` destinations, keeping what is committed.
void grow_destinations(Packet& packet, std::uint32_t capacity);

/// The array goes, with its room.
void drop_destinations(Packet& packet);

/// Whether somebody wrote behind the destination array since it was made or mended. Where there is
/// an address sanitizer, it has seen that itself.
bool mend_fence(Packet& packet);

NDIS_SWITCH_PORT_DESTINATION& destination_at(Packet& packet, std::uint32_t index);

}  // namespace interlock::harness
