#pragma once

// What the handlers for packets in the table of NdisFGetOptionalSwitchHandlers have in common.

#include "harness/vswitch/switch.hpp"

namespace interlock::harness {

inline Switch& the_switch() {
    return static_cast<Switch&>(world().ndis->both_ends());
}

inline NDIS_SWITCH_FORWARDING_DETAIL_NET_BUFFER_LIST_INFO& detail_of(Packet& packet) {
    return *NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(packet.nbl);
}

/// One call of a handler on one packet: who calls, on what, and the events of it.
class PacketCall {
public:
    struct Source {
        model::PortId   port = 0;
        model::NicIndex nic  = 0;
    };

    PacketCall(NDIS_SWITCH_CONTEXT context, const model::Event& event, NET_BUFFER_LIST* nbl)
        : PacketCall(context, event, nbl, [](const Module&, const Packet&) { return 0U; }) {}
    PacketCall(NDIS_SWITCH_CONTEXT context, model::Call call, NET_BUFFER_LIST* nbl)
        : PacketCall(context, model::Event{.call = call}, nbl) {}

    /// @param detail  what the event says of the packet, beyond its number and source.
    template <typename Detail>
    PacketCall(NDIS_SWITCH_CONTEXT context, const model::Event& event, NET_BUFFER_LIST* nbl,
               Detail detail)
        : module(*module_or_misuse(context)),
          packet(world().ndis->packets().find(nbl)),
          ddi(module, enter_of(event, module, packet, detail), dispatch_level) {
        if (!packet) report_misuse(model::Misuse::bad_argument);
    }

    /// @param source  which the event names in place of the packet's own.
    PacketCall(NDIS_SWITCH_CONTEXT context, const model::Event& event, NET_BUFFER_LIST* nbl,
               const Source& source)
        : module(*module_or_misuse(context)),
          packet(world().ndis->packets().find(nbl)),
          ddi(module,
              {.call   = event.call,
               .object = packet ? packet->id : 0,
               .port   = source.port,
               .nic    = source.nic},
              dispatch_level) {
        if (!packet) report_misuse(model::Misuse::bad_argument);
    }

    /// The caller holds it, so it may change it; otherwise the call is refused.
    bool held() const {
        return packet && packet->alive && packet->holder == module.id;
    }

    /// An extension's own, and at home with it.
    bool at_home() const {
        return held() && packet->maker == module.id && packet->way == Way::none;
    }

    NDIS_STATUS left(NDIS_STATUS status) {
        ddi.left(status);
        return status;
    }

    Module& module;
    Packet* packet;
    Ddi     ddi;

private:
    template <typename Detail>
    static model::Event enter_of(model::Event event, const Module& module, const Packet* packet,
                                 Detail detail) {
        if (!packet) return event;
        event.object = packet->id;
        event.port   = packet->port;
        event.nic    = packet->nic;
        event.detail = detail(module, *packet);
        return event;
    }
};

}  // namespace interlock::harness
