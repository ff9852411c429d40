#include "harness/sut/frame_ledger.hpp"

#include <algorithm>

namespace interlock::harness {
namespace {

constexpr std::array<std::string_view, sut_promise_count> promise_names{
    "not-while-unplugged", "not-to-the-next", "once",          "in-order", "not-lost",
    "addresses-forgotten", "comes-to-an-end", "as-it-was-sent"};

constexpr std::size_t frame_bytes   = 60;
constexpr std::size_t number_at     = 14;
constexpr std::size_t number_bytes  = 4;
constexpr std::size_t address_bytes = 6;

/// EtherType 0x88B5 is for local experiments. Source: IEEE 802, clause 9.2.4.
constexpr std::uint8_t ether_type[] = {0x88, 0xB5};

void set_address(std::uint8_t* at, SutAddress address) {
    at[0] = 2;  // Administered locally.
    at[5] = static_cast<std::uint8_t>(address + 1);
}

SutFrame frame_of(std::uint32_t number, SutAddress from, SutAddress to) {
    SutFrame frame(frame_bytes, 0);
    set_address(frame.data(), to);
    set_address(frame.data() + address_bytes, from);
    std::ranges::copy(ether_type, frame.begin() + 2 * address_bytes);
    for (std::size_t byte = 0; byte < number_bytes; ++byte)
        frame[number_at + byte] = static_cast<std::uint8_t>(number >> (8 * byte));
    for (std::size_t byte = number_at + number_bytes; byte < frame_bytes; ++byte)
        frame[byte] = static_cast<std::uint8_t>(number + byte);
    return frame;
}

/// The number it has, if it is one of the test's.
std::optional<std::uint32_t> number_of(const SutFrame& frame) {
    if (frame.size() < frame_bytes) return {};
    if (!std::equal(std::begin(ether_type), std::end(ether_type),
                    frame.begin() + 2 * address_bytes))
        return {};
    std::uint32_t number = 0;
    for (std::size_t byte = number_bytes; byte-- > 0;)
        number = number << 8 | frame[number_at + byte];
    return number;
}

std::string port_text(SutPort port) {
    return "port " + std::to_string(port);
}

std::string frame_text(std::uint32_t number) {
    return "frame " + std::to_string(number);
}

}  // namespace

std::string_view name_of(SutPromise promise) {
    return promise_names[static_cast<std::size_t>(promise)];
}

void FrameLedger::break_promise(SutPromise promise, const std::string& what,
                                const SutFrame& frame) {
    found.push_back({promise, what, frame});
}

void FrameLedger::ask(SutPromise promise, bool kept, const std::string& what,
                      const SutFrame& frame) {
    ++times_asked[static_cast<std::size_t>(promise)];
    if (!kept) break_promise(promise, what, frame);
}

void FrameLedger::plugged(SutPort port, SutAddress address) {
    Socket& socket    = sockets[port];
    socket.is_plugged = true;
    socket.address    = address;
    socket.first      = static_cast<Number>(sent.size());
    ++socket.life;
    has_moved[address] = seen_at[address] && *seen_at[address] != port;
    seen_at[address]   = port;
    ask(SutPromise::comes_to_an_end, true, {});
}

void FrameLedger::unplugged(SutPort port) {
    sockets[port].is_plugged = false;
    ask(SutPromise::comes_to_an_end, true, {});
}

void FrameLedger::trouble(SutPort port, const std::string& what) {
    ask(SutPromise::comes_to_an_end, false, port_text(port) + ": " + what);
}

SutFrame FrameLedger::make(SutPort from, SutAddress to) {
    const auto number = static_cast<Number>(sent.size());
    Sent       one;
    one.from    = {from, sockets[from].life};
    one.address = to;
    one.moved   = has_moved[to];
    for (SutPort port = 0; port < sut_ports; ++port) {
        if (!sockets[port].is_plugged || sockets[port].address != to || port == from) continue;
        one.to         = {port, sockets[port].life};
        one.has_target = true;
    }
    one.bytes = frame_of(number, sockets[from].address, to);
    sent.push_back(one);
    return one.bytes;
}

void FrameLedger::refused() {
    sent.back().due = false;
}

bool FrameLedger::is_life(const Life& life) const {
    return sockets[life.port].is_plugged && sockets[life.port].life == life.life;
}

void FrameLedger::delivered(SutPort port, const SutFrame& frame) {
    const auto number = number_of(frame);
    const bool known  = number && *number < sent.size();
    ask(SutPromise::as_it_was_sent, known && frame == sent[*number].bytes,
        port_text(port) + " got a frame that nobody sent", frame);
    if (!known) return;
    const Socket& socket = sockets[port];
    const Life    at{port, socket.life};
    Sent&         one  = sent[*number];
    const auto    text = port_text(port) + " got " + frame_text(*number);
    ask(SutPromise::not_while_unplugged, socket.is_plugged, text + " while nothing was connected",
        frame);
    ask(SutPromise::not_to_the_next, !socket.is_plugged || *number >= socket.first,
        text + ", which was sent before it was connected", frame);
    ask(SutPromise::once, std::ranges::find(one.arrived, at) == one.arrived.end(), text + " again",
        frame);
    look_at_order(at, *number, one);
    one.arrived.push_back(at);
}

void FrameLedger::look_at_order(const Life& at, Number number, const Sent& one) {
    if (!one.has_target || at != one.to) return;
    const auto [place, first] = last.try_emplace({one.from, at}, number);
    if (first) return;
    ask(SutPromise::in_order, place->second <= number,
        port_text(at.port) + " got " + frame_text(number) + " behind " + frame_text(place->second),
        one.bytes);
    place->second = std::max(place->second, number);
}

void FrameLedger::look_at_loss(Number number, Sent& one) {
    const bool asked = one.due && one.has_target && is_life(one.from) && is_life(one.to);
    one.due          = false;
    if (!asked) return;
    const bool arrived = std::ranges::find(one.arrived, one.to) != one.arrived.end();
    ask(one.moved ? SutPromise::addresses_forgotten : SutPromise::not_lost, arrived,
        frame_text(number) + " from " + port_text(one.from.port) + " to " + port_text(one.to.port) +
            " never arrived",
        one.bytes);
}

void FrameLedger::settled() {
    for (; settled_to < sent.size(); ++settled_to)
        look_at_loss(static_cast<Number>(settled_to), sent[settled_to]);
}

}  // namespace interlock::harness
