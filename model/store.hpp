#pragma once

// A table of records found by a number, made for the judge: it allocates only while it grows, is
// emptied in O(1), and its records never move.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace interlock::model {

/// Where a record stands in its store. Records are never removed, so it stays valid until `clear`.
using Index                     = std::uint32_t;
inline constexpr Index no_index = 0xFFFF'FFFF;

template <class Key, class Record>
class Store {
public:
    Store() : slots(slots_min) {}

    /// Forgets all records, keeps the memory.
    void clear() {
        used  = 0;
        taken = 0;
        if (++generation != 0) return;
        slots.assign(slots.size(), Slot{});
        generation = 1;
    }

    /// @return where the record stands that was last added under `key`; `no_index` if none was.
    Index find(Key key) const {
        const Slot& slot = slots[slot_of(key)];
        return slot.generation == generation ? slot.index : no_index;
    }

    /// Adds an empty record. One that was added under the same key before is found no more by its
    /// key, but keeps its index.
    Index add(Key key) {
        if (2 * taken >= slots.size()) grow();
        Slot& slot = slots[slot_of(key)];
        if (slot.generation != generation) ++taken;
        slot = {key, used, generation};
        if (used == chunks.size() * chunk_size) chunks.push_back(std::make_unique<Chunk>());
        (*this)[used] = Record{};
        return used++;
    }

    Record& operator[](Index index) {
        return (*chunks[index / chunk_size])[index % chunk_size];
    }
    const Record& operator[](Index index) const {
        return (*chunks[index / chunk_size])[index % chunk_size];
    }

    /// How many records there are, the replaced ones among them.
    Index size() const {
        return used;
    }

private:
    struct Slot {
        Key           key        = {};
        Index         index      = no_index;
        std::uint32_t generation = 0;
    };
    static constexpr std::size_t slots_min  = 64;  // A power of two, as all sizes after it.
    static constexpr std::size_t chunk_size = 64;
    using Chunk                             = std::array<Record, chunk_size>;

    std::size_t slot_of(Key key) const {
        const auto mixed = static_cast<std::uint64_t>(key) * 0x9E37'79B9'7F4A'7C15;
        auto       place = static_cast<std::size_t>(mixed >> 32) & (slots.size() - 1);
        while (slots[place].generation == generation && slots[place].key != key)
            place = (place + 1) & (slots.size() - 1);
        return place;
    }

    void grow() {
        const std::vector<Slot> old = std::move(slots);
        slots.assign(2 * old.size(), Slot{});
        for (const Slot& slot : old)
            if (slot.generation == generation) slots[slot_of(slot.key)] = slot;
    }

    std::vector<Slot>                   slots;
    std::vector<std::unique_ptr<Chunk>> chunks;
    Index                               used       = 0;
    std::size_t                         taken      = 0;
    std::uint32_t                       generation = 1;
};

}  // namespace interlock::model
