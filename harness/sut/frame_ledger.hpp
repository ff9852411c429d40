#pragma once

// What every switch promises, held against what one did: each frame of the test has a number, and
// the ledger knows of each from where, to whom and in which lives of the ports it was sent.

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "harness/sut/switch_under_test.hpp"

namespace interlock::harness {

enum class SutPromise : std::uint8_t {
    not_while_unplugged,  // Nothing is delivered before the connect, or after the disconnect.
    not_to_the_next,      // Nothing sent to one life of a port is delivered to a later one.
    once,                 // Nothing is delivered twice.
    in_order,             // What one sends another arrives in that order.
    not_lost,             // What was accepted arrives, if both ends stay connected.
    addresses_forgotten,  // The same, though the address was another port's before.
    comes_to_an_end,      // Connecting and deleting end.
    as_it_was_sent,       // Bytes are not changed, and nothing arrives that nobody sent.
};
inline constexpr std::size_t sut_promise_count =
    static_cast<std::size_t>(SutPromise::as_it_was_sent) + 1;

/// "not-while-unplugged"
std::string_view name_of(SutPromise promise);

struct SutFinding {
    SutPromise  promise;
    std::string what;
    SutFrame    frame;  // Of which it tells; may be empty.
};

class FrameLedger {
public:
    void plugged(SutPort port, SutAddress address);
    /// Frames that were delivered by now are known.
    void unplugged(SutPort port);
    void trouble(SutPort port, const std::string& what);

    /// The next frame from there, which is on the books from here on.
    SutFrame make(SutPort from, SutAddress to);
    /// The switch did not accept the one that was made last.
    void refused();

    void delivered(SutPort port, const SutFrame& frame);

    /// All that was accepted should have arrived.
    void settled();

    const std::vector<SutFinding>& findings() const {
        return found;
    }

    /// How often each promise could have been broken.
    const std::array<std::uint64_t, sut_promise_count>& asked() const {
        return times_asked;
    }

private:
    using Number = std::uint32_t;

    struct Socket {
        bool       is_plugged = false;
        SutAddress address    = 0;
        Number     first      = 0;  // The first frame that was sent in this life.
        Number     life       = 0;
    };

    /// A port in one of its lives.
    struct Life {
        SutPort port = 0;
        Number  life = 0;

        friend auto operator<=>(const Life&, const Life&) = default;
    };

    struct Sent {
        Life              from, to;
        SutAddress        address    = 0;
        bool              has_target = false;  // Somebody with that address was connected.
        bool              moved      = false;  // It was another port's before.
        bool              due        = true;   // Accepted, and not yet settled.
        SutFrame          bytes      = {};
        std::vector<Life> arrived    = {};
    };

    void break_promise(SutPromise promise, const std::string& what, const SutFrame& frame = {});
    void ask(SutPromise promise, bool kept, const std::string& what, const SutFrame& frame = {});
    bool is_life(const Life& life) const;
    void look_at_order(const Life& at, Number number, const Sent& sent);
    void look_at_loss(Number number, Sent& sent);

    std::array<Socket, sut_ports>                     sockets{};
    std::array<std::optional<SutPort>, sut_addresses> seen_at{};  // Where an address was last.
    std::array<bool, sut_addresses>                   has_moved{};
    std::vector<Sent>                                 sent;
    std::map<std::pair<Life, Life>, Number>           last;  // From, to: the newest that arrived.
    std::vector<SutFinding>                           found;
    std::array<std::uint64_t, sut_promise_count>      times_asked{};
    std::size_t                                       settled_to = 0;
};

}  // namespace interlock::harness
