// A TAP device: what we write, its interface receives; what its interface sends, we read. Without
// a virtio header the kernel completes checksums and cuts up large segments before it hands over.

#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "harness/live/interface.hpp"
#include "harness/live/wire.hpp"

namespace interlock::harness {
namespace {

class Tap final : public Wire {
public:
    explicit Tap(int opened) : tap(opened), room(wire_batch * slot_bytes) {
        frames.reserve(wire_batch);
    }
    ~Tap() override {
        ::close(tap);
    }
    Tap(const Tap&)            = delete;
    Tap& operator=(const Tap&) = delete;

    int descriptor() const override {
        return tap;
    }

    std::span<const Frame> receive(Time100ns) override {
        frames.clear();
        for (std::size_t place = 0; place < wire_batch; ++place) {
            std::uint8_t* const slot = room.data() + place * slot_bytes;
            const ssize_t       got  = read(tap, slot, slot_bytes);
            if (got < 0) break;
            take({slot, static_cast<std::size_t>(got)});
        }
        return frames;
    }

    /// The system keeps no list of ours: each goes at once.
    void send(Frame frame) override {
        const ssize_t put = write(tap, frame.data(), frame.size());
        if (put < 0) return counted.lose(errno == EAGAIN ? Loss::no_room : Loss::refused);
        counted.send(frame.size());
    }
    void flush() override {}

    const WireCounts& counts() override {
        return counted;
    }

private:
    static constexpr std::size_t slot_bytes = live_frame_bytes_max + 1;  // To see what is longer.

    void take(Frame frame) {
        if (frame.size() < ethernet_header_bytes) return counted.lose(Loss::too_short);
        if (frame.size() > live_frame_bytes_max) return counted.lose(Loss::too_long);
        counted.receive(frame.size());
        frames.push_back(frame);
    }

    int                       tap;
    std::vector<std::uint8_t> room;
    std::vector<Frame>        frames;
    WireCounts                counted;
};

InputError wrong(const PortSpec& spec, const std::string& what) {
    return {"--port " + spec.text, 0, what + ": " + std::strerror(errno),
            "a TAP device that nobody else has open, and the right to open it (CAP_NET_ADMIN)"};
}

}  // namespace

std::variant<std::unique_ptr<Wire>, InputError> open_tap(const PortSpec& spec) {
    const int opened = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (opened < 0) return wrong(spec, "/dev/net/tun cannot be opened");
    auto  tap = std::make_unique<Tap>(opened);
    ifreq request{};
    std::strncpy(request.ifr_name, spec.target.c_str(), IFNAMSIZ - 1);
    request.ifr_flags = IFF_TAP | IFF_NO_PI;
    if (ioctl(opened, TUNSETIFF, &request) < 0) return wrong(spec, "there is no such TAP device");
    bring_interface_up(spec.target);  // Or later: whoever moves it elsewhere does it there.
    return tap;
}

}  // namespace interlock::harness
