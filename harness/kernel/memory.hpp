#pragma once

// The pools. Each allocation is one of the C library, of exactly the size asked for, so that the
// address sanitizer sees its bounds; beside it stands who owns it.

#include <cstddef>
#include <cstdint>
#include <memory>

#include "model/event.hpp"

namespace interlock::harness {

/// Which family of calls made an allocation; the same must free it.
enum class PoolKind : std::uint8_t { ex, ndis, object };

class Memory {
public:
    Memory();
    ~Memory();

    /// Forgets and frees all of the last run.
    void begin();

    /// Source: nf-wdm-exallocatepool2, nf-ndis-ndisallocatememorywithtagpriority.
    /// @return nullptr only where a fault is injected (none yet); 16-byte aligned; not cleared.
    void* allocate(std::size_t bytes, std::uint32_t tag, PoolKind kind, model::ModuleId owner);

    /// @return what was wrong with it, or Misuse::none. Frees only what is allocated.
    model::Misuse free(void* memory, std::uint32_t tag, bool has_tag, PoolKind kind);

    /// Pieces that `owner` has not freed.
    std::size_t live(model::ModuleId owner) const;

private:
    struct State;
    std::unique_ptr<State> state;
};

}  // namespace interlock::harness
