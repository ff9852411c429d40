#include "harness/live/wire.hpp"

namespace interlock::harness {
namespace {

/// Takes whatever is delivered.
class Nothing final : public Wire {
public:
    int descriptor() const override {
        return -1;
    }
    std::span<const Frame> receive(Time100ns) override {
        return {};
    }
    void send(Frame frame) override {
        counted.send(frame.size());
    }
    void              flush() override {}
    const WireCounts& counts() override {
        return counted;
    }

private:
    WireCounts counted;
};

}  // namespace

std::variant<std::unique_ptr<Wire>, InputError> open_wire(const PortSpec& spec,
                                                          std::uint64_t   start_ns) {
    switch (spec.kind) {
        case WireKind::tap:
            return open_tap(spec);
        case WireKind::veth:
        case WireKind::packet:
            return open_packet_socket(spec);
        case WireKind::pcap:
            return open_captures(spec, start_ns);
        case WireKind::none:
            break;
    }
    return std::make_unique<Nothing>();
}

}  // namespace interlock::harness
