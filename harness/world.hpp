#pragma once

// Everything a run has. Functions of the driver interface, which get no pointer to it, find the
// world they run in through `world()`; nothing else in the harness is global.

#include "harness/kernel/kernel.hpp"
#include "harness/kernel/memory.hpp"
#include "harness/trace/recorder.hpp"

namespace interlock::harness {

class Ndis;

struct World {
    Kernel   kernel;
    Recorder recorder{kernel};
    Memory   memory;
    Ndis*    ndis = nullptr;  // The filter runtime and the switch behind it.
};

/// The world of this thread. An internal error when there is none.
World& world();

/// Makes `world` the world of this thread, for as long as it lives.
class Entered {
public:
    explicit Entered(World& world);
    ~Entered();
    Entered(const Entered&)            = delete;
    Entered& operator=(const Entered&) = delete;

private:
    World* before;
};

/// An extension did something no kernel forgives: writes it to the trace, charged to the module
/// whose code runs.
void report_misuse(model::Misuse misuse, model::Status status = 0, std::uint32_t limit = 0);

/// The extension's own code runs no higher than `irql_max` at this call; otherwise that is reported.
void check_irql(std::uint8_t irql_max, std::string_view call);

}  // namespace interlock::harness
