#include "harness/ndis/given_away.hpp"

#include <algorithm>
#include <utility>

#include "harness/kernel/poison.hpp"
#include "harness/kernel/stretch.hpp"
#include "harness/ndis/marks.hpp"
#include "harness/vswitch/digest.hpp"

namespace interlock::harness {
namespace {

/// The owner of a clone's original may write to that; so may who made an NBL of others' MDLs.
bool has_data_alone(const Packet& packet) {
    if (packet.cloned) return false;
    if (packet.making == Making::by_switch) return true;
    if (packet.making != Making::allocated) return false;
    for (const NET_BUFFER* buffer = packet.nbl->FirstNetBuffer; buffer; buffer = buffer->Next)
        for (const MDL* mdl = NET_BUFFER_CURRENT_MDL(buffer); mdl; mdl = mdl->Next)
            if (mdl->MdlFlags & (MDL_PARTIAL | not_the_extensions)) return false;
    return true;
}

std::uint64_t sum_of_given(const Packet& packet) {
    const auto&         status = packet.nbl->Status;
    const std::uint64_t sum    = sum_of(&status, sizeof status, sum_of_shape(*packet.nbl));
    return packet.given_with_data ? sum ^ sum_of_data(packet) : sum;
}

bool is_of_data(const Packet& packet, const Stretch& stretch) {
    return std::ranges::any_of(packet.bytes, [&](std::span<const std::uint8_t> bytes) {
        return stretch.meets(bytes.data(), bytes.size());
    });
}

bool is_of_own(const Packet& packet, const Stretch& stretch) {
    if (stretch.meets(&packet.own, sizeof packet.own)) return true;
    if (packet.cloned) return false;  // Whoever holds a clone sees the rest of it.
    return stretch.meets(packet.buffers, sizeof packet.buffers) ||
           stretch.meets(packet.mdls, sizeof packet.mdls) || is_of_data(packet, stretch);
}

bool is_of_made(const NET_BUFFER_LIST& nbl, const Stretch& stretch) {
    return stretch.meets(&nbl.Next, sizeof nbl.Next) ||
           stretch.meets(&nbl.FirstNetBuffer, sizeof nbl.FirstNetBuffer) ||
           stretch.meets(&nbl.Status, sizeof nbl.Status);
}

std::uint64_t sum_of_remains(const Packet& packet) {
    std::uint64_t sum = sum_of(&packet.own, sizeof packet.own, 1);
    if (poisons_memory()) return sum;  // The rest is poisoned: the sanitizer sees it at once.
    sum = sum_of(packet.buffers, packet.buffers_made * sizeof(NET_BUFFER), sum);
    for (std::size_t place = 0; place < std::size(packet.bytes); ++place) {
        const auto bytes = packet.bytes[place];
        if (bytes.data() == nullptr) continue;
        sum = sum_of(&packet.mdls[place], sizeof(MDL), sum_of(bytes.data(), bytes.size(), sum));
    }
    return sum;
}

}  // namespace

bool is_of_given(const Packet& packet, const void* memory, std::size_t bytes) {
    if (!packet.given) return false;
    const Stretch stretch(memory, bytes);
    if (packet.nbl == &packet.own) return is_of_own(packet, stretch);
    return packet.alive && is_of_made(*packet.nbl, stretch);
}

void give_away(Packet& packet, model::ModuleId by) {
    packet.given_by = by;
    packet.given    = true;
    packet.summed   = false;
}

void sum_up(Packet& packet) {
    if (!packet.given || packet.summed) return;
    packet.given_with_data = has_data_alone(packet);
    packet.given_sum       = sum_of_given(packet);
    packet.summed          = true;
}

bool is_touched(const Packet& packet) {
    if (!packet.given || !packet.summed) return false;
    if (!packet.alive) return sum_of_remains(packet) != packet.given_sum;
    // It was cloned by who does not own it: NBL-07 does not tell of that.
    if (packet.given_with_data && packet.cloned) return false;
    return sum_of_given(packet) != packet.given_sum;
}

bool take_up(Packet& packet) {
    const bool touched = is_touched(packet);
    packet.given       = false;
    return touched;
}

void keep_remains(Packet& packet) {
    packet.given     = true;
    packet.summed    = true;
    packet.given_sum = sum_of_remains(packet);
}

}  // namespace interlock::harness
