#include "harness/sut/veth_switch.hpp"

#include <sched.h>

#include <chrono>
#include <fstream>
#include <thread>
#include <utility>

#include "harness/live/interface.hpp"
#include "harness/sut/command.hpp"

namespace interlock::harness {
namespace {

using namespace std::chrono_literals;

// So long nothing has come, and nothing more is expected; so long it is waited for that.
constexpr auto quiet_for = 20ms, quiet_by = 2000ms;

/// The kernel notices later, and once in a second only, that a pair has a carrier; what is sent
/// before is dropped without a word.
bool come_to_run(const std::string& one, const std::string& other) {
    return comes_true([&] { return interface_runs(one) && interface_runs(other); }, 10s);
}

}  // namespace

void silence(const std::string& interface) {
    std::ofstream("/proc/sys/net/ipv6/conf/" + interface + "/disable_ipv6") << '1';
}

std::optional<InputError> enter_own_network() {
    if (unshare(CLONE_NEWNET) == 0) return {};
    return InputError{"network namespace", 0, "none can be made",
                      "to be root, or to have CAP_SYS_ADMIN"};
}

std::string VethSwitch::switch_end(SutPort port) {
    return "s" + std::to_string(port);
}

std::string VethSwitch::own_end(SutPort port) {
    return "g" + std::to_string(port);
}

SutTrouble VethSwitch::renew(SutPort port) {
    return make_pair(port);
}

SutTrouble VethSwitch::make_pair(SutPort port) {
    const std::string ours = own_end(port), its = switch_end(port);
    if (index_of_interface(ours) != 0) run_command({"ip", "link", "del", ours});
    if (auto trouble = run_command({"ip", "link", "add", ours, "type", "veth", "peer", its}))
        return trouble;
    silence(ours);
    silence(its);
    if (!bring_interface_up(ours) || !bring_interface_up(its) || !come_to_run(ours, its))
        return "its interfaces do not come up";
    return {};
}

SutTrouble VethSwitch::plug(SutPort port) {
    plugs[port] = {};
    if (auto trouble = renew(port)) return trouble;
    PortSpec spec;
    spec.kind   = WireKind::packet;
    spec.target = own_end(port);
    auto opened = open_packet_socket(spec);
    if (const auto* error = std::get_if<InputError>(&opened)) return to_string(*error);
    plugs[port].wire = std::move(std::get<std::unique_ptr<Wire>>(opened));
    return attach(port);
}

SutTrouble VethSwitch::unplug(SutPort port) {
    return detach(port);
}

bool VethSwitch::send(SutPort port, std::span<const std::uint8_t> frame) {
    return send_many(port, frame, 1) == 1;
}

std::size_t VethSwitch::send_many(SutPort port, std::span<const std::uint8_t> frame,
                                  std::size_t count) {
    Wire&               wire   = *plugs[port].wire;
    const std::uint64_t before = wire.counts().sent;
    for (std::size_t one = 0; one < count; ++one)
        wire.send(frame);
    wire.flush();
    return wire.counts().sent - before;
}

void VethSwitch::listen(Plug& plug) {
    if (!plug.wire) return;
    for (auto frames = plug.wire->receive(0); !frames.empty(); frames = plug.wire->receive(0))
        for (const Frame frame : frames)
            plug.arrived.emplace_back(frame.begin(), frame.end());
}

std::vector<SutFrame> VethSwitch::take(SutPort port) {
    listen(plugs[port]);
    return std::exchange(plugs[port].arrived, {});
}

bool VethSwitch::anything_came() {
    std::size_t before = 0, after = 0;
    for (Plug& plug : plugs) {
        before += plug.arrived.size();
        listen(plug);
        after += plug.arrived.size();
    }
    return after > before;
}

void VethSwitch::settle() {
    const auto by = std::chrono::steady_clock::now() + quiet_by;
    do
        std::this_thread::sleep_for(quiet_for);
    while (anything_came() && std::chrono::steady_clock::now() < by);
}

}  // namespace interlock::harness
