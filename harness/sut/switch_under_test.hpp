#pragma once

// Any switch, as a test of it sees it: adapters are plugged into its ports and unplugged, frames go
// in and come out. docs/switches.md says what is promised of all of them.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "harness/scenario/error.hpp"

namespace interlock::harness {

/// A port, from 0 to `sut_ports - 1`.
using SutPort = std::uint8_t;

/// Whose Ethernet address an adapter has: 02:00:00:00:00:xx. It may move from port to port.
using SutAddress = std::uint8_t;

inline constexpr SutPort    sut_ports     = 4;
inline constexpr SutAddress sut_addresses = 5;

using SutFrame = std::vector<std::uint8_t>;

/// What a switch did not do that it was asked to, in words; nothing if it did.
using SutTrouble = std::optional<std::string>;

/// What is promised of switches: frame_ledger.hpp.
enum class SutPromise : std::uint8_t;

/// One thread may send to and take from some ports while another plugs others, where it is said so.
class SwitchUnderTest {
public:
    virtual ~SwitchUnderTest() = default;

    /// As reports call it: "the Linux bridge".
    virtual std::string_view name() const = 0;

    /// What it makes no promise of, it is not held to.
    virtual bool promises(SutPromise) const {
        return true;
    }

    /// Makes the port and connects an adapter. When it is back, the switch has said that it is
    /// done.
    /// @pre nothing is plugged in there
    virtual SutTrouble plug(SutPort port) = 0;

    /// Disconnects it and deletes the port; back when the switch has said that it is done. What was
    /// delivered by then `take` has to give, and nothing else.
    /// @pre something is plugged in there
    virtual SutTrouble unplug(SutPort port) = 0;

    /// @return whether the switch accepted it. @pre something is plugged in there
    virtual bool send(SutPort port, std::span<const std::uint8_t> frame) = 0;

    /// Sends that frame so often, as quickly as it can. @return how many were accepted.
    virtual std::size_t send_many(SutPort port, std::span<const std::uint8_t> frame,
                                  std::size_t count);

    /// What was delivered there since it was last asked, in order.
    virtual std::vector<SutFrame> take(SutPort port) = 0;

    /// Waits until all that it accepted must have arrived.
    virtual void settle() = 0;
};

using OpenedSwitch = std::variant<std::unique_ptr<SwitchUnderTest>, InputError>;

class TraceSink;

/// Our own, live, with these extensions: paths, top first. Its ports are in memory.
/// @param judge  gets every event, on another thread; may be none. Has to outlive the switch.
OpenedSwitch open_own_switch(std::span<const std::string> extensions, TraceSink* judge = nullptr);

/// The same in the simulator, under a schedule by chance: from the same seed, and asked the same,
/// it does the same.
OpenedSwitch open_simulated_switch(std::span<const std::string> extensions, std::uint64_t seed,
                                   TraceSink* judge = nullptr);

/// The live one, but its ports are ends of veth pairs, as those of the next two are.
OpenedSwitch open_own_switch_on_veth(std::span<const std::string> extensions,
                                     TraceSink*                   judge = nullptr);

/// Linux's bridge, and Open vSwitch with its datapath in user mode, each with all that belongs to
/// it in a network namespace into which this thread goes for it. Need CAP_SYS_ADMIN, iproute2 and,
/// for the second, Debian's openvswitch-switch.
OpenedSwitch open_linux_bridge();
OpenedSwitch open_openvswitch();

}  // namespace interlock::harness
