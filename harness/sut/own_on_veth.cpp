// Our own switch, live, with ends of veth pairs as its ports. It has them open as long as it lives:
// the pairs stay, and what comes and goes is their link.

#include "harness/live/interface.hpp"
#include "harness/sut/command.hpp"
#include "harness/sut/live_thread.hpp"
#include "harness/sut/veth_switch.hpp"

namespace interlock::harness {
namespace {

class OwnOnVeth final : public VethSwitch {
public:
    explicit OwnOnVeth(TraceSink* judge) : live(judge) {}

    std::string_view name() const override {
        return "our own switch, on veth";
    }

    std::optional<InputError> start(std::span<const std::string> extensions) {
        std::array<std::unique_ptr<Wire>, sut_ports> wires;
        for (SutPort port = 0; port < sut_ports; ++port) {
            if (auto trouble = prepare(port))
                return InputError{"our own switch", 0, *trouble, "a kernel that has veth pairs"};
            PortSpec spec;
            spec.kind   = WireKind::veth;
            spec.target = switch_end(port);
            auto opened = open_packet_socket(spec);
            if (auto* const error = std::get_if<InputError>(&opened)) return std::move(*error);
            wires[port] = std::move(std::get<std::unique_ptr<Wire>>(opened));
        }
        return live.start(extensions, std::move(wires));
    }

private:
    /// A pair without a link.
    SutTrouble prepare(SutPort port) {
        if (auto trouble = make_pair(port)) return trouble;
        return set(own_end(port), "down");
    }

    static SutTrouble set(const std::string& interface, const std::string& state) {
        return run_command({"ip", "link", "set", interface, state});
    }

    SutTrouble renew(SutPort port) override {
        return set(own_end(port), "up");
    }

    SutTrouble attach(SutPort port) override {
        return live.wait_for_connect(port);
    }

    SutTrouble detach(SutPort port) override {
        if (auto trouble = set(own_end(port), "down")) return trouble;
        return live.wait_for_delete(port);
    }

    LiveThread live;
};

}  // namespace

OpenedSwitch open_own_switch_on_veth(std::span<const std::string> extensions, TraceSink* judge) {
    if (!has_command("ip"))
        return InputError{"our own switch", 0, "there is no command ip", "Debian's iproute2"};
    if (auto error = enter_own_network()) return *error;
    auto made = std::make_unique<OwnOnVeth>(judge);
    if (auto error = made->start(extensions)) return *error;
    return made;
}

}  // namespace interlock::harness
