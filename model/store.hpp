#pragma once

// A table of records found by a number, made for the judge: it allocates only while it grows, is
// emptied in O(1), and its records move only when some of them are forgotten.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace interlock::model {

/// Where a record stands in its store. It stays valid until `clear` or `keep_only`.
using Index                     = std::uint32_t;
inline constexpr Index no_index = 0xFFFF'FFFF;

/// Small keys, as everybody has who counts from one, are looked up by themselves; others by hash.
template <class Key, class Record>
class Store {
public:
    Store() : near(near_max), far(far_min) {}
    Store(const Store& other) {
        *this = other;
    }
    Store(Store&&) noexcept            = default;
    Store& operator=(Store&&) noexcept = default;

    /// Takes over the records and keeps its own memory: what it costs grows with what is in there.
    Store& operator=(const Store& other) {
        if (this == &other) return *this;
        clear();
        for (; used < other.used; ++used) {
            if (used == chunks.size() * chunk_size) chunks.push_back(std::make_unique<Chunk>());
            (*this)[used] = other[used];
        }
        other.for_each_key([this](Key key, Index index) { put(key, index); });
        return *this;
    }

    /// Forgets all records, keeps the memory.
    void clear() {
        used     = 0;
        taken    = 0;
        near_end = 0;
        if (++generation != 0) return;
        near.assign(near.size(), Near{});
        far.assign(far.size(), Far{});
        generation = 1;
    }

    /// @return where the record stands that was last added under `key`; `no_index` if none was.
    Index find(Key key) const {
        const Near& slot = key < near_max ? near[static_cast<std::size_t>(key)]
                                          : static_cast<const Near&>(far[far_slot(key)]);
        return slot.generation == generation ? slot.index : no_index;
    }

    /// Adds an empty record. One that was added under the same key before is found no more by its
    /// key, but keeps its index.
    Index add(Key key) {
        if (used == chunks.size() * chunk_size) chunks.push_back(std::make_unique<Chunk>());
        (*this)[used] = Record{};
        put(key, used);
        return used++;
    }

    /// Forgets the records for which `kept` is false; the others move together, in their order.
    /// @param rekey  gives the key under which a kept record is found from now on.
    /// @return where each record stands now; `no_index`: nowhere.
    template <class Rekey>
    std::vector<Index> keep_only(const std::vector<bool>& kept, Rekey rekey) {
        std::vector<Index> now(used, no_index);
        Index              next = 0;
        for (Index index = 0; index < used; ++index) {
            if (!kept[index]) continue;
            if (next != index) (*this)[next] = std::move((*this)[index]);
            now[index] = next++;
        }
        const auto keys = keys_kept(now);
        clear();
        used = next;
        for (const auto& [key, index] : keys)
            put(rekey(key), index);
        return now;
    }

    /// The record itself; null if there is none.
    Record* at(Key key) {
        const Index index = find(key);
        return index == no_index ? nullptr : &(*this)[index];
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
    struct Near {
        Index         index      = no_index;
        std::uint32_t generation = 0;
    };
    struct Far : Near {
        Key key = {};
    };
    static constexpr std::size_t near_max   = 4096;
    static constexpr std::size_t far_min    = 64;  // A power of two, as all sizes after it.
    static constexpr std::size_t chunk_size = 64;
    using Chunk                             = std::array<Record, chunk_size>;

    std::size_t far_slot(Key key) const {
        const auto mixed = static_cast<std::uint64_t>(key) * 0x9E37'79B9'7F4A'7C15;
        auto       place = static_cast<std::size_t>(mixed >> 32) & (far.size() - 1);
        while (far[place].generation == generation && far[place].key != key)
            place = (place + 1) & (far.size() - 1);
        return place;
    }

    void put(Key key, Index index) {
        if (key < near_max) {
            near[static_cast<std::size_t>(key)] = {index, generation};
            near_end = std::max(near_end, static_cast<std::size_t>(key) + 1);
            return;
        }
        if (2 * taken >= far.size()) grow();
        Far& slot = far[far_slot(key)];
        if (slot.generation != generation) ++taken;
        slot = {{index, generation}, key};
    }

    std::vector<std::pair<Key, Index>> keys_kept(const std::vector<Index>& now) const {
        std::vector<std::pair<Key, Index>> keys;
        for_each_key([&](Key key, Index index) {
            if (now[index] != no_index) keys.emplace_back(key, now[index]);
        });
        return keys;
    }

    void for_each_key(auto visit) const {
        for (std::size_t key = 0; key < near_end; ++key)
            if (near[key].generation == generation) visit(static_cast<Key>(key), near[key].index);
        for (const Far& slot : far)
            if (slot.generation == generation) visit(slot.key, slot.index);
    }

    void grow() {
        const std::vector<Far> old = std::move(far);
        far.assign(2 * old.size(), Far{});
        for (const Far& slot : old)
            if (slot.generation == generation) far[far_slot(slot.key)] = slot;
    }

    std::vector<Near>                   near;
    std::vector<Far>                    far;
    std::vector<std::unique_ptr<Chunk>> chunks;
    Index                               used       = 0;
    std::size_t                         taken      = 0;  // Of `far`.
    std::size_t                         near_end   = 0;  // Beyond the last of `near` that is taken.
    std::uint32_t                       generation = 1;
};

}  // namespace interlock::model
