#pragma once

// The Boost.MSM machines themselves, running. The judge reads the exported tables instead, which
// are ten times as fast; a property holds the two against each other.

#include <cstdint>
#include <memory>

#include "model/machine.hpp"

namespace interlock::model {

/// One running machine. It begins in its initial state.
class MsmRun {
public:
    virtual ~MsmRun() = default;

    /// The state it is in, as the last state entered recorded it.
    virtual std::uint8_t state() const = 0;

    /// Offers it an event.
    /// @param truth  bit b is set if Machine::guards[b] holds now.
    /// @return whether a row took it. If none did, the state is what it was.
    virtual bool process(std::uint8_t event, std::uint8_t truth) = 0;

    /// Back to the initial state.
    virtual void reset() = 0;
};

std::unique_ptr<MsmRun> run_port();
std::unique_ptr<MsmRun> run_nic();
std::unique_ptr<MsmRun> run_filter_module();
std::unique_ptr<MsmRun> run_oid_request();
std::unique_ptr<MsmRun> run_packet();
std::unique_ptr<MsmRun> run_save();
std::unique_ptr<MsmRun> run_restore();
std::unique_ptr<MsmRun> run_activation();
std::unique_ptr<MsmRun> run_property();

/// The machine that `machine` was exported from. `machine` is one of `machines()`.
std::unique_ptr<MsmRun> run(const Machine& machine);

}  // namespace interlock::model
