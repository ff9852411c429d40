#include "harness/live/threaded_wire.hpp"

#include <poll.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "harness/check.hpp"
#include "harness/live/frame_ring.hpp"
#include "harness/live/waker.hpp"

namespace interlock::harness {
namespace {

constexpr std::size_t ring_bytes = std::size_t{1} << 20;

class ThreadedWire final : public Wire {
public:
    explicit ThreadedWire(std::unique_ptr<Wire> wire) : inner(std::move(wire)) {
        frames.reserve(wire_batch);
        came.will_sleep();
        thread = std::thread([this] { work(); });
    }
    ~ThreadedWire() override {
        close();
    }
    ThreadedWire(const ThreadedWire&)            = delete;
    ThreadedWire& operator=(const ThreadedWire&) = delete;

    // --- The switch's thread ---------------------------------------------------------------------

    int descriptor() const override {
        return came.descriptor();
    }

    std::span<const Frame> receive(Time100ns) override {
        in.release();
        frames.clear();
        take_in();
        if (!frames.empty()) return frames;
        came.will_sleep();
        take_in();  // What came in between woke nobody.
        if (!frames.empty()) came.wake();
        return frames;
    }

    void send(Frame frame) override {
        if (!out.push(frame)) ++no_room;
    }
    void flush() override {
        if (!out.is_empty()) to_do.wake();
    }

    void close() override {
        if (!thread.joinable()) return;
        closing = true;
        to_do.wake();
        thread.join();
    }

    bool has_link() override {
        return inner->has_link();
    }

    const WireCounts& counts() override {
        const std::scoped_lock held(in_use);
        counted = inner->counts();
        counted.received -= overrun;
        counted.lose(Loss::overrun, overrun);
        counted.lose(Loss::no_room, no_room);
        return counted;
    }

private:
    void take_in() {
        while (frames.size() < wire_batch) {
            const Frame frame = in.take();
            if (frame.data() == nullptr) return;
            frames.push_back(frame);
        }
    }

    // --- Its own thread --------------------------------------------------------------------------

    void work() {
        while (true) {
            const bool ends = closing;  // What was sent before it closed goes out.
            const bool did  = move_all();
            if (ends) return;
            if (!did) sleep();
        }
    }

    /// @return whether there was something to do.
    bool move_all() {
        const std::scoped_lock held(in_use);
        const bool             sent = send_all();
        return receive_some() || sent;
    }

    bool send_all() {
        bool any = false;
        for (Frame frame = out.take(); frame.data() != nullptr; frame = out.take(), any = true)
            inner->send(frame);
        inner->flush();
        out.release();
        return any;
    }

    bool receive_some() {
        const auto all = inner->receive(0);
        for (const Frame frame : all)
            overrun += in.push(frame) ? 0 : 1;
        if (!all.empty()) came.wake();
        return !all.empty();
    }

    void sleep() {
        to_do.will_sleep();
        if (!out.is_empty() || closing) return;
        pollfd both[] = {{.fd = inner->descriptor(), .events = POLLIN, .revents = 0},
                         {.fd = to_do.descriptor(), .events = POLLIN, .revents = 0}};
        poll(both, std::size(both), -1);
        // One that is gone is always ready and never has anything.
        constexpr int a_while_ms = 10;
        if (both[0].revents & ~POLLIN) poll(&both[1], 1, a_while_ms);
    }

    std::unique_ptr<Wire> inner;
    FrameRing             in{ring_bytes}, out{ring_bytes};
    Waker                 came, to_do;
    std::vector<Frame>    frames;
    std::uint64_t         no_room = 0;  // Of the switch's thread.
    std::mutex            in_use;       // `inner` but for its link, and what is counted here:
    std::uint64_t         overrun = 0;
    WireCounts            counted;
    std::atomic<bool>     closing = false;
    std::thread           thread;
};

}  // namespace

std::unique_ptr<Wire> on_its_own_thread(std::unique_ptr<Wire> wire) {
    check(wire->descriptor() >= 0, "a thread has nothing to wait for at this wire");
    return std::make_unique<ThreadedWire>(std::move(wire));
}

}  // namespace interlock::harness
