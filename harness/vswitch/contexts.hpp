#pragma once

// The contexts that extensions set on packets, each under a type of its own.
// Page: nc-ndis-ndis_switch_set_net_buffer_list_switch_context.

#include <cstdint>
#include <vector>

#include "model/event.hpp"

namespace interlock::harness {

/// Kept for the lifetime of a packet; found by who set it and under which type. The address of a
/// type counts, not what it says.
class SwitchContexts {
public:
    /// A new run.
    void begin();

    /// The number by which events know a type: from 1, in the order in which types come up.
    std::uint32_t number_of(const void* type);

    /// @param memory  nullptr takes away what was set.
    /// @return false, and nothing is changed, if there is a context of that type already.
    bool set(model::ObjectId packet, model::ModuleId module, const void* type, void* memory);

    /// @return what was set, or nullptr.
    void* get(model::ObjectId packet, model::ModuleId module, const void* type) const;

    /// The packet is no more, or another from now on.
    void forget(model::ObjectId packet);

private:
    struct Context {
        model::ObjectId packet = 0;
        model::ModuleId module = 0;
        const void*     type   = nullptr;
        void*           memory = nullptr;
    };

    std::vector<Context>     contexts;
    std::vector<const void*> types;
};

}  // namespace interlock::harness
