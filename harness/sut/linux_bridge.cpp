// Linux's bridge, by the command `ip`: bridge(8), ip-link(8).

#include "harness/sut/command.hpp"
#include "harness/sut/veth_switch.hpp"

namespace interlock::harness {
namespace {

class LinuxBridge final : public VethSwitch {
public:
    static SutTrouble make() {
        if (auto trouble = run_command({"ip", "link", "add", "bridge", "type", "bridge",
                                        "stp_state", "0", "mcast_snooping", "0"}))
            return trouble;
        silence("bridge");
        return run_command({"ip", "link", "set", "bridge", "up"});
    }

    std::string_view name() const override {
        return "the Linux bridge";
    }

private:
    SutTrouble attach(SutPort port) override {
        return run_command({"ip", "link", "set", switch_end(port), "master", "bridge"});
    }

    SutTrouble detach(SutPort port) override {
        return run_command({"ip", "link", "set", switch_end(port), "nomaster"});
    }
};

}  // namespace

OpenedSwitch open_linux_bridge() {
    if (!has_command("ip"))
        return InputError{"the Linux bridge", 0, "there is no command ip", "Debian's iproute2"};
    if (auto error = enter_own_network()) return *error;
    if (const auto trouble = LinuxBridge::make())
        return InputError{"the Linux bridge", 0, *trouble, "a kernel that has bridges"};
    return std::make_unique<LinuxBridge>();
}

}  // namespace interlock::harness
