#include "props/real_frames/wire.hpp"

#include <arpa/inet.h>
#include <linux/ethtool.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <optional>
#include <system_error>

namespace interlock::props::real_frames {
namespace {

using harness::CapturedFrame;

constexpr int          ear_bytes = 4 << 20;
constexpr std::int64_t ns_per_s  = 1'000'000'000;

void ip(const std::string& arguments) {
    const int status = std::system(("ip " + arguments).c_str());
    if (status != 0) throw NotHere("`ip " + arguments + "` failed");
}

/// The card would put frames together that no wire carries, and leave checksums to be done by it.
void do_without(int socket, int offload) {
    ethtool_value off{.cmd = static_cast<std::uint32_t>(offload), .data = 0};
    ifreq         request{};
    std::strcpy(request.ifr_name, wire_name);
    request.ifr_data = reinterpret_cast<char*>(&off);
    must(ioctl(socket, SIOCETHTOOL, &request), "switching an offload off");
}

/// A frame with the time at which the kernel had it; nothing if there is none.
std::optional<CapturedFrame> next_frame(int socket) {
    std::array<std::uint8_t, 65536>                 bytes;
    alignas(cmsghdr) std::array<std::uint8_t, 1024> about;
    iovec                                           into{bytes.data(), bytes.size()};
    msghdr                                          message{};
    message.msg_iov        = &into;
    message.msg_iovlen     = 1;
    message.msg_control    = about.data();
    message.msg_controllen = about.size();
    const ssize_t size     = recvmsg(socket, &message, MSG_DONTWAIT | MSG_TRUNC);
    if (size < 0 && errno == EAGAIN) return {};
    must(static_cast<int>(size), "hearing a frame");

    CapturedFrame frame;
    frame.bytes.assign(bytes.begin(), bytes.begin() + size);
    frame.bytes_on_wire        = static_cast<std::uint32_t>(size);
    const cmsghdr* const stamp = CMSG_FIRSTHDR(&message);
    if (stamp && stamp->cmsg_level == SOL_SOCKET && stamp->cmsg_type == SCM_TIMESTAMPNS) {
        timespec time{};
        std::memcpy(&time, CMSG_DATA(stamp), sizeof time);
        frame.time_ns = static_cast<std::uint64_t>(time.tv_sec * ns_per_s + time.tv_nsec);
    }
    return frame;
}

}  // namespace

int must(int result, const std::string& what) {
    if (result < 0) throw std::system_error(errno, std::generic_category(), what);
    return result;
}

void leave_the_network() {
    if (unshare(CLONE_NEWNET) == 0) return;
    throw NotHere(std::string{"no network namespace can be made: "} + std::strerror(errno));
}

void lay_wire_to(int other_process) {
    const std::string name = wire_name;
    ip("link add name " + name + " address 02:00:00:00:00:01 type veth peer name " + name +
       " address 02:00:00:00:00:02 netns " + std::to_string(other_process));
}

void switch_on(const char* address) {
    const std::string name = wire_name;
    ip("address add " + std::string{address} + "/24 dev " + name);
    const int socket = must(::socket(AF_INET, SOCK_DGRAM, 0), "a socket");
    for (const int offload : {ETHTOOL_STSO, ETHTOOL_SGSO, ETHTOOL_SGRO, ETHTOOL_STXCSUM})
        do_without(socket, offload);
    close(socket);
    ip("link set " + name + " up");
}

Ear::Ear() : socket(must(::socket(AF_PACKET, SOCK_RAW, 0), "a packet socket")) {
    const int on = 1;
    must(setsockopt(socket, SOL_SOCKET, SO_RCVBUFFORCE, &ear_bytes, sizeof ear_bytes), "room");
    must(setsockopt(socket, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on), "time stamps");
    sockaddr_ll everything{};
    everything.sll_family   = AF_PACKET;
    everything.sll_protocol = htons(ETH_P_ALL);
    everything.sll_ifindex  = must(static_cast<int>(if_nametoindex(wire_name)), "the wire");
    must(bind(socket, reinterpret_cast<sockaddr*>(&everything), sizeof everything), "listening");
    // The wire is not switched on yet, and the socket says so once.
    int       down = 0;
    socklen_t size = sizeof down;
    must(getsockopt(socket, SOL_SOCKET, SO_ERROR, &down, &size), "forgiving");
}

Ear::~Ear() {
    close(socket);
}

std::vector<CapturedFrame> Ear::heard() const {
    std::vector<CapturedFrame> frames;
    while (auto frame = next_frame(socket))
        frames.push_back(std::move(*frame));
    return frames;
}

}  // namespace interlock::props::real_frames
