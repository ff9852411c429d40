#include "harness/live/threaded_wire.hpp"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <thread>
#include <vector>

#include "harness/live/frame_ring.hpp"

namespace interlock::harness {
namespace {

std::vector<std::uint8_t> frame_of(std::uint32_t number, std::size_t bytes) {
    std::vector<std::uint8_t> frame(bytes, static_cast<std::uint8_t>(number));
    for (std::size_t place = 0; place < 4; ++place)
        frame[place] = static_cast<std::uint8_t>(number >> 8 * place);
    return frame;
}

bool is_frame(Frame frame, std::uint32_t number, std::size_t bytes) {
    const auto expected = frame_of(number, bytes);
    return std::vector<std::uint8_t>(frame.begin(), frame.end()) == expected;
}

std::size_t bytes_of(std::uint32_t number) {
    return 14 + number * 37 % 500;
}

TEST(FrameRing, GivesFramesInTheirOrderRoundAndRound) {
    FrameRing ring(2048);
    for (std::uint32_t number = 0; number < 1000; ++number) {
        ASSERT_TRUE(ring.push(frame_of(number, bytes_of(number))));
        ASSERT_TRUE(is_frame(ring.take(), number, bytes_of(number)));
        EXPECT_FALSE(ring.is_empty());
        ring.release();
        EXPECT_TRUE(ring.is_empty());
    }
    EXPECT_EQ(ring.take().data(), nullptr);
}

TEST(FrameRing, KeepsWhatWasTakenUntilItIsReleased) {
    FrameRing   ring(1024);
    std::size_t pushed = 0;
    while (ring.push(frame_of(1, 100)))
        ++pushed;
    EXPECT_EQ(pushed, 1024U / (104 + 8));
    const Frame first = ring.take();
    EXPECT_FALSE(ring.push(frame_of(2, 100)));
    EXPECT_TRUE(is_frame(first, 1, 100));
    ring.release();
    EXPECT_TRUE(ring.push(frame_of(2, 100)));
    EXPECT_FALSE(ring.push(frame_of(3, 600)));  // More than a half never fits.
}

TEST(FrameRing, LosesNothingBetweenTwoThreads) {
    constexpr std::uint32_t many = 20'000;
    FrameRing               ring(4096);
    std::thread             pushes([&] {
        for (std::uint32_t number = 0; number < many;)
            ring.push(frame_of(number, bytes_of(number))) ? void(++number)
                                                                      : std::this_thread::yield();
    });
    std::uint32_t           wrong = 0;
    for (std::uint32_t next = 0; next < many;) {
        const Frame frame = ring.take();
        if (frame.data() == nullptr) {
            std::this_thread::yield();
            continue;
        }
        wrong += is_frame(frame, next, bytes_of(next)) ? 0 : 1;
        ++next;
        ring.release();
    }
    pushes.join();
    EXPECT_EQ(wrong, 0U);
}

/// One end of a pair of sockets that keep frames apart.
class SocketWire final : public Wire {
public:
    explicit SocketWire(int end) : socket(end) {}
    ~SocketWire() override {
        ::close(socket);
    }

    int descriptor() const override {
        return socket;
    }
    std::span<const Frame> receive(Time100ns) override {
        const ssize_t got = recv(socket, room.data(), room.size(), MSG_DONTWAIT);
        if (got <= 0) return {};
        ++counted.received;
        one = {room.data(), static_cast<std::size_t>(got)};
        return {&one, 1};
    }
    void send(Frame frame) override {
        if (::send(socket, frame.data(), frame.size(), MSG_NOSIGNAL) > 0) ++counted.sent;
    }
    void              flush() override {}
    const WireCounts& counts() override {
        return counted;
    }

private:
    int                           socket;
    std::array<std::uint8_t, 600> room{};
    Frame                         one;
    WireCounts                    counted;
};

/// A wire on its own thread, and the other end of it.
struct Pair {
    int                   ends[2] = {-1, -1};
    std::unique_ptr<Wire> wire;

    Pair() {
        EXPECT_EQ(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
        wire = on_its_own_thread(std::make_unique<SocketWire>(ends[1]));
    }
    ~Pair() {
        ::close(ends[0]);
    }
};

TEST(ThreadedWire, IsReadableWheneverThereAreFrames) {
    constexpr std::uint32_t many = 3000;
    Pair                    pair;
    std::thread             peer([&] {
        for (std::uint32_t number = 0; number < many; ++number) {
            const auto frame = frame_of(number, bytes_of(number));
            ASSERT_GT(send(pair.ends[0], frame.data(), frame.size(), 0), 0);
            if (number % 100 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    });
    std::uint32_t           next = 0;
    while (next < many) {
        pollfd one{.fd = pair.wire->descriptor(), .events = POLLIN, .revents = 0};
        ASSERT_EQ(poll(&one, 1, 10'000), 1) << "it sleeps on frame " << next;
        for (const Frame frame : pair.wire->receive(0)) {
            ASSERT_TRUE(is_frame(frame, next, bytes_of(next)));
            ++next;
        }
    }
    peer.join();
    EXPECT_EQ(pair.wire->counts().received, many);
}

TEST(ThreadedWire, HasSentEverythingWhenItIsClosed) {
    constexpr std::uint32_t many = 200;
    Pair                    pair;
    for (std::uint32_t number = 0; number < many; ++number) {
        pair.wire->send(frame_of(number, 64));
        if (number % 7 == 0) pair.wire->flush();
    }
    pair.wire->close();
    EXPECT_EQ(pair.wire->counts().sent, many);
    std::array<std::uint8_t, 100> room{};
    for (std::uint32_t number = 0; number < many; ++number) {
        const ssize_t got = recv(pair.ends[0], room.data(), room.size(), MSG_DONTWAIT);
        ASSERT_EQ(got, 64);
        ASSERT_TRUE(is_frame({room.data(), 64}, number, 64));
    }
}

}  // namespace
}  // namespace interlock::harness
