#include "harness/kernel/memory.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <utility>
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

// Before and behind each piece there is a fence. An address sanitizer has fences of its own.
constexpr int         fence_byte = 0xFD;
constexpr std::size_t fence_room = 16;

std::size_t fence_bytes() {
    return poisons_memory() ? 0 : fence_room;
}

std::byte* front(void* memory) {
    return static_cast<std::byte*>(memory) - fence_bytes();
}

std::byte* back(void* memory, std::size_t bytes) {
    return static_cast<std::byte*>(memory) + bytes;
}

bool all_are(const std::byte* at, std::size_t bytes, int value) {
    if (bytes == 0) return true;
    return at[0] == static_cast<std::byte>(value) && std::memcmp(at, at + 1, bytes - 1) == 0;
}

void set_fences(void* memory, std::size_t bytes) {
    std::memset(front(memory), fence_byte, fence_bytes());
    std::memset(back(memory, bytes), fence_byte, fence_bytes());
}

bool fences_stand(void* memory, std::size_t bytes) {
    return all_are(front(memory), fence_bytes(), fence_byte) &&
           all_are(back(memory, bytes), fence_bytes(), fence_byte);
}

struct Freed {
    void*           memory = nullptr;
    std::size_t     bytes  = 0;
    model::ModuleId owner  = model::host_module;
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

    void to_blocks(void* memory, std::size_t bytes) {
        blocks.give_back(front(memory), bytes + 2 * fence_bytes());
    }

    // The sanitizer has a better quarantine, and wants to see the true moment of the free.
    /// @return whose freed memory, that nobody can reach now, was written to.
    std::optional<model::ModuleId> give_back(const Piece& piece) {
        if (poisons_memory() || piece.bytes > freed_kept_bytes) {
            to_blocks(piece.memory, piece.bytes);
            return std::nullopt;
        }
        std::memset(piece.memory, freed_byte, piece.bytes);
        const Freed oldest =
            std::exchange(freed[freed_next],
                          {.memory = piece.memory, .bytes = piece.bytes, .owner = piece.owner});
        freed_next = (freed_next + 1) % freed.size();
        if (oldest.memory == nullptr) return std::nullopt;
        const bool written = was_written(oldest);
        to_blocks(oldest.memory, oldest.bytes);
        return written ? std::optional(oldest.owner) : std::nullopt;
    }

    static bool was_written(const Freed& one) {
        return !all_are(static_cast<const std::byte*>(one.memory), one.bytes, freed_byte);
    }

    void clear() {
        while (!pieces.empty()) {
            const Piece piece = pieces.back();
            remove(slot_of(piece.memory));
            to_blocks(piece.memory, piece.bytes);
        }
        for (Freed& one : freed)
            if (one.memory != nullptr) to_blocks(one.memory, one.bytes);
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
    state_written.reset();
}

void* Memory::allocate(std::size_t bytes, std::uint32_t tag, PoolKind kind, model::ModuleId owner,
                       const void* made_for) {
    if (bytes > bytes_max) return nullptr;
    auto* const block = static_cast<std::byte*>(state->blocks.take(bytes + 2 * fence_bytes()));
    if (block == nullptr) return nullptr;
    void* const memory = block + fence_bytes();
    set_fences(memory, bytes);
    std::memset(memory, fresh_byte, bytes);
    state->insert({.memory   = memory,
                   .bytes    = bytes,
                   .tag      = tag,
                   .kind     = kind,
                   .owner    = owner,
                   .made_for = made_for});
    return memory;
}

void Memory::forget_handle(const void* made_for) {
    for (Piece& piece : state->pieces)
        if (piece.made_for == made_for) piece.made_for = nullptr;
}

model::Misuse Memory::free(void* memory, std::uint32_t tag, bool has_tag, PoolKind kind) {
    const std::size_t slot = state->slot_of(memory);
    if (state->slots[slot] == 0) return model::Misuse::freed_twice;
    const Piece piece = state->pieces[state->slots[slot] - 1];
    const bool  whole = fences_stand(memory, piece.bytes);
    state->remove(slot);
    if (const auto owner = state->give_back(piece)) state_written = owner;
    if (!whole) return model::Misuse::wrote_outside;
    const bool fits = piece.kind == kind && (!has_tag || piece.tag == tag);
    return fits ? model::Misuse::none : model::Misuse::freed_as_another_kind;
}

model::Misuse Memory::inspect(model::ModuleId owner) {
    model::Misuse found = model::Misuse::none;
    for (const Piece& piece : state->pieces) {
        if (piece.owner != owner || fences_stand(piece.memory, piece.bytes)) continue;
        set_fences(piece.memory, piece.bytes);
        found = model::Misuse::wrote_outside;
    }
    for (const Freed& one : state->freed) {
        if (one.memory == nullptr || one.owner != owner || !State::was_written(one)) continue;
        std::memset(one.memory, freed_byte, one.bytes);
        found = model::Misuse::wrote_to_freed;
    }
    return found;
}

std::vector<Piece> Memory::pieces_of(model::ModuleId owner) const {
    std::vector<Piece> found;
    for (const Piece& piece : state->pieces)
        if (piece.owner == owner) found.push_back(piece);
    return found;
}

const Piece* Memory::find(const void* memory) const {
    const std::uint32_t place = state->slots[state->slot_of(memory)];
    return place == 0 ? nullptr : &state->pieces[place - 1];
}

std::size_t Memory::live(model::ModuleId owner) const {
    return state->live[owner];
}

}  // namespace interlock::harness
