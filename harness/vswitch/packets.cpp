// The switch's data path: packets enter at the protocol edge, are turned round at the miniport
// edge, delivered at the protocol edge, and go all the way back.
// Pages: hyper-v-extensible-switch-data-path, packet-flow-through-the-extensible-switch-data-path.

#include <algorithm>

#include "harness/ndis/list.hpp"
#include "harness/netio/datagram.hpp"
#include "harness/vswitch/frame.hpp"
#include "harness/vswitch/switch.hpp"

namespace interlock::harness {
namespace {

/// The high byte is what NdisGeneratePartialCancelId gave a driver that sends.
void* cancel_id(std::uint8_t id) {
    constexpr std::uintptr_t of_the_switch = std::uintptr_t{0xA5} << 56;
    return reinterpret_cast<void*>(of_the_switch | id);
}

}  // namespace

Switch::Switch(World& world, Ndis& ndis, const StageOptions& options)
    : world(world), ndis(ndis), options(options) {}

void Switch::begin(const Scenario& scenario) {
    state.begin();
    state.active = scenario.active;
    macs.begin();
    buffers.begin();
    issued_used       = 0;
    in_flight         = 0;
    finished_packets  = {};
    gate_open         = true;
    issuing_too_early = false;
    cancels_next      = false;
    switch_contexts.begin();
}

std::uint8_t Switch::any_cpu() const {
    return static_cast<std::uint8_t>(world.kernel.spawned() % cpu_count);
}

ULONG Switch::level_flag(ULONG flag) const {
    const bool always = world.flaw == HostFlaw::dispatch_level_always;
    return always || world.kernel.current().irql >= dispatch_level ? flag : 0;
}

bool Switch::single_source(const NET_BUFFER_LIST* list) {
    if (world.flaw == HostFlaw::single_source_always) return true;
    const Packet& first = *ndis.packets().find(list);
    for (const NET_BUFFER_LIST* nbl = list; nbl; nbl = nbl->Next) {
        if (ndis.packets().find(nbl)->port != first.port) return false;
    }
    return true;
}

/// Whether all of several packets have the same destinations.
bool Switch::one_group(const NET_BUFFER_LIST* list) {
    if (world.flaw == HostFlaw::destination_group_always) return true;
    const auto& first = ndis.packets().find(list)->destinations;
    const auto  same  = [](const Destination& one, const Destination& other) {
        return one.port == other.port && one.nic == other.nic;
    };
    for (const NET_BUFFER_LIST* nbl = list->Next; nbl; nbl = nbl->Next) {
        if (!std::ranges::equal(first, ndis.packets().find(nbl)->destinations, same)) return false;
    }
    return list->Next != nullptr;
}

void Switch::pin(model::PortId port, model::NicIndex nic, std::uint32_t incarnation,
                 std::int32_t by) {
    SwitchNic* const pinned = state.nic(port, nic);
    if (!pinned || pinned->incarnation != incarnation) return;
    pinned->packets += static_cast<std::uint32_t>(by);
    if (pinned->packets == 0) world.kernel.wake_all(pinned);
}

// --- In ----------------------------------------------------------------------------------------

Packet& Switch::make_packet(model::PortId port, model::NicIndex nic, const PacketShape& shape) {
    Packet& packet                  = ndis.packets().make(shape, ndis.next_object());
    packet.port                     = port;
    packet.nic                      = nic;
    const SwitchNic* const at       = state.nic(port, nic);
    packet.source_incarnation       = at ? at->incarnation : 0;
    auto& detail                    = *NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(packet.nbl);
    detail.AsUINT64                 = 0;
    detail.SourcePortId             = port & 0xFFFF;
    detail.SourceNicIndex           = nic & 0xFF;
    detail.NativeForwardingRequired = shape.native;
    detail.NumAvailableDestinations = 1;
    grow_destinations(packet, 1);
    return packet;
}

void Switch::send(const Step& step) {
    Chain list;
    for (std::uint8_t place = 0; place < step.packets; ++place) {
        const bool            other = step.mixed && place % 2 == 1;
        const model::PortId   port  = other ? step.other_port : step.port;
        const model::NicIndex nic   = other ? step.other_nic : step.nic;
        if (!step.force && !may_send(port, nic)) continue;
        write_frame(frame, step, port, nic, place);
        const bool in_oob = step.vlan != 0 && !step.tag_in_frame;
        Packet&    packet = make_packet(port, nic,
                                        {.frame   = frame,
                                         .buffers = step.buffers,
                                         .mdls    = step.mdls,
                                         .vlan    = in_oob ? step.vlan : std::uint16_t{0},
                                         .native  = step.native});
        if (step.id != 0) NDIS_SET_NET_BUFFER_LIST_CANCEL_ID(packet.nbl, cancel_id(step.id));
        list.append(packet.nbl);
    }
    if (list.first()) start(list.first());
}

void Switch::cancel_sends(std::uint8_t id) {
    ndis.cancel_send(cancel_id(id), model::host_module);
}

void Switch::attributes_set() {
    if (world.flaw == HostFlaw::oid_before_attached) issue({.oid = OID_SWITCH_NIC_REQUEST});
    if (world.flaw != HostFlaw::packets_before_attached) return;
    for (const SwitchPort& port : state.ports()) {
        for (const SwitchNic& nic : port.nics) {
            if (nic.phase != NicPhase::connected) continue;
            write_frame(frame, {.towards = Towards::everyone}, port.id, nic.index, 0);
            return start(make_packet(port.id, nic.index, {.frame = frame}).nbl);
        }
    }
}

void Switch::inject(const InjectedFrame& injected) {
    if (!may_send(injected.port, injected.nic)) return;
    Packet& packet = make_packet(injected.port, injected.nic, {.frame = injected.bytes, .mdls = 2});
    Chain   list;
    list.append(packet.nbl);
    start(list.first());
}

std::size_t Switch::bring_in(model::PortId port, model::NicIndex nic,
                             std::span<const std::span<const std::uint8_t>> all) {
    if (!may_send(port, nic)) return 0;
    Chain list;
    for (const auto bytes : all)
        list.append(make_packet(port, nic, {.frame = bytes, .mdls = 2}).nbl);
    if (list.first()) start(list.first());
    return all.size();
}

void Switch::count(const Packet& packet) {
    const bool others_have_it = packet.cloned && packet.fate != Fate::delivered;
    ++(others_have_it ? finished_packets.cloned
                      : finished_packets.by_fate[static_cast<std::size_t>(packet.fate)]);
}

bool Switch::may_send(model::PortId port, model::NicIndex nic) {
    const SwitchNic* const from   = state.nic(port, nic);
    const bool             anyway = world.flaw == HostFlaw::sends_over_a_team_down;
    return gate_open && from && (anyway || state.port(port)->is_operational()) &&
           (from->phase == NicPhase::created || from->phase == NicPhase::connecting ||
            from->phase == NicPhase::connected);
}

void Switch::start(NET_BUFFER_LIST* list) {
    ndis.enter_list(model::Call::ProtocolEdgeSend, model::host_module, list, 0);
    for_each(list, [this](NET_BUFFER_LIST* nbl) {
        Packet& packet   = *ndis.packets().find(nbl);
        packet.in_flight = true;
        ++in_flight;
        pin(packet.port, packet.nic, packet.source_incarnation, +1);
    });
    ULONG flags = level_flag(NDIS_SEND_FLAGS_DISPATCH_LEVEL);
    if (single_source(list)) flags |= NDIS_SEND_FLAGS_SWITCH_SINGLE_SOURCE;
    ndis.send(list, flags, model::host_module);
}

void Switch::take_sent_back(NET_BUFFER_LIST* list, ULONG flags) {
    ndis.enter_list(model::Call::ProtocolEdgeSendComplete, model::host_module, list, flags);
    for_each(list, [this](NET_BUFFER_LIST* nbl) {
        Packet& packet = *ndis.packets().find(nbl);
        if (packet.making != Making::by_switch) return is_home(packet);  // Its maker is gone.
        pin(packet.port, packet.nic, packet.source_incarnation, -1);
        for (const Destination& to : packet.destinations)
            pin(to.port, to.nic, to.incarnation, -1);
        switch_contexts.forget(packet.id);
        count(packet);
        ndis.packets().take_back(packet);
        --in_flight;
    });
    world.kernel.wake_all(this);
}

// --- Extensions' own ---------------------------------------------------------------------------

void Switch::starts(Packet& packet) {
    if (!packet.array) grow_destinations(packet, 1);  // FWD-02 tells of it.
    packet.in_flight     = true;
    packet.source_pinned = true;
    ++in_flight;
    pin(packet.port, packet.nic, packet.source_incarnation, +1);
}

void Switch::is_home(Packet& packet) {
    packet.way       = Way::none;
    packet.on_egress = false;
    packet.in_flight = false;
    packet.marks     = 0;
    --in_flight;
    forget_ends_of(packet);
    world.kernel.wake_all(this);
}

void Switch::forget_ends_of(Packet& packet) {
    if (packet.source_pinned) pin(packet.port, packet.nic, packet.source_incarnation, -1);
    packet.source_pinned = false;
    for (const Destination& to : packet.destinations)
        pin(to.port, to.nic, to.incarnation, -1);
    packet.destinations.clear();
    if (!packet.array) return;
    packet.array->NumDestinations = 0;
    NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(packet.nbl)->NumAvailableDestinations =
        packet.capacity & 0xFFFF;
}

// --- At the lower end --------------------------------------------------------------------------

void Switch::now_or_later(std::string_view question, Role role, NET_BUFFER_LIST* list,
                          void (Switch::*then)(NET_BUFFER_LIST*)) {
    enum Ways : std::uint32_t { now, later, later_at_dispatch, ways };
    const std::uint32_t way = world.kernel.choose(question, ways);
    if (way == now) return (this->*then)(list);
    const std::uint32_t first = ndis.packets().find(list)->id;
    world.kernel.spawn({role, first}, any_cpu(),
                       way == later_at_dispatch ? dispatch_level : passive_level,
                       [this, list, then] { (this->*then)(list); });
}

void Switch::take_sent(NET_BUFFER_LIST* list, ULONG flags) {
    ndis.enter_list(model::Call::MiniportEdgeSend, model::host_module, list, flags);
    Chain turned, dropped;
    for_each(list, [&](NET_BUFFER_LIST* nbl) {
        Packet& packet = *ndis.packets().find(nbl);
        if (packet.destinations.empty()) forward_natively(packet);
        packet.fate = packet.destinations.empty() ? Fate::unaddressed : Fate::kept_below;
        (packet.destinations.empty() ? dropped : turned).append(nbl);
    });
    if (dropped.first()) {
        now_or_later("complete-dropped", Role::packet_answer, dropped.first(), &Switch::let_go);
    }
    if (turned.first()) {
        now_or_later("indicate", Role::packet_answer, turned.first(), &Switch::turn_round);
    }
}

void Switch::turn_round(NET_BUFFER_LIST* list) {
    if (list->Next && world.kernel.choose("split-indication", 2) == 1) {
        NET_BUFFER_LIST* const rest = list->Next;
        list->Next                  = nullptr;
        turn_round(list);
        return turn_round(rest);
    }
    for_each(list, [this](NET_BUFFER_LIST* nbl) {
        Packet& packet   = *ndis.packets().find(nbl);
        packet.on_egress = true;
        ndis.sum_data(packet);
    });
    ULONG flags = level_flag(NDIS_RECEIVE_FLAGS_DISPATCH_LEVEL);
    if (single_source(list)) flags |= NDIS_RECEIVE_FLAGS_SWITCH_SINGLE_SOURCE;
    if (one_group(list)) flags |= NDIS_RECEIVE_FLAGS_SWITCH_DESTINATION_GROUP;
    ndis.enter_list(model::Call::MiniportEdgeIndicate, model::host_module, list, flags);
    ndis.indicate(list, flags, model::host_module);
    if (world.flaw == HostFlaw::completes_early && ndis.packets().find(list)->on_egress) {
        let_go(list);
    }
}

void Switch::take_returned(NET_BUFFER_LIST* list, ULONG flags) {
    ndis.enter_list(model::Call::MiniportEdgeReturned, model::host_module, list, flags);
    Chain turned;
    for_each(list, [&](NET_BUFFER_LIST* nbl) {
        Packet& packet   = *ndis.packets().find(nbl);
        packet.on_egress = false;
        if (packet.way == Way::up)
            return is_home(packet);  // It was sent up, and its maker is gone.
        turned.append(nbl);
    });
    if (!turned.first()) return;
    if (world.flaw == HostFlaw::completes_early && !ndis.packets().find(list)->alive) return;
    now_or_later("complete-sent", Role::packet_done, turned.first(), &Switch::let_go);
}

void Switch::let_go(NET_BUFFER_LIST* list) {
    ULONG flags = level_flag(NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL);
    if (single_source(list)) flags |= NDIS_SEND_COMPLETE_FLAGS_SWITCH_SINGLE_SOURCE;
    ndis.enter_list(model::Call::MiniportEdgeSendComplete, model::host_module, list, flags);
    ndis.send_complete(list, flags, model::host_module);
}

// --- At the upper end --------------------------------------------------------------------------

void Switch::take_indicated(NET_BUFFER_LIST* list, ULONG) {
    for_each(list, [this](NET_BUFFER_LIST* nbl) { deliver(*ndis.packets().find(nbl)); });
    now_or_later("return", Role::packet_return, list, &Switch::return_up);
}

void Switch::deliver(Packet& packet) {
    packet.fate                   = Fate::not_delivered;
    const model::PortId elsewhere = world.flaw == HostFlaw::delivers_elsewhere ? ports_max : 0;
    for (std::size_t place = 0; place < packet.destinations.size(); ++place) {
        const Destination      to  = packet.destinations[place];
        const SwitchNic* const nic = state.nic(to.port, to.nic);
        const bool excluded = destination_at(packet, static_cast<std::uint32_t>(place)).IsExcluded;
        if (excluded || !nic || nic->phase != NicPhase::connected) continue;
        if (nic->incarnation != to.incarnation) continue;
        packet.fate = Fate::delivered;
        world.recorder.add({.call       = model::Call::ProtocolEdgeDeliver,
                            .object     = packet.id,
                            .port       = packet.port,
                            .nic        = packet.nic,
                            .other_port = to.port + elsewhere,
                            .other_nic  = to.nic});
        const bool to_the_host = nic->type == NicType::internal && world.filter_engine;
        if (!options.delivered && !to_the_host) continue;
        gather_frames(packet, frames);
        for (const auto& bytes : frames) {
            if (to_the_host) receive_frame(world, to.port, bytes);
            if (options.delivered) options.delivered(to.port, to.nic, bytes);
        }
    }
}

void Switch::return_up(NET_BUFFER_LIST* list) {
    ULONG flags = level_flag(NDIS_RETURN_FLAGS_DISPATCH_LEVEL);
    if (single_source(list)) flags |= NDIS_RETURN_FLAGS_SWITCH_SINGLE_SOURCE;
    ndis.enter_list(model::Call::ProtocolEdgeReturn, model::host_module, list, flags);
    ndis.give_back(list, flags, model::host_module);
}

// --- Destinations --------------------------------------------------------------------------------

bool Switch::may_receive(model::PortId port, model::NicIndex nic) {
    const SwitchNic* const to = state.nic(port, nic);
    return to && (to->usable || to->phase == NicPhase::connecting);
}

void Switch::commit(Packet& packet, model::PortId port, model::NicIndex nic) {
    const std::uint32_t incarnation = state.nic(port, nic)->incarnation;
    const auto          place       = static_cast<std::uint32_t>(packet.destinations.size());
    const bool          excluded    = destination_at(packet, place).IsExcluded != 0;
    commit_again(packet, {port, nic, incarnation, excluded});
}

void Switch::commit_again(Packet& packet, const Destination& destination) {
    packet.destinations.push_back(destination);
    packet.array->NumDestinations = static_cast<USHORT>(packet.destinations.size());
    auto& detail                  = *NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(packet.nbl);
    if (detail.NumAvailableDestinations > 0) --detail.NumAvailableDestinations;
    pin(destination.port, destination.nic, destination.incarnation, +1);
}

}  // namespace interlock::harness
