#pragma once

// Parameters of a call into an extension. They are there until it comes back, and nobody's then:
// who keeps the address reads a pattern, and is seen to write.

#include <new>

#include "harness/world.hpp"

namespace interlock::harness {

/// The memory of it, charged to who is called. Behind a call that never comes back it stays.
class LentMemory {
public:
    LentMemory(World& world, model::ModuleId to, std::size_t bytes);
    LentMemory(const LentMemory&)            = delete;
    LentMemory& operator=(const LentMemory&) = delete;

    /// The call is back. @pre the module that was called is still the one whose code runs
    void take_back();

    /// The same, of what was only for reading: reports it if it was written to.
    void take_back_unchanged();

protected:
    /// From now on it is the extension's to read.
    void seal();

    void* const memory;

private:
    World&        world;
    std::size_t   bytes;
    std::uint64_t sum = 0;
};

/// @tparam Parameters  whole and in its place once it is constructed; it may point into itself.
template <typename Parameters>
class Lent : public LentMemory {
public:
    Lent(World& world, model::ModuleId to) : LentMemory(world, to, sizeof(Parameters)) {
        parameters = new (memory) Parameters();
        seal();
    }

    Parameters* operator->() {
        return parameters;
    }

private:
    Parameters* parameters;
};

}  // namespace interlock::harness
