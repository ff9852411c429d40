#include "harness/ndis/packet.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "harness/check.hpp"
#include "harness/kernel/poison.hpp"
#include "harness/ndis/given_away.hpp"

namespace interlock::harness {
namespace {

constexpr std::size_t packets_per_slab = 64;
constexpr std::size_t idle_min         = 128;  // So many are taken back before one is reused.

/// Behind a destination array, where no address sanitizer watches: bytes that nobody may change.
constexpr std::uint8_t fence_byte = 0xFB;

constexpr std::size_t fence_bytes_max = 64;

std::size_t fence_bytes() {
    return poisons_memory() ? 0 : fence_bytes_max;
}

constexpr std::array<std::uint8_t, fence_bytes_max> filled_with(std::uint8_t byte) {
    std::array<std::uint8_t, fence_bytes_max> bytes{};
    bytes.fill(byte);
    return bytes;
}

std::uint8_t* fence_of(const Packet& packet) {
    auto* const first = reinterpret_cast<NDIS_SWITCH_PORT_DESTINATION*>(packet.array + 1);
    return reinterpret_cast<std::uint8_t*>(first + packet.capacity);
}

/// Where MDL `place` of `count` begins in a frame of `bytes`: the first ones cut the headers.
std::size_t cut(std::size_t bytes, std::size_t place, std::size_t count) {
    constexpr std::size_t cuts[] = {0, 6, 17, 40};
    if (place == count) return bytes;
    return std::min(cuts[place], bytes);
}

/// Memory of an earlier life is taken again where it has just the size.
std::span<std::uint8_t> memory_for(std::size_t bytes, std::span<std::uint8_t> earlier) {
    if (earlier.data() != nullptr && earlier.size() == bytes) return earlier;
    std::free(earlier.data());
    return {static_cast<std::uint8_t*>(std::malloc(bytes == 0 ? 1 : bytes)), bytes};
}

void fill_mdl(MDL& mdl, std::span<std::uint8_t> memory, std::span<const std::uint8_t> bytes,
              MDL* next) {
    std::ranges::copy(bytes, memory.begin());
    mdl                = MDL{};
    mdl.Next           = next;
    mdl.Size           = sizeof(MDL);
    mdl.MdlFlags       = MDL_MAPPED_TO_SYSTEM_VA | MDL_SOURCE_IS_NONPAGED_POOL | not_the_extensions;
    mdl.MappedSystemVa = memory.data();
    mdl.StartVa        = memory.data();
    mdl.ByteCount      = static_cast<ULONG>(bytes.size());
}

void fill_buffer(Packet& packet, std::size_t place, const PacketShape& shape) {
    MDL* const mdls = packet.mdls + place * mdls_max;
    for (std::size_t mdl = 0; mdl < shape.mdls; ++mdl) {
        const std::size_t from   = cut(shape.frame.size(), mdl, shape.mdls);
        const std::size_t to     = cut(shape.frame.size(), mdl + 1, shape.mdls);
        auto&             memory = packet.bytes[place * mdls_max + mdl];
        memory                   = memory_for(to - from, memory);
        fill_mdl(mdls[mdl], memory, shape.frame.subspan(from, to - from),
                 mdl + 1 < shape.mdls ? &mdls[mdl + 1] : nullptr);
    }
    NET_BUFFER& buffer              = packet.buffers[place];
    buffer                          = NET_BUFFER{};
    NET_BUFFER_FIRST_MDL(&buffer)   = mdls;
    NET_BUFFER_CURRENT_MDL(&buffer) = mdls;
    NET_BUFFER_DATA_LENGTH(&buffer) = static_cast<ULONG>(shape.frame.size());
    NET_BUFFER_NEXT_NB(&buffer) = place + 1 < shape.buffers ? &packet.buffers[place + 1] : nullptr;
}

void free_bytes(Packet& packet) {
    for (auto& bytes : packet.bytes) {
        std::free(bytes.data());
        bytes = {};
    }
    packet.buffers_filled = packet.mdls_filled = 0;
}

/// Of an earlier life, what this one has no use for.
void free_beyond(Packet& packet, const PacketShape& shape) {
    const bool had_more = packet.buffers_filled > shape.buffers || packet.mdls_filled > shape.mdls;
    packet.buffers_filled = shape.buffers;
    packet.mdls_filled    = shape.mdls;
    if (!had_more) return;
    for (std::size_t place = 0; place < std::size(packet.bytes); ++place) {
        if (place / mdls_max < shape.buffers && place % mdls_max < shape.mdls) continue;
        std::free(packet.bytes[place].data());
        packet.bytes[place] = {};
    }
}

// The NBL itself stays readable: what an extension does with one that it gave away is told by the
// judge, with the rule, and not by a sanitizer's crash.
void poison(Packet& packet) {
    poison_memory(packet.buffers, sizeof packet.buffers);
    poison_memory(packet.mdls, sizeof packet.mdls);
}

void unpoison(Packet& packet) {
    unpoison_memory(packet.buffers, sizeof packet.buffers);
    unpoison_memory(packet.mdls, sizeof packet.mdls);
}

}  // namespace

Packet::~Packet() {
    unpoison(*this);
    free_bytes(*this);
    std::free(array);
    std::free(spare_array);
}

void PacketPool::begin() {
    for (const auto& slab : slabs) {
        for (std::size_t place = 0; place < packets_per_slab; ++place) {
            Packet& packet = slab[place];
            if (packet.alive) take_back(packet);
        }
    }
    for (Packet* const packet : shared)
        release(*packet);
    shared.clear();
    reuses = false;
    elsewhere.clear();
    for (Packet* const packet : used) {
        packet->given  = false;
        packet->listed = false;
    }
    used.clear();
    not_summed.clear();
    watches = true;
}

Packet& PacketPool::fresh() {
    if (free.size() <= idle_min) {
        slabs.push_back(std::make_unique<Packet[]>(packets_per_slab));
        for (std::size_t place = 0; place < packets_per_slab; ++place) {
            poison(slabs.back()[place]);
            free.push_back(&slabs.back()[place]);
        }
    }
    Packet& packet = *free.front();
    free.pop_front();
    if (!std::exchange(packet.listed, true)) used.push_back(&packet);
    unpoison(packet);
    packet.given         = false;
    packet.fate          = Fate::kept_above;
    packet.given_by      = model::host_module;
    packet.nbl           = &packet.own;
    packet.making        = Making::by_switch;
    packet.maker         = model::host_module;
    packet.parent        = 0;
    packet.original      = nullptr;
    packet.clones        = 0;
    packet.cloned        = false;
    packet.source_handle = nullptr;
    return packet;
}

Packet& PacketPool::make(const PacketShape& shape, model::ObjectId id) {
    check(shape.buffers <= buffers_max && shape.mdls <= mdls_max, "a packet beyond its limits");
    Packet& packet      = fresh();
    packet.own          = NET_BUFFER_LIST{};
    packet.id           = id;
    packet.alive        = true;
    packet.buffers_made = shape.buffers;
    packet.native       = shape.native;
    packet.marks        = 0;
    packet.frame_bytes  = static_cast<std::uint32_t>(shape.frame.size());
    for (std::size_t buffer = 0; buffer < shape.buffers; ++buffer)
        fill_buffer(packet, buffer, shape);
    free_beyond(packet, shape);
    NET_BUFFER_LIST_FIRST_NB(&packet.own) = packet.buffers;
    if (shape.vlan != 0) {
        NDIS_NET_BUFFER_LIST_8021Q_INFO tag{};
        tag.TagHeader.VlanId                                          = shape.vlan & 0xFFF;
        NET_BUFFER_LIST_INFO(&packet.own, Ieee8021QNetBufferListInfo) = tag.Value;
    }
    return packet;
}

Packet& PacketPool::remember(NET_BUFFER_LIST* nbl, model::ObjectId id, model::ModuleId maker) {
    Packet& packet = fresh();
    free_bytes(packet);
    packet.nbl                = nbl;
    packet.id                 = id;
    packet.port               = 0;
    packet.nic                = 0;
    packet.source_incarnation = 0;
    packet.alive              = true;
    packet.buffers_made       = 0;
    packet.native             = false;
    packet.marks              = 0;
    packet.maker              = maker;
    packet.holder             = maker;
    packet.making             = Making::allocated;
    packet.source_pinned      = false;
    packet.parts.clear();
    elsewhere[nbl] = &packet;
    return packet;
}

void PacketPool::take_back(Packet& packet) {
    // A switch that takes it back too early leaves it to whoever has it.
    const bool nobody_has_it = packet.nbl == &packet.own && !packet.on_egress;
    drop_destinations(packet);
    packet.alive     = false;
    packet.given     = false;
    packet.in_flight = false;
    packet.on_egress = false;
    packet.holder    = model::host_module;
    packet.way       = Way::none;
    if (packet.cloned && (!reuses || packet.clones > 0)) return shared.push_back(&packet);
    release(packet);
    if (watches && nobody_has_it && packet.given_by != model::host_module) keep_remains(packet);
}

// What was written there while nobody looked is nobody's.
void PacketPool::watch() {
    watches = true;
    for (Packet* const packet : used)
        if (packet->array) mend_fence(*packet);
}

void PacketPool::give_away(Packet& packet, model::ModuleId by) {
    if (!watches) return;
    harness::give_away(packet, by);
    not_summed.push_back(&packet);
}

void PacketPool::sum_up_all() {
    for (Packet* const packet : not_summed)
        harness::sum_up(*packet);
    not_summed.clear();
}

void PacketPool::gain_clone(Packet& of, Packet& clone) {
    clone.original = &of;
    ++of.clones;
}

void PacketPool::lose_clone(Packet& of) {
    if (of.clones == 0 || --of.clones > 0 || !reuses) return;
    if (std::erase(shared, &of) > 0) release(of);
}

// Where no sanitizer watches, its bytes stay, so that who still writes there harms nobody else.
void PacketPool::release(Packet& packet) {
    if (poisons_memory()) free_bytes(packet);
    poison(packet);
    free.push_back(&packet);
}

/// @return the one that lies there, if any does.
Packet* PacketPool::in_slab(std::size_t place, const NET_BUFFER_LIST* nbl) {
    const auto at    = reinterpret_cast<std::uintptr_t>(nbl);
    const auto begin = reinterpret_cast<std::uintptr_t>(slabs[place].get());
    if (at - begin >= packets_per_slab * sizeof(Packet)) return nullptr;
    return &slabs[place][(at - begin) / sizeof(Packet)];
}

Packet* PacketPool::find(const NET_BUFFER_LIST* nbl) {
    for (std::size_t seen = 0; seen < slabs.size(); ++seen) {
        Packet* const packet = in_slab(last_found, nbl);
        if (packet) return packet->nbl == nbl ? packet : nullptr;
        last_found = last_found + 1 < slabs.size() ? last_found + 1 : 0;
    }
    if (elsewhere.empty()) return nullptr;
    const auto found = elsewhere.find(nbl);
    const bool is_it = found != elsewhere.end() && found->second->nbl == nbl;
    return is_it ? found->second : nullptr;
}

namespace {

/// All zero, with the fence's bytes behind it. Whoever kept the address of an array that has grown
/// since has that of nothing: only a first one is put where one of an earlier life was.
NDIS_SWITCH_FORWARDING_DESTINATION_ARRAY* block_for(Packet& packet, std::uint32_t capacity,
                                                    std::size_t bytes) {
    using Array = NDIS_SWITCH_FORWARDING_DESTINATION_ARRAY;
    if (packet.spare_array && packet.room >= capacity) {
        std::memset(packet.spare_array, 0, bytes);
        return std::exchange(packet.spare_array, nullptr);
    }
    std::free(std::exchange(packet.spare_array, nullptr));
    packet.room = capacity;
    return static_cast<Array*>(std::calloc(1, bytes));
}

}  // namespace

void gather_frames(const Packet& packet, std::vector<std::vector<std::uint8_t>>& frames) {
    std::size_t count = 0;
    for (const NET_BUFFER* buffer = packet.nbl->FirstNetBuffer; buffer; buffer = buffer->Next) {
        if (count == frames.size()) frames.emplace_back();
        auto& frame = frames[count++];
        frame.clear();
        std::size_t offset = NET_BUFFER_CURRENT_MDL_OFFSET(buffer);
        std::size_t left   = NET_BUFFER_DATA_LENGTH(buffer);
        for (const MDL* mdl = NET_BUFFER_CURRENT_MDL(buffer); mdl && left; mdl = mdl->Next) {
            const auto* const bytes =
                static_cast<const std::uint8_t*>(mdl->MappedSystemVa) + offset;
            const std::size_t shown = std::min<std::size_t>(mdl->ByteCount - offset, left);
            frame.insert(frame.end(), bytes, bytes + shown);
            left -= shown;
            offset = 0;
        }
    }
    frames.resize(count);
}

std::uint64_t header_address(const Packet& packet, std::size_t offset) {
    constexpr std::size_t size    = 6;
    std::uint64_t         address = 0;
    const NET_BUFFER*     buffer  = packet.nbl->FirstNetBuffer;
    if (!buffer) return 0;  // An extension's NBL may be empty.
    std::size_t skip = NET_BUFFER_CURRENT_MDL_OFFSET(buffer) + offset;
    const MDL*  mdl  = NET_BUFFER_CURRENT_MDL(buffer);
    for (std::size_t done = 0; done < size;) {
        while (mdl && skip >= mdl->ByteCount) {
            skip -= mdl->ByteCount;
            mdl = mdl->Next;
        }
        if (!mdl) return 0;
        const auto* const bytes = static_cast<const std::uint8_t*>(mdl->MappedSystemVa);
        const std::size_t end   = std::min<std::size_t>(mdl->ByteCount, skip + size - done);
        for (; skip < end; ++skip, ++done)
            address = address << 8 | bytes[skip];
    }
    return address;
}

void grow_destinations(Packet& packet, std::uint32_t capacity) {
    using Array                   = NDIS_SWITCH_FORWARDING_DESTINATION_ARRAY;
    constexpr std::size_t element = sizeof(NDIS_SWITCH_PORT_DESTINATION);
    static_assert(sizeof(Array) % alignof(NDIS_SWITCH_PORT_DESTINATION) == 0);
    const std::size_t bytes = sizeof(Array) + capacity * element + fence_bytes();
    Array* const      array = block_for(packet, capacity, bytes);
    const auto        count = static_cast<std::uint32_t>(packet.destinations.size());
    if (packet.array) {
        std::memcpy(array, packet.array, sizeof(Array) + count * element);
        std::free(packet.array);
    }
    array->Header.Type     = NDIS_OBJECT_TYPE_DEFAULT;
    array->Header.Revision = NDIS_SWITCH_FORWARDING_DESTINATION_ARRAY_REVISION_1;
    array->Header.Size     = NDIS_SIZEOF_NDIS_SWITCH_FORWARDING_DESTINATION_ARRAY_REVISION_1;
    array->ElementSize     = element;
    array->NumElements     = capacity;
    array->NumDestinations = static_cast<USHORT>(count);
    array->FirstElement    = array + 1;
    packet.array           = array;
    packet.capacity        = capacity;
    std::memset(fence_of(packet), fence_byte, fence_bytes());
}

// Where an address sanitizer watches, who still writes there is to be seen.
void drop_destinations(Packet& packet) {
    packet.destinations.clear();
    packet.capacity = 0;
    if (!packet.array) return;
    packet.spare_array = std::exchange(packet.array, nullptr);
    if (poisons_memory()) std::free(std::exchange(packet.spare_array, nullptr));
}

bool mend_fence(Packet& packet) {
    static constexpr auto whole = filled_with(fence_byte);
    std::uint8_t* const   fence = fence_of(packet);
    if (std::memcmp(fence, whole.data(), fence_bytes()) == 0) return false;
    std::memset(fence, fence_byte, fence_bytes());
    return true;
}

NDIS_SWITCH_PORT_DESTINATION& destination_at(Packet& packet, std::uint32_t index) {
    check(packet.array && index < packet.capacity, "a destination beyond the array");
    return reinterpret_cast<NDIS_SWITCH_PORT_DESTINATION*>(packet.array + 1)[index];
}

}  // namespace interlock::harness
