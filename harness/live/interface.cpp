#include "harness/live/interface.hpp"

#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>

namespace interlock::harness {
namespace {

/// An ioctl on an interface, through a socket that lives as long as it.
class InterfaceCall {
public:
    explicit InterfaceCall(const std::string& name)
        : socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        std::strncpy(request.ifr_name, name.c_str(), IFNAMSIZ - 1);
    }
    ~InterfaceCall() {
        if (socket >= 0) close(socket);
    }
    InterfaceCall(const InterfaceCall&)            = delete;
    InterfaceCall& operator=(const InterfaceCall&) = delete;

    bool ask(unsigned long what) {
        return socket >= 0 && ioctl(socket, what, &request) == 0;
    }

    ifreq request{};

private:
    int socket;
};

}  // namespace

unsigned index_of_interface(const std::string& name) {
    return if_nametoindex(name.c_str());
}

bool interface_runs(const std::string& name) {
    constexpr int wanted = IFF_UP | IFF_RUNNING;
    InterfaceCall asked(name);
    return asked.ask(SIOCGIFFLAGS) && (asked.request.ifr_flags & wanted) == wanted;
}

bool bring_interface_up(const std::string& name) {
    InterfaceCall asked(name);
    if (!asked.ask(SIOCGIFFLAGS)) return false;
    if (asked.request.ifr_flags & IFF_UP) return true;
    asked.request.ifr_flags = static_cast<short>(asked.request.ifr_flags | IFF_UP);
    return asked.ask(SIOCSIFFLAGS);
}

std::string driver_of_interface(const std::string& name) {
    ethtool_drvinfo info{};
    info.cmd = ETHTOOL_GDRVINFO;
    InterfaceCall asked(name);
    asked.request.ifr_data = reinterpret_cast<char*>(&info);
    return asked.ask(SIOCETHTOOL) ? info.driver : "";
}

}  // namespace interlock::harness
