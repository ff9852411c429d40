#include "harness/live/frame_ring.hpp"

#include <bit>
#include <cstring>

#include "harness/check.hpp"

namespace interlock::harness {

FrameRing::FrameRing(std::size_t bytes)
    : size(bytes), memory(std::make_unique<std::uint64_t[]>(bytes / sizeof(std::uint64_t))) {
    check(std::has_single_bit(bytes) && bytes >= 64, "a ring of frames has no such size");
}

std::size_t FrameRing::room_for(std::size_t bytes) const {
    return sizeof(Length) + (bytes + sizeof(Length) - 1) / sizeof(Length) * sizeof(Length);
}

FrameRing::Length& FrameRing::length_at(std::uint64_t place) {
    return memory[static_cast<std::size_t>(place % size) / sizeof(Length)];
}

bool FrameRing::push(std::span<const std::uint8_t> frame) {
    const std::size_t   needs  = room_for(frame.size());
    const std::uint64_t from   = pushed.load(std::memory_order_relaxed);
    const std::size_t   left   = size - static_cast<std::size_t>(from % size);
    const std::size_t   passed = needs <= left ? 0 : left;
    const std::uint64_t used   = from - released.load(std::memory_order_acquire);
    if (needs > size / 2 || used + passed + needs > size) return false;
    if (passed > 0) length_at(from) = to_the_end;
    Length& length = length_at(from + passed);
    length         = frame.size();
    if (!frame.empty()) std::memcpy(&length + 1, frame.data(), frame.size());
    pushed.store(from + passed + needs, std::memory_order_release);
    return true;
}

std::span<const std::uint8_t> FrameRing::take() {
    if (taken == pushed.load(std::memory_order_acquire)) return {};
    if (length_at(taken) == to_the_end) taken += size - taken % size;
    const Length& length = length_at(taken);
    const auto    bytes  = static_cast<std::size_t>(length);
    taken += room_for(bytes);
    return {reinterpret_cast<const std::uint8_t*>(&length + 1), bytes};
}

void FrameRing::release() {
    released.store(taken, std::memory_order_release);
}

bool FrameRing::is_empty() const {
    return pushed.load(std::memory_order_acquire) == released.load(std::memory_order_acquire);
}

}  // namespace interlock::harness
