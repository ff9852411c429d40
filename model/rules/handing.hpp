#pragma once

// What several families ask of a packet that an extension hands on: whose it is, where it goes, and
// what became of it in the extension's hands.

#include <array>
#include <optional>

#include "model/rules/registry.hpp"
#include "model/sight.hpp"

namespace interlock::model {

inline constexpr std::array handings{Watch{Call::NdisFSendNetBufferLists, Phase::enter},
                                     Watch{Call::NdisFSendNetBufferListsComplete, Phase::enter},
                                     Watch{Call::NdisFIndicateReceiveNetBufferLists, Phase::enter},
                                     Watch{Call::NdisFReturnNetBufferLists, Phase::enter}};

inline constexpr std::array passings{Watch{Call::NdisFSendNetBufferLists, Phase::enter},
                                     Watch{Call::NdisFIndicateReceiveNetBufferLists, Phase::enter}};

inline bool is_in_hands(PacketState state) {
    return state == PacketState::held || state == PacketState::back;
}

/// A packet that came to the extension, and that it now passes on or finishes.
struct Handing {
    const Packet& packet;
    const Token&  token;
    Path          path;
    bool          onward;  // Passed on; otherwise finished.
    std::uint32_t gained;  // The marks that it had not when it came.
};

/// Nothing if the event is no such moment, or the packet is not the extension's to hand on.
inline std::optional<Handing> handing(const Sight& sight) {
    const Packet* packet = sight.focus.packet;
    if (packet == nullptr || packet->tainted || sight.event.phase != Phase::enter) return {};
    const Call call = sight.event.call;
    const bool down =
        call == Call::NdisFSendNetBufferLists || call == Call::NdisFSendNetBufferListsComplete;
    const bool onward =
        call == Call::NdisFSendNetBufferLists || call == Call::NdisFIndicateReceiveNetBufferLists;
    const Path   path  = down ? Path::ingress : Path::egress;
    const Token& token = packet->token(path, sight.event.module);
    if (onward ? token.state != PacketState::held : !is_in_hands(token.state)) return {};
    const std::uint32_t had = std::uint32_t{token.marks} << 16;
    return Handing{*packet, token, path, onward, sight.event.detail & ~had & mark::all};
}

/// A packet of the extension's own that it now sends or indicates; null if the event is no such
/// moment. One that comes by on its way up is passed on like anybody's.
inline const Packet* own_passing(const Sight& sight) {
    const Packet* packet = sight.focus.packet;
    if (packet == nullptr || packet->tainted || packet->origin != sight.event.module)
        return nullptr;
    const Path path =
        sight.event.call == Call::NdisFSendNetBufferLists ? Path::ingress : Path::egress;
    return is_in_hands(packet->token(path, sight.event.module).state) ? nullptr : packet;
}

}  // namespace interlock::model
