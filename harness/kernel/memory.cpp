#include "harness/kernel/memory.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "harness/check.hpp"
#include "harness/kernel/blocks.hpp"

namespace interlock::harness {

namespace {

constexpr int fresh_byte = 0xCD;  // What uninitialised memory reads as: the same in every run.
constexpr int freed_byte = 0xFE;  // As an address it is not canonical, so that using it faults.

// More is never there: a length that has wrapped round fails, as it would in a kernel.
constexpr std::size_t bytes_max = std::size_t{256} << 20;

constexpr std::size_t freed_kept_count = 64;
constexpr std::size_t freed_kept_bytes = 4096;  // Bigger pieces are given back at once.

struct Freed {
    void*       memory = nullptr;
    std::size_t bytes  = 0;
};

}  // namespace

/// All pieces without gaps, and an open-addressing table of their places by address. Nothing is
/// ever asked of the table but whether an address is in it, so its order decides nothing.
struct Memory::State {
    std::vector<Piece>                  pieces;
    std::vector<std::uint32_t>          slots{std::vector<std::uint32_t>(1024, 0)};
    std::array<std::size_t, 256>        live = {};
    Blocks                              blocks;
    std::array<Freed, freed_kept_count> freed = {};  // A ring: the address is not used again yet.
    std::size_t                         freed_next = 0;

    std::size_t mask() const {
        return slots.size() - 1;
    }

    std::size_t home(const void* memory) const {
        const auto address = std::bit_cast<std::uintptr_t>(memory) >> 4;
        return (address * 0x9E3779B97F4A7C15 >> 32) & mask();
    }

    /// The slot that holds `memory`, or the empty one where it would stand.
    std::size_t slot_of(const void* memory) const {
        std::size_t slot = home(memory);
        while (slots[slot] != 0 && pieces[slots[slot] - 1].memory != memory) {
            slot = (slot + 1) & mask();
        }
        return slot;
    }

    void insert(const Piece& piece) {
        if (pieces.size() * 2 >= slots.size()) grow();
        pieces.push_back(piece);
        slots[slot_of(piece.memory)] = static_cast<std::uint32_t>(pieces.size());
        ++live[piece.owner];
    }

    void grow() {
        slots.assign(slots.size() * 2, 0);
        for (std::uint32_t place = 0; place < pieces.size(); ++place) {
            slots[slot_of(pieces[place].memory)] = place + 1;
        }
    }

    void remove(std::size_t slot) {
        const std::uint32_t place = slots[slot] - 1;
        --live[pieces[place].owner];
        if (place + 1 != pieces.size()) {
            slots[slot_of(pieces.back().memory)] = place + 1;
            pieces[place]                        = pieces.back();
        }
        pieces.pop_back();
        close_gap(slot);
    }

    // Moves back what stands behind the gap, where it may, so that no search ends too early.
    void close_gap(std::size_t gap) {
        for (std::size_t slot = (gap + 1) & mask(); slots[slot] != 0; slot = (slot + 1) & mask()) {
            const std::size_t from = home(pieces[slots[slot] - 1].memory);
            if (((slot - from) & mask()) < ((slot - gap) & mask())) continue;
            slots[gap] = slots[slot];
            gap        = slot;
        }
        slots[gap] = 0;
    }

    // The sanitizer has a better quarantine, and wants to see the true moment of the free.
    void give_back(void* memory, std::size_t bytes) {
        if (poisons_memory() || bytes > freed_kept_bytes) return blocks.give_back(memory, bytes);
        std::memset(memory, freed_byte, bytes);
        Freed& oldest = freed[freed_next];
        if (oldest.memory != nullptr) blocks.give_back(oldest.memory, oldest.bytes);
        oldest     = {memory, bytes};
        freed_next = (freed_next + 1) % freed.size();
    }

    void clear() {
        while (!pieces.empty()) {
            const Piece piece = pieces.back();
            remove(slot_of(piece.memory));
            blocks.give_back(piece.memory, piece.bytes);
        }
        for (Freed& one : freed)
            if (one.memory != nullptr) blocks.give_back(one.memory, one.bytes);
        freed.fill({});
        freed_next = 0;
    }
};

Memory::Memory() : state(std::make_unique<State>()) {}

Memory::~Memory() {
    state->clear();
}

void Memory::begin() {
    state->clear();
}

void* Memory::allocate(std::size_t bytes, std::uint32_t tag, PoolKind kind, model::ModuleId owner) {
    void* const memory = bytes <= bytes_max ? state->blocks.take(bytes) : nullptr;
    if (memory == nullptr) return nullptr;
    std::memset(memory, fresh_byte, bytes);
    state->insert({.memory = memory, .bytes = bytes, .tag = tag, .kind = kind, .owner = owner});
    return memory;
}

model::Misuse Memory::free(void* memory, std::uint32_t tag, bool has_tag, PoolKind kind) {
    const std::size_t slot = state->slot_of(memory);
    if (state->slots[slot] == 0) return model::Misuse::freed_twice;
    const Piece piece = state->pieces[state->slots[slot] - 1];
    state->remove(slot);
    state->give_back(memory, piece.bytes);
    const bool fits = piece.kind == kind && (!has_tag || piece.tag == tag);
    return fits ? model::Misuse::none : model::Misuse::freed_as_another_kind;
}

const Piece* Memory::find(const void* memory) const {
    const std::uint32_t place = state->slots[state->slot_of(memory)];
    return place == 0 ? nullptr : &state->pieces[place - 1];
}

std::size_t Memory::live(model::ModuleId owner) const {
    return state->live[owner];
}

}  // namespace interlock::harness
