// Packets on their way down and up the stack, and back on both.
// Pages: sending-data-from-a-filter-driver, receiving-data-in-a-filter-driver,
// hyper-v-extensible-switch-data-path.

#include "harness/kernel/outside.hpp"
#include "harness/ndis/given_away.hpp"
#include "harness/ndis/list.hpp"
#include "harness/ndis/marks.hpp"
#include "harness/ndis/ndis.hpp"
#include "model/constants.hpp"

namespace interlock::harness {
namespace {

bool on_ingress(const Module& module) {
    return module.handlers.SendNetBufferListsHandler != nullptr;
}

bool on_egress(const Module& module) {
    return module.handlers.ReceiveNetBufferListsHandler != nullptr;
}

std::uint16_t buffers_of(const NET_BUFFER_LIST& nbl) {
    std::uint16_t buffers = 0;
    for (const NET_BUFFER* buffer = nbl.FirstNetBuffer; buffer; buffer = buffer->Next)
        ++buffers;
    return buffers;
}

/// On its way up the data may not change; it is looked at when the packet is passed on.
void mark_changes(Packet& packet, model::Call call) {
    if (packet.making != Making::by_switch && packet.way == Way::none)
        packet.buffers_made = buffers_of(*packet.nbl);
    const std::uint32_t data = packet.marks & model::mark::data;
    packet.marks             = marks_of(packet) | data;
    const bool up = call == model::Call::NdisFIndicateReceiveNetBufferLists && packet.on_egress;
    if (up && packet.data_summed && data == 0 && sum_of_data(packet) != packet.data_sum)
        packet.marks |= model::mark::data;
}

/// What ParentNetBufferList of an extension's NBL points to, as its maker hands it on; otherwise
/// what it was made from.
model::ObjectId parent_told(PacketPool& pool, const Packet& packet, const model::Event& event) {
    if (packet.maker != event.module || packet.way != Way::none) return packet.parent;
    const Packet* const parent = pool.find(packet.nbl->ParentNetBufferList);
    return parent ? parent->id : 0;
}

constexpr bool passes_on(model::Call call) {
    return call == model::Call::NdisFSendNetBufferLists ||
           call == model::Call::NdisFIndicateReceiveNetBufferLists;
}

/// What an extension made it starts when it is at home, on either path; when it comes by on its
/// way up, it goes on like anybody's.
bool may_hand_on(const Packet& packet, const Module& module, const Handover& handover) {
    if (packet.holder != module.id) return false;
    const bool right_path = packet.on_egress == (handover.path == Path::egress);
    if (packet.maker != module.id || packet.way != Way::none) return right_path;
    return passes_on(handover.call);
}

/// Of a list, what a module made and has under way on that path, and the rest.
struct Split {
    NET_BUFFER_LIST* own  = nullptr;
    NET_BUFFER_LIST* rest = nullptr;
};

/// A module that takes no part in a path gets back what it made itself, and nothing else.
Split split_own(PacketPool& pool, const Module& module, NET_BUFFER_LIST* list) {
    if (!module.makes_packets) return {.rest = list};
    Chain own, rest;
    for_each(list, [&](NET_BUFFER_LIST* nbl) {
        const Packet* const packet = pool.find(nbl);
        const bool          its =
            packet && packet->maker == module.id && packet->on_egress == (packet->way == Way::up);
        (its ? own : rest).append(nbl);
    });
    return {own.first(), rest.first()};
}

void bounce(PacketPool& pool, NET_BUFFER_LIST* list) {
    for_each(list, [&](NET_BUFFER_LIST* nbl) {
        nbl->Status          = NDIS_STATUS_PAUSED;
        Packet* const packet = pool.find(nbl);
        if (!packet) return;
        packet->holder = model::host_module;
        if (packet->given) pool.give_away(*packet, packet->given_by);
    });
}

}  // namespace

void Ndis::enter_list(model::Call call, model::ModuleId module, NET_BUFFER_LIST* list,
                      ULONG flags) {
    if (world.recorder.is_silent()) return;
    enter_list({.call   = call,
                .module = module,
                .count  = static_cast<std::uint16_t>(count(list)),
                .flags  = flags},
               list);
}

void Ndis::enter_list(model::Event event, NET_BUFFER_LIST* list) {
    if (world.recorder.is_silent()) return;
    const bool handed_on = event.module != model::host_module &&
                           model::caller_of(event.call) == model::Party::extension;
    for (NET_BUFFER_LIST* nbl = list; nbl; nbl = nbl->Next, ++event.place) {
        Packet* const packet = pool.find(nbl);
        if (!packet) {
            report_misuse(model::Misuse::bad_argument);
            return;
        }
        event.object = packet->id;
        event.port   = packet->port;
        event.nic    = packet->nic;
        if (handed_on && packet->alive && packet->holder == event.module)
            mark_changes(*packet, event.call);
        event.parent = 0;
        if (packet->making != Making::by_switch && packet->alive)
            event.parent = handed_on ? parent_told(pool, *packet, event) : packet->parent;
        event.detail =
            packet->buffers_made | packet->marks | (packet->native ? native_forwarding : 0U);
        event.status = packet->alive ? static_cast<model::Status>(nbl->Status) : 0;
        world.recorder.add(event);
        if (!packet->alive) return;  // Its Next is nobody's to read.
    }
}

void Ndis::hold(NET_BUFFER_LIST* list, model::ModuleId holder) {
    for_each(list, [&](NET_BUFFER_LIST* nbl) {
        Packet* const packet = pool.find(nbl);
        if (!packet) return;
        if (take_up(*packet)) tell_touched(*packet, packet->given_by);
        packet->holder = holder;
    });
}

void Ndis::tell_touched(const Packet& packet, model::ModuleId by) {
    world.recorder.add({.call   = model::Call::Misused,
                        .module = by,
                        .object = packet.id,
                        .detail = static_cast<std::uint32_t>(model::Misuse::wrote_to_freed)});
}

void Ndis::look_at_given_away(model::ModuleId by) {
    if (by == model::host_module) return;
    pool.for_each_given([&](Packet& packet) {
        const model::ModuleId writer = world.stacks.on() ? by : packet.given_by;
        if (writer != by || !is_touched(packet)) return;
        tell_touched(packet, by);
        if (!packet.alive) return keep_remains(packet);
        give_away(packet, packet.given_by);
        sum_up(packet);
    });
    ends->look_at_finished(by);
}

bool Ndis::look_at_access(const void* memory, std::size_t bytes, model::ModuleId by) {
    bool told = ends->look_at_access(memory, bytes, by);
    pool.for_each_given([&](Packet& packet) {
        if (told || !is_of_given(packet, memory, bytes)) return;
        tell_touched(packet, by);
        packet.given = false;
        told         = true;
    });
    return told;
}

NET_BUFFER_LIST* Ndis::take_from(Module& module, NET_BUFFER_LIST* list, const Handover& handover) {
    Chain taken;
    while (list) {
        Packet* const packet = pool.find(list);
        if (!packet || !packet->alive) break;
        NET_BUFFER_LIST* const next = list->Next;
        if (may_hand_on(*packet, module, handover)) {
            if (pool.is_watching() && packet->array && mend_fence(*packet))
                report_misuse(model::Misuse::wrote_beyond);
            if (packet->maker == module.id && packet->way == Way::none)
                start_own(*packet, handover.path);
            packet->holder = model::host_module;
            pool.give_away(*packet, module.id);
            taken.append(list);
        }
        list = next;
    }
    return taken.first();
}

void Ndis::sum_data(Packet& packet) {
    packet.data_summed = !world.recorder.is_silent();
    if (packet.data_summed) packet.data_sum = sum_of_data(packet);
}

void Ndis::start_own(Packet& packet, Path path) {
    const bool up    = path == Path::egress;
    packet.way       = up ? Way::up : Way::down;
    packet.on_egress = up;
    packet.shape     = sum_of_shape(*packet.nbl);
    if (up) sum_data(packet);
    ends->starts(packet);
}

void Ndis::welcome_home(const Module& module, NET_BUFFER_LIST* list) {
    if (!module.makes_packets) return;
    for_each(list, [&](NET_BUFFER_LIST* nbl) {
        Packet* const packet = pool.find(nbl);
        if (!packet || packet->maker != module.id) return;
        if (packet->on_egress != (packet->way == Way::up)) return;  // It only comes by.
        ends->is_home(*packet);
    });
}

/// The first of a list is looked at before the list is followed: it may be freed.
std::size_t Ndis::length_of(const NET_BUFFER_LIST* list) {
    const Packet* const first = list ? pool.find(list) : nullptr;
    return first && first->alive ? count(list) : std::size_t{list != nullptr};
}

/// One that is paused turns packets away itself, or NDIS does it for it.
/// Source: filter-module-states-and-operations, "Send and Receive Operations".
bool Ndis::is_handed_packets(const Module& module) {
    if (module.takes_packets()) return true;
    if (module.phase == ModulePhase::attaching)
        return world.flaw == HostFlaw::packets_before_attached;
    return world.kernel.choose("turn-away", 2) == 0;
}

void Ndis::send(NET_BUFFER_LIST* list, ULONG flags, model::ModuleId above) {
    world.kernel.yield("FilterSendNetBufferLists");
    Module* module = next_below(above);
    while (module && !on_ingress(*module))
        module = next_below(module->id);
    if (!module) return ends->take_sent(list, flags);
    if (!is_handed_packets(*module)) {
        bounce(pool, list);
        return send_complete(list, complete_flags_of(flags), module->id);
    }
    hold(list, module->id);
    enter_list(model::Call::FilterSendNetBufferLists, module->id, list, flags);
    Callback call(*this, *module,
                  {.call = model::Call::FilterSendNetBufferLists, .count = in_a_list});
    call_outside(module->handlers.SendNetBufferListsHandler, module->context, list,
                 NDIS_DEFAULT_PORT_NUMBER, flags);
    call.left();
}

void Ndis::send_complete(NET_BUFFER_LIST* list, ULONG flags, model::ModuleId below) {
    world.kernel.yield("FilterSendNetBufferListsComplete");
    Module* module = next_above(below);
    while (module && !on_ingress(*module)) {
        const auto split = split_own(pool, *module, list);
        if (split.own) complete_to(*module, split.own, flags);
        if (!split.rest) return;
        list   = split.rest;
        module = next_above(module->id);
    }
    if (!module) {
        hold(list, model::host_module);
        return ends->take_sent_back(list, flags);
    }
    complete_to(*module, list, flags);
}

void Ndis::complete_to(Module& module, NET_BUFFER_LIST* list, ULONG flags) {
    hold(list, module.id);
    enter_list(model::Call::FilterSendNetBufferListsComplete, module.id, list, flags);
    welcome_home(module, list);
    Callback call(*this, module,
                  {.call = model::Call::FilterSendNetBufferListsComplete, .count = in_a_list});
    call_outside(module.handlers.SendNetBufferListsCompleteHandler, module.context, list, flags);
    call.left();
}

void Ndis::indicate(NET_BUFFER_LIST* list, ULONG flags, model::ModuleId below) {
    world.kernel.yield("FilterReceiveNetBufferLists");
    Module* module = next_above(below);
    while (module && !on_egress(*module))
        module = next_above(module->id);
    if (!module) return ends->take_indicated(list, flags);
    if (!is_handed_packets(*module)) return give_back(list, return_flags_of(flags), module->id);
    hold(list, module->id);
    enter_list(model::Call::FilterReceiveNetBufferLists, module->id, list, flags);
    Callback call(*this, *module,
                  {.call = model::Call::FilterReceiveNetBufferLists, .count = in_a_list});
    call_outside(module->handlers.ReceiveNetBufferListsHandler, module->context, list,
                 NDIS_DEFAULT_PORT_NUMBER, static_cast<ULONG>(count(list)), flags);
    call.left();
}

void Ndis::give_back(NET_BUFFER_LIST* list, ULONG flags, model::ModuleId above) {
    world.kernel.yield("FilterReturnNetBufferLists");
    Module* module = next_below(above);
    while (module && !on_egress(*module)) {
        const auto split = split_own(pool, *module, list);
        if (split.own) return_to(*module, split.own, flags);
        if (!split.rest) return;
        list   = split.rest;
        module = next_below(module->id);
    }
    if (!module) return ends->take_returned(list, flags);
    return_to(*module, list, flags);
}

void Ndis::return_to(Module& module, NET_BUFFER_LIST* list, ULONG flags) {
    hold(list, module.id);
    enter_list(model::Call::FilterReturnNetBufferLists, module.id, list, flags);
    welcome_home(module, list);
    Callback call(*this, module,
                  {.call = model::Call::FilterReturnNetBufferLists, .count = in_a_list});
    call_outside(module.handlers.ReturnNetBufferListsHandler, module.context, list, flags);
    call.left();
}

void Ndis::cancel_send(void* id, model::ModuleId above) {
    const auto is_told = [](const Module& module) {
        return module.handlers.CancelSendNetBufferListsHandler && on_ingress(module) &&
               module.phase != ModulePhase::attaching;
    };
    Module* module = next_below(above);
    while (module && !is_told(*module))
        module = next_below(module->id);
    if (!module) return;  // What the miniport edge has is not queued there.
    Callback call(*this, *module, {.call = model::Call::FilterCancelSendNetBufferLists});
    call_outside(module->handlers.CancelSendNetBufferListsHandler, module->context, id);
    call.left();
}

void Ndis::list_from(Module& module, NET_BUFFER_LIST* list, ULONG flags, const Handover& handover) {
    Ddi               ddi(module, {.call = handover.call, .count = in_a_list}, dispatch_level);
    const std::size_t said =
        handover.said == Handover::as_long_as_it_is ? length_of(list) : handover.said;
    enter_list({.call   = handover.call,
                .module = module.id,
                .count  = static_cast<std::uint16_t>(said),
                .flags  = flags},
               list);
    NET_BUFFER_LIST* const taken = take_from(module, list, handover);
    if (taken) (this->*handover.onward)(taken, flags, module.id);
    pool.sum_up();
    ddi.left();
}

}  // namespace interlock::harness
