#pragma once

// Who accessed which byte of a driver's memory, as far as it can still matter: an access is
// forgotten when a later one, that knows of it, races with everything that it would race with.
// Eight bytes share a cell; each access says which of them it touched.
// Source: after Flanagan, Freund, "FastTrack: Efficient and Precise Dynamic Race Detection",
// PLDI 2009, which keeps the last write and all reads that are not ordered.

#include <array>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "harness/kernel/kernel.hpp"

namespace interlock::harness {

enum class Marked : std::uint8_t { plain, volatile_, interlocked };

struct AccessKind {
    Marked marked = Marked::plain;
    bool   writes = false;
    bool   reads  = true;
    bool   frees  = false;  // Gives the memory back, which is as good as writing to all of it.
    bool   wide   = false;  // More than a word of the machine, or across words.
};

struct Access {
    AccessKind    kind;
    std::uint8_t  mask    = 0;  // Which bytes of the cell.
    TaskId        task    = 0;
    std::uint32_t time    = 0;  // On the clock of that task.
    std::uint32_t locks   = 0;  // See Races.
    std::uint32_t stack   = 0;  // See CallStacks.
    std::uint32_t next    = 0;  // The next older one of the cell; 0: none.
    std::uint32_t bytes   = 0;  // That the whole access has.
    std::uintptr_t code   = 0;  // Behind the call that told of it.
};

class Shadow {
public:
    static constexpr std::size_t cell_bytes = 8;

    /// Forgets all memory.
    void begin();

    /// From here on these bytes are watched, or not; nobody has accessed them yet.
    void watch(const void* memory, std::size_t bytes);
    void unwatch(const void* memory, std::size_t bytes);

    /// The newest access of a cell, by its first address; nullptr if it is not watched.
    std::uint32_t* cell(std::uintptr_t address);

    Access& operator[](std::uint32_t access) {
        return accesses[access];
    }

    std::uint32_t add(const Access& access);
    void          drop(std::uint32_t access) {
        unused.push_back(access);
    }

private:
    static constexpr std::size_t page_bytes = 4096;
    static constexpr std::size_t page_cells = page_bytes / cell_bytes;

    struct Page {
        std::array<std::uint32_t, page_cells> newest  = {};
        std::array<std::uint8_t, page_cells>  watched = {};
    };

    Page& page_of(std::uintptr_t address);
    void  set(std::uintptr_t begin, std::size_t bytes, std::uint8_t watched);
    void  drop_all(std::uint32_t newest);

    std::unordered_map<std::uintptr_t, Page*> pages;
    std::vector<std::unique_ptr<Page>>        made;
    std::size_t                               pages_used = 0;
    std::uintptr_t                            last_key   = 0;
    Page*                                     last       = nullptr;
    std::vector<Access>                       accesses{1};
    std::vector<std::uint32_t>                unused;
};

}  // namespace interlock::harness
