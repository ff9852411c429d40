#include "cli/frames.hpp"

#include <array>
#include <charconv>
#include <filesystem>
#include <map>

#include <CLI/CLI.hpp>

#include "harness/pcap.hpp"

namespace interlock::cli {
namespace {

using harness::InputError;

using Mac = std::array<std::uint8_t, 6>;

struct Owner {
    Mac           mac  = {};
    model::PortId port = 0;
    std::uint8_t  nic  = 0;
};

/// Takes a number and what has to follow it off the front.
template <class T>
bool take(std::string_view& text, T& value, int base, std::string_view follows) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc{}) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (!text.starts_with(follows)) return false;
    text.remove_prefix(follows.size());
    return true;
}

std::optional<Owner> parse_owner(std::string_view text) {
    Owner owner;
    for (std::size_t byte = 0; byte < owner.mac.size(); ++byte) {
        const bool last = byte + 1 == owner.mac.size();
        if (!take(text, owner.mac[byte], 16, last ? "=" : ":")) return {};
    }
    if (!take(text, owner.port, 10, "/") || !take(text, owner.nic, 10, "")) return {};
    if (!text.empty()) return {};
    return owner;
}

const Owner* owner_of(const std::vector<Owner>& owners, const harness::CapturedFrame& frame) {
    for (const Owner& owner : owners) {
        // The source address stands after the destination's six bytes.
        if (std::equal(owner.mac.begin(), owner.mac.end(), frame.bytes.begin() + 6)) return &owner;
    }
    return nullptr;
}

}  // namespace

void Frames::add_to(CLI::App& command) {
    constexpr auto group = "Frames from and into captures";
    command.add_option("--frames", owners, "Which NIC a source address enters at; repeat")
        ->type_name("MAC=PORT/NIC")
        ->allow_extra_args(false)
        ->group(group);
    command.add_option("--capture", capture, "Send these frames after the scenario's last step")
        ->type_name("PCAP")
        ->group(group);
    command.add_option("--delivered", delivered, "Write what each NIC gets, one capture for each")
        ->type_name("DIR")
        ->group(group);
}

std::variant<std::vector<harness::InjectedFrame>, InputError> Frames::injected() const {
    std::vector<Owner> known;
    for (const std::string& text : owners) {
        const auto owner = parse_owner(text);
        if (!owner) {
            return InputError{"--frames " + text, 0, "this is no address and NIC",
                              "expected e.g. 00:15:5d:00:00:01=2/0"};
        }
        known.push_back(*owner);
    }
    std::vector<harness::InjectedFrame> frames;
    if (capture.empty()) return frames;
    auto read = harness::read_pcap(capture);
    if (const auto* error = std::get_if<InputError>(&read)) return *error;
    for (const auto& frame : std::get<std::vector<harness::CapturedFrame>>(read)) {
        if (frame.bytes.size() < 14) continue;
        const Owner* owner = owner_of(known, frame);
        if (owner != nullptr) frames.push_back({owner->port, owner->nic, frame.bytes});
    }
    if (frames.empty()) {
        return InputError{capture, 0, "no frame in it comes from an address that --frames names",
                          "expected --frames MAC=PORT/NIC for the senders in the capture"};
    }
    return frames;
}

std::optional<InputError> Frames::write(std::span<const fuzz::Delivery> deliveries) const {
    if (delivered.empty()) return {};
    std::map<std::string, std::vector<harness::CapturedFrame>> captures;
    for (const fuzz::Delivery& delivery : deliveries) {
        const auto name = std::to_string(delivery.port) + "-" + std::to_string(delivery.nic);
        captures[name].push_back(
            {.time_ns       = delivery.time_100ns * 100,
             .bytes         = delivery.bytes,
             .bytes_on_wire = static_cast<std::uint32_t>(delivery.bytes.size())});
    }
    std::error_code ignored;  // If it cannot be made, nothing can be written into it.
    std::filesystem::create_directories(delivered, ignored);
    for (const auto& [name, frames] : captures) {
        if (auto error = harness::write_pcap(delivered + "/" + name + ".pcap", frames)) {
            return error;
        }
    }
    return {};
}

}  // namespace interlock::cli
