#pragma once

// Frames from a capture into the switch, and what it delivers into captures.

#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "fuzz/contained_stage.hpp"
#include "harness/scenario/error.hpp"
#include "harness/stage.hpp"

namespace CLI {
class App;
}

namespace interlock::cli {

struct Frames {
    std::vector<std::string> owners;     // "<MAC>=<port>/<nic>"
    std::string              capture;    // The pcap file whose frames enter the switch.
    std::string              delivered;  // The folder for what is delivered.

    /// Gives a subcommand --frames, --capture and --delivered.
    void add_to(CLI::App& command);

    /// The capture's frames, each at the NIC that owns its source address. A frame of nobody is
    /// left out.
    std::variant<std::vector<harness::InjectedFrame>, harness::InputError> injected() const;

    /// Writes a capture <port>-<nic>.pcap for each NIC that got something.
    std::optional<harness::InputError> write(std::span<const fuzz::Delivery> deliveries) const;
};

}  // namespace interlock::cli
