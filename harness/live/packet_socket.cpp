// An interface of this machine, through an AF_PACKET socket: packet(7). The system hands over what
// its sender left to the hardware: a VLAN tag beside the frame, which is put back, and a checksum
// that is not there yet, which is completed. Several segments in one frame are lost, and counted.

#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "harness/live/checksum.hpp"
#include "harness/live/interface.hpp"
#include "harness/live/wire.hpp"

namespace interlock::harness {
namespace {

constexpr std::size_t tag_bytes  = 4;
constexpr int         kept_bytes = 8 << 20;  // What the system may keep until we come.

/// What PACKET_VNET_HDR puts before each frame: struct virtio_net_hdr, of which the kernel's own
/// header is none that C++ takes. Source: Virtual I/O Device 1.2, 5.1.6.
struct OffloadHeader {
    static constexpr std::uint8_t needs_checksum = 1, one_segment = 0;

    std::uint8_t  flags, segmentation;
    std::uint16_t header_bytes, segment_bytes, checksum_start, checksum_offset;
};
static_assert(sizeof(OffloadHeader) == 10);

/// One frame on its way in or out, with the room for its tag in front of it.
struct Slot {
    OffloadHeader header{};
    std::uint8_t  bytes[tag_bytes + live_frame_bytes_max];
    iovec         parts[2];
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(tpacket_auxdata))];

    std::uint8_t* frame() {
        return bytes + tag_bytes;
    }
};

struct Slots {
    explicit Slots() : slots(std::make_unique<Slot[]>(wire_batch)) {
        for (std::size_t place = 0; place < wire_batch; ++place) {
            Slot& slot                         = slots[place];
            slot.parts[0]                      = {&slot.header, sizeof slot.header};
            messages[place].msg_hdr.msg_iov    = slot.parts;
            messages[place].msg_hdr.msg_iovlen = 2;
        }
    }

    std::unique_ptr<Slot[]>         slots;
    std::array<mmsghdr, wire_batch> messages{};
};

const tpacket_auxdata* auxdata_of(msghdr& message) {
    for (cmsghdr* one = CMSG_FIRSTHDR(&message); one; one = CMSG_NXTHDR(&message, one)) {
        if (one->cmsg_level == SOL_PACKET && one->cmsg_type == PACKET_AUXDATA)
            return reinterpret_cast<const tpacket_auxdata*>(CMSG_DATA(one));
    }
    return nullptr;
}

class PacketSocket final : public Wire {
public:
    PacketSocket(int opened, std::string interface) : socket(opened), name(std::move(interface)) {
        frames.reserve(wire_batch);
    }
    ~PacketSocket() override {
        ::close(socket);
    }
    PacketSocket(const PacketSocket&)            = delete;
    PacketSocket& operator=(const PacketSocket&) = delete;

    int descriptor() const override {
        return socket;
    }

    std::span<const Frame> receive(Time100ns) override {
        frames.clear();
        for (std::size_t place = 0; place < wire_batch; ++place) {
            Slot&   slot           = in.slots[place];
            msghdr& message        = in.messages[place].msg_hdr;
            slot.parts[1]          = {slot.frame(), live_frame_bytes_max};
            message.msg_control    = slot.control;
            message.msg_controllen = sizeof slot.control;
        }
        const int got = recvmmsg(socket, in.messages.data(), wire_batch, MSG_DONTWAIT, nullptr);
        for (int place = 0; place < got; ++place)
            take(in.slots[static_cast<std::size_t>(place)],
                 in.messages[static_cast<std::size_t>(place)]);
        return frames;
    }

    void send(Frame frame) override {
        if (frame.size() > live_frame_bytes_max) return counted.lose(Loss::too_long);
        if (waiting == wire_batch) flush();
        Slot& slot    = out.slots[waiting++];
        slot.parts[1] = {slot.frame(), frame.size()};
        std::ranges::copy(frame, slot.frame());
    }

    void flush() override {
        std::size_t next = 0;
        while (next < waiting) {
            const int put = sendmmsg(socket, out.messages.data() + next,
                                     static_cast<unsigned>(waiting - next), MSG_DONTWAIT);
            for (int one = 0; one < put; ++one)
                counted.send(out.slots[next++].parts[1].iov_len);
            if (put > 0) continue;
            const bool full = errno == EAGAIN || errno == ENOBUFS;
            counted.lose(full ? Loss::no_room : Loss::refused);
            ++next;  // The one that could not be sent.
        }
        waiting = 0;
    }

    bool has_link() override {
        return interface_runs(name);
    }

    const WireCounts& counts() override {
        tpacket_stats stats{};  // Since it was last asked.
        socklen_t     size = sizeof stats;
        if (getsockopt(socket, SOL_PACKET, PACKET_STATISTICS, &stats, &size) == 0)
            counted.lose(Loss::overrun, stats.tp_drops);
        return counted;
    }

private:
    void take(Slot& slot, mmsghdr& message) {
        if (slot.header.segmentation != OffloadHeader::one_segment)
            return counted.lose(Loss::offloaded);
        if (message.msg_hdr.msg_flags & MSG_TRUNC) return counted.lose(Loss::too_long);
        const std::size_t       bytes = message.msg_len - sizeof slot.header;
        std::span<std::uint8_t> frame{slot.frame(), bytes};
        if (bytes < ethernet_header_bytes) return counted.lose(Loss::too_short);
        if (slot.header.flags & OffloadHeader::needs_checksum)
            complete_checksum(frame, slot.header.checksum_start, slot.header.checksum_offset);
        const tpacket_auxdata* const beside = auxdata_of(message.msg_hdr);
        if (beside && (beside->tp_status & TP_STATUS_VLAN_VALID))
            frame = tagged(slot, bytes, *beside);
        counted.receive(frame.size());
        frames.push_back(frame);
    }

    /// The addresses move into the room in front; the tag comes behind them.
    static std::span<std::uint8_t> tagged(Slot& slot, std::size_t bytes,
                                          const tpacket_auxdata& beside) {
        constexpr std::size_t addresses = 12;
        const bool            told      = beside.tp_status & TP_STATUS_VLAN_TPID_VALID;
        const std::uint16_t   type      = told ? beside.tp_vlan_tpid : std::uint16_t{ETH_P_8021Q};
        std::memmove(slot.bytes, slot.frame(), addresses);
        std::uint8_t* const tag = slot.bytes + addresses;
        tag[0]                  = static_cast<std::uint8_t>(type >> 8);
        tag[1]                  = static_cast<std::uint8_t>(type);
        tag[2]                  = static_cast<std::uint8_t>(beside.tp_vlan_tci >> 8);
        tag[3]                  = static_cast<std::uint8_t>(beside.tp_vlan_tci);
        return {slot.bytes, bytes + tag_bytes};
    }

    int                socket;
    std::string        name;
    Slots              in, out;
    std::size_t        waiting = 0;  // In `out`.
    std::vector<Frame> frames;
    WireCounts         counted;
};

InputError wrong(const PortSpec& spec, std::string what, std::string expected) {
    return {"--port " + spec.text, 0, std::move(what), std::move(expected)};
}

template <typename Value>
bool set(int socket, int level, int option, const Value& value) {
    return setsockopt(socket, level, option, &value, sizeof value) == 0;
}

/// @return whether all of it is as it has to be.
bool set_up(int socket, int interface) {
    const packet_mreq all{
        .mr_ifindex = interface, .mr_type = PACKET_MR_PROMISC, .mr_alen = 0, .mr_address = {}};
    const sockaddr_ll at{.sll_family   = AF_PACKET,
                         .sll_protocol = __builtin_bswap16(ETH_P_ALL),
                         .sll_ifindex  = interface,
                         .sll_hatype   = 0,
                         .sll_pkttype  = 0,
                         .sll_halen    = 0,
                         .sll_addr     = {}};
    set(socket, SOL_SOCKET, SO_RCVBUFFORCE, kept_bytes);  // The usual room will do, too.
    set(socket, SOL_SOCKET, SO_SNDBUFFORCE, kept_bytes);
    return set(socket, SOL_PACKET, PACKET_VNET_HDR, 1) &&
           set(socket, SOL_PACKET, PACKET_AUXDATA, 1) &&
           set(socket, SOL_PACKET, PACKET_IGNORE_OUTGOING, 1) &&
           set(socket, SOL_PACKET, PACKET_ADD_MEMBERSHIP, all) &&
           bind(socket, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0;
}

}  // namespace

std::variant<std::unique_ptr<Wire>, InputError> open_packet_socket(const PortSpec& spec) {
    const unsigned index = index_of_interface(spec.target);
    if (index == 0) return wrong(spec, "there is no interface " + spec.target, "one that is there");
    if (spec.kind == WireKind::veth && driver_of_interface(spec.target) != "veth")
        return wrong(spec, spec.target + " is no end of a veth pair",
                     "one, or packet:" + spec.target + " if it is meant");
    const int opened = ::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
    if (opened < 0)
        return wrong(spec, std::string("no packet socket: ") + std::strerror(errno),
                     "the right to make one (CAP_NET_RAW)");
    auto made = std::make_unique<PacketSocket>(opened, spec.target);
    if (spec.kind == WireKind::veth) bring_interface_up(spec.target);
    if (!set_up(opened, static_cast<int>(index)))
        return wrong(spec, spec.target + " cannot be opened: " + std::strerror(errno),
                     "an Ethernet interface, and Linux 4.20 or later");
    return made;
}

}  // namespace interlock::harness
