#pragma once

// The pools. Each allocation is one of the C library, of exactly the size asked for, so that the
// address sanitizer sees its bounds; beside it stands who owns it.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "model/event.hpp"

namespace interlock::harness {

/// Which family of calls made an allocation; the same must free it.
enum class PoolKind : std::uint8_t { ex, ndis, object, oid_request };

/// What stands beside an allocation.
struct Piece {
    void*           memory = nullptr;
    std::size_t     bytes  = 0;
    std::uint32_t   tag    = 0;
    PoolKind        kind   = PoolKind::ex;
    model::ModuleId owner  = model::host_module;

    /// The handle it was made with, by NDIS, of the driver or of one of its modules; if any.
    const void* made_for = nullptr;
};

class Memory {
public:
    Memory();
    ~Memory();

    /// Forgets and frees all of the last run.
    void begin();

    /// Source: nf-wdm-exallocatepool2, nf-ndis-ndisallocatememorywithtagpriority.
    /// @return nullptr only where a fault is injected (none yet) or for more than 256 MiB; 16-byte
    ///         aligned; not cleared, but the same bytes in every run.
    void* allocate(std::size_t bytes, std::uint32_t tag, PoolKind kind, model::ModuleId owner,
                   const void* made_for = nullptr);

    /// @return what was wrong with it, or Misuse::none. Frees only what is allocated. What was
    ///         written outside of it is seen now at the latest.
    model::Misuse free(void* memory, std::uint32_t tag, bool has_tag, PoolKind kind);

    /// Looks at everything that `owner` has, and at what it has given back lately.
    /// @return what was written where nothing may be, if anything was; it is mended then. Where
    ///         there is an address sanitizer, that has seen it before.
    model::Misuse inspect(model::ModuleId owner);

    /// Whether something was written to what is freed; its owner, once.
    std::optional<model::ModuleId> take_written_after_free() {
        return std::exchange(state_written, std::nullopt);
    }

    /// That handle is of no more use: nothing was made for it.
    void forget_handle(const void* made_for);

    /// All pieces of that owner, in no order that means anything.
    std::vector<Piece> pieces_of(model::ModuleId owner) const;

    /// @return the allocation that begins at `memory`, if there is one; valid until the next call.
    const Piece* find(const void* memory) const;

    /// Pieces that `owner` has not freed.
    std::size_t live(model::ModuleId owner) const;

private:
    struct State;
    std::unique_ptr<State>         state;
    std::optional<model::ModuleId> state_written;  // To freed memory of whom something was written.
};

}  // namespace interlock::harness
