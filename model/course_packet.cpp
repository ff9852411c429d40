// How NBLs go down, turn round, and come back; who made them, and what they hold in place.

#include "model/constants.hpp"
#include "model/course.hpp"

namespace interlock::model {
namespace {

bool is_unfinished(PacketState state) {
    return state != PacketState::away;
}

bool holds(PacketState state) {
    return state == PacketState::held || state == PacketState::back;
}

Path opposite(Path path) {
    return path == Path::ingress ? Path::egress : Path::ingress;
}

constexpr ModuleId nobody = 0xFE;  // Made before the trace began.

}  // namespace

void Course::packet_entered() {
    using enum Call;
    switch (event->call) {
        case FilterSendNetBufferLists: return give(Path::ingress);
        case NdisFSendNetBufferLists: return pass(Path::ingress);
        case FilterSendNetBufferListsComplete: return give_back(Path::ingress);
        case NdisFSendNetBufferListsComplete: return finish_packet(Path::ingress);
        case FilterReceiveNetBufferLists: return give(Path::egress);
        case NdisFIndicateReceiveNetBufferLists: return pass(Path::egress);
        case FilterReturnNetBufferLists: return give_back(Path::egress);
        case NdisFReturnNetBufferLists: return finish_packet(Path::egress);
        case ProtocolEdgeSend: return start_at_edge();
        case AddNetBufferListDestination:
        case UpdateNetBufferListDestinations: return note_commit();
        case NdisFCancelSendNetBufferLists: return note_told_on(FilterCancelSendNetBufferLists);
        default:
            if (focus.packet != nullptr) packet_met(*focus.packet);
    }
}

void Course::packet_met(Packet& packet) {
    using enum Call;
    switch (event->call) {
        case ProtocolEdgeSendComplete: packet.at_edge = false; return unpin(packet);
        case MiniportEdgeIndicate: packet.indicated = true; return;
        case MiniportEdgeReturned: packet.indicated = false; return;
        case FreeNetBufferListForwardingContext: return unmake(packet);
        case ReportFilteredNetBufferLists:
            packet.reported = static_cast<std::uint8_t>(packet.reported | 1U << event->module);
            return;
        case NdisFreeNetBufferList:
            if (packet.origin != event->module) return;
            packet.freed = true;
            return unpin(packet);
        default: return;
    }
}

void Course::packet_left() {
    using enum Call;
    const bool ok = event->status == status::success;
    switch (event->call) {
        case NdisAllocateNetBufferList:
        case NdisAllocateCloneNetBufferList: return note_made();
        case AllocateNetBufferListForwardingContext:
            if (ok) note_context();
            return;
        case SetNetBufferListSource:
            if (!ok || focus.packet == nullptr) return;
            focus.packet->sourced = true;
            focus.packet->port    = focus.frame->port;
            focus.packet->source  = ledger.nic_at(focus.frame->port, focus.frame->nic);
            return;
        case AddNetBufferListDestination:
        case UpdateNetBufferListDestinations: return keep_commits(ok);
        case CopyNetBufferListInfo:
            if (ok) copy_info();
            return;
        case SetNetBufferListSwitchContext:
            if (ok && focus.packet != nullptr) note_switch_context(*focus.packet);
            return;
        default: return;
    }
}

/// More than eight types in one extension are not followed.
void Course::note_switch_context(Packet& packet) {
    const std::uint32_t type = focus.frame->flags;
    if (type == 0 || type > 8) return;
    std::uint8_t& set = packet.contexts[event->module];
    const auto    bit = static_cast<std::uint8_t>(1U << (type - 1));
    set               = static_cast<std::uint8_t>(focus.frame->count > 0 ? set | bit : set & ~bit);
}

void Course::note_made() {
    if (event->object == 0 || focus.packet != nullptr) return;
    Packet& packet     = ledger.packets[packet_here()];
    packet.origin      = event->module;
    packet.parent      = event->parent;
    packet.shares_data = event->call == Call::NdisAllocateCloneNetBufferList;

    ledger.modules[event->module].makes_packets = true;
    const Index parent = ledger.packets.find(event->parent);
    if (parent != no_index) ledger.packets[parent].cloned = true;
}

/// The making of the NBL itself may not have been told of.
void Course::note_context() {
    const ObjectId id = focus.frame->object;
    if (id == 0) return;
    Index index = ledger.packets.find(id);
    if (index == no_index) {
        index                        = ledger.packets.add(id);
        ledger.packets[index].id     = id;
        ledger.packets[index].origin = event->module;
        ledger.packets[index].known  = ledger.facts.whole;

        ledger.modules[event->module].makes_packets = true;
    }
    make(ledger.packets[index]);
}

Index Course::packet_here() {
    Index index = ledger.packets.find(event->object);
    if (index != no_index) return index;
    index                    = ledger.packets.add(event->object);
    ledger.packets[index].id = event->object;
    return index;
}

/// A packet that nobody told of: the trace began after it, or it is the switch's own copy.
Packet& Course::adopt(PacketEvent what) {
    Packet& packet = ledger.packets[packet_here()];
    packet.origin  = what == PacketEvent::delivered ? host_module : nobody;
    packet.known   = false;
    packet.native  = (event->detail & flag::native_forwarding_required) != 0;
    packet.port    = event->port;
    packet.source  = ledger.nic_at(event->port, event->nic);
    if (ledger.facts.whole) return packet;
    packet.tainted = true;  // Nobody knows who made it or where it has been.
    findings.undecided(at, "a packet was on its way before the trace began");
    return packet;
}

void Course::start_at_edge() {
    Packet& packet = ledger.packets[packet_here()];
    packet.at_edge = true;
    packet.port    = event->port;
    packet.native  = (event->detail & flag::native_forwarding_required) != 0;
    packet.source = event->port == default_port ? no_index : ledger.nic_at(event->port, event->nic);
    if (event->port == default_port) return;
    if (packet.source == no_index) {
        if (!ledger.facts.whole) return;
        NicState never = NicState::absent;
        advance(machines.nic, never, NicEvent::host_packet, 0, Voice::aloud);
        return;
    }
    // What enters while the disconnect is on its way may have been underway before it.
    const NicState state = ledger.nics[packet.source].state;
    if (state != NicState::disconnecting)
        move_nic(packet.source, NicEvent::host_packet, Voice::aloud);
    pin_source(packet);
}

void Course::keep_token(Packet& packet, PacketState before, PacketState after) {
    if (is_unfinished(before) == is_unfinished(after)) return;
    const Index index = ledger.packets.find(packet.id);
    if (is_unfinished(after)) {
        if (packet.tokens_open++ == 0) put_on(ledger.packets_open, packet, index);
    } else if (--packet.tokens_open == 0) {
        take_off(ledger.packets_open, ledger.packets, index);
    }
}

Token& Course::move_packet(Path path, PacketEvent what) {
    Packet&           packet = focus.packet != nullptr ? *focus.packet : adopt(what);
    Token&            token  = packet.token(path, event->module);
    const PacketState before = token.state;
    if (findings.may_come_late() && holds(before))
        findings.came_late(path == Path::ingress ? Matter::ingress_token : Matter::egress_token,
                           event->module, packet.id, late);

    // NBL-04 tells of what is finished on the wrong path.
    const bool crossed = what == PacketEvent::finished && before == PacketState::away &&
                         holds(packet.token(opposite(path), event->module).state);
    const Voice voice = packet.tainted || crossed ? Voice::silent : Voice::aloud;
    if (!advance(machines.packet, token.state, what, token.since, voice)) packet.tainted = true;
    token.since = at;
    keep_token(packet, before, token.state);
    return token;
}

void Course::give(Path path) {
    if (focus.module == nullptr) return;
    // A module that is paused may be handed packets: it bounces them (FILT-08, FILT-09).
    const FilterState state = focus.module->state;
    if (state != FilterState::paused && state != FilterState::restarting)
        move_module(FilterEvent::send_or_receive);
    Token& token  = move_packet(path, PacketEvent::delivered);
    token.entered = state;
    token.marks   = static_cast<std::uint16_t>(event->detail >> 16);
    if (focus.packet == nullptr) return;
    if (focus.module->late) meet_ends_of(*focus.packet);
    const auto others      = static_cast<std::uint8_t>(~(1U << event->module));
    focus.packet->reported = static_cast<std::uint8_t>(focus.packet->reported & others);
}

/// A packet tells an extension that came late of its source and its destinations.
void Course::meet_ends_of(const Packet& packet) {
    get_to_know(no_index, packet.source);
    for (Index commit = packet.commits; commit != no_index; commit = ledger.commits[commit].next)
        get_to_know(no_index, ledger.commits[commit].nic);
}

void Course::pass(Path path) {
    if (event->module >= modules_max) return;
    if (focus.packet != nullptr && focus.packet->origin == event->module) {
        Packet& own   = *focus.packet;
        Token&  here  = own.token(path, event->module);
        Token&  there = own.token(opposite(path), event->module);
        if (here.state == PacketState::away && there.state == PacketState::made)
            std::swap(here, there);  // It was made for this path.
        if (here.state == PacketState::away && !own.context) {
            here.state = PacketState::made;  // FWD-02 told of it.
            keep_token(own, PacketState::away, PacketState::made);
        }
        pin_source(own);
        own.sent = at;
    }
    move_packet(path, PacketEvent::passed);
}

void Course::give_back(Path path) {
    if (event->module >= modules_max) return;
    move_packet(path, PacketEvent::given_back);
    if (focus.packet != nullptr && focus.packet->origin == event->module &&
        focus.packet->token(path, event->module).state == PacketState::own_back)
        unpin(*focus.packet);
}

void Course::finish_packet(Path path) {
    if (event->module < modules_max) move_packet(path, PacketEvent::finished);
}

void Course::make(Packet& packet) {
    if (packet.origin != event->module) return;  // FWD-03 told of it.
    focus.packet   = &packet;
    packet.context = true;
    packet.tainted = false;
    move_packet(Path::ingress, PacketEvent::made);
}

void Course::unmake(Packet& packet) {
    if (packet.origin != event->module) return;  // FWD-03 told of it.
    const Path path = packet.token(Path::egress, event->module).state == PacketState::own_back
                          ? Path::egress
                          : Path::ingress;
    move_packet(path, PacketEvent::unmade);
    packet.context  = false;
    packet.contexts = {};
    unpin(packet);
}

Index Course::new_commit(const Commit& commit) {
    Index index = ledger.commits_free;
    if (index != no_index) {
        ledger.commits_free = ledger.commits[index].next;
    } else {
        index = static_cast<Index>(ledger.commits.size());
        ledger.commits.emplace_back();
    }
    ledger.commits[index] = commit;
    return index;
}

void Course::note_commit() {
    if (event->call == Call::UpdateNetBufferListDestinations && event->count == 0) return;
    Frame& frame = focus.task->frames.back();
    if (focus.other == nullptr) {  // PKT-01 told of it, if it is known not to be there.
        if (focus.packet != nullptr) focus.packet->vague = !ledger.facts.whole;
        return;
    }
    frame.commits = new_commit({.nic    = ledger.nic_at(event->other_port, event->other_nic),
                                .next   = frame.commits,
                                .at     = at,
                                .module = event->module});
}

void Course::keep_commits(bool succeeded) {
    Index index = focus.frame->commits;
    while (index != no_index) {
        const Index next   = ledger.commits[index].next;
        Commit&     commit = ledger.commits[index];
        if (succeeded && focus.packet != nullptr) {
            commit.next           = focus.packet->commits;
            focus.packet->commits = index;
            Nic& nic              = ledger.nics[commit.nic];
            ++nic.pins;
            nic.pinned = commit.at;
        } else {
            commit.next         = ledger.commits_free;
            ledger.commits_free = index;
        }
        index = next;
    }
}

/// A clone takes over the source, and if asked to the destinations, of what it was cloned from.
void Course::copy_info() {
    const Index target = ledger.packets.find(focus.frame->object);
    const Index source = ledger.packets.find(focus.frame->parent);
    if (target == no_index || source == no_index || target == source) return;
    Packet&       copy     = ledger.packets[target];
    const Packet& original = ledger.packets[source];
    copy.port              = original.port;
    copy.source            = original.source;
    copy.native            = original.native;
    copy.copied            = true;
    copy.sourced           = false;
    copy.preserved         = (focus.frame->flags & flag::copy_preserve_destinations) != 0;
    if (copy.parent == 0) copy.parent = original.id;
    if (!copy.preserved) return;
    copy.vague = original.vague;
    for (Index index = original.commits; index != no_index; index = ledger.commits[index].next) {
        Commit commit = ledger.commits[index];
        commit.next   = copy.commits;
        copy.commits  = new_commit(commit);
        ++ledger.nics[commit.nic].pins;
        ledger.nics[commit.nic].pinned = at;
    }
}

void Course::pin_source(Packet& packet) {
    if (packet.pinned != no_index || packet.source == no_index) return;
    packet.pinned = packet.source;
    ++ledger.nics[packet.source].pins;
    ledger.nics[packet.source].pinned = at;
}

/// The packet's way is over: nothing is kept in place for it any more.
void Course::unpin(Packet& packet) {
    if (packet.pinned != no_index) --ledger.nics[packet.pinned].pins;
    packet.pinned = no_index;
    while (packet.commits != no_index) {
        const Index index  = packet.commits;
        Commit&     commit = ledger.commits[index];
        packet.commits     = commit.next;
        --ledger.nics[commit.nic].pins;
        commit.next         = ledger.commits_free;
        ledger.commits_free = index;
    }
}

}  // namespace interlock::model
