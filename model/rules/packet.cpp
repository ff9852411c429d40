// NBLs: who owns one, who makes one, and that each comes back exactly once.

#include "model/rules/registry.hpp"
#include "model/sight.hpp"

namespace interlock::model {
namespace {

constexpr std::string_view sending_page   = "sending-data-from-a-filter-driver";
constexpr std::string_view receiving_page = "receiving-data-in-a-filter-driver";

bool in_hands(PacketState state) {
    return state == PacketState::held || state == PacketState::back;
}

struct NoPacketWithoutAdapter {
    static constexpr Rule rule{
        .id       = "PKT-03",
        .title    = "No packet for a connection that is not there",
        .obliged  = Obliged::host,
        .modality = Modality::must_not,
        .says =
            "The switch sends no packet from an adapter before its create has succeeded, "
            "nor after its delete was issued.",
        .page    = "hyper-v-extensible-switch-port-and-network-adapter-states",
        .heading = "Network adapter connection deleted",
        .also    = "NIC-20",
    };
    static constexpr std::array watches{Watch{Call::ProtocolEdgeSend, Phase::enter}};

    static void check(Sight& sight) {
        const Nic* nic = sight.focus.nic;
        if (nic == nullptr) return;
        if (nic->state >= NicState::created && nic->state <= NicState::disconnected) sight.held();
    }
};

/// Carried by NBL-02 and NBL-03, which find what is held: it proves to be this when let go late.
struct LetGoAfterDisconnect {
    static constexpr Rule rule{
        .id    = "PKT-13",
        .title = "Held packets are let go after the disconnect",
        .kind  = RuleKind::obligation,
        .says =
            "An extension lets go of the packets that it holds from or to an adapter when "
            "the adapter is disconnected, because it cannot be deleted before.",
        .page     = "oid-switch-nic-delete",
        .heading  = "Remarks",
        .verifier = "0x9200D 0x9200F 0x92011 0x92012 0x15E/0x30",
    };
    static constexpr std::array watches{Watch{Call::ProtocolEdgeOidRequest, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.oid == oid::nic_delete) sight.held();
    }
};

/// Whether an adapter waits for the packet to go on, and the module knows.
bool is_waited_for(const Ledger& ledger, const Packet& packet, ModuleId module) {
    const auto going = [&](Index nic) {
        if (nic == no_index) return false;
        const NicView view = ledger.nics[nic].view[module];
        return view == NicView::disconnect_delivered || view == NicView::disconnect_handled;
    };
    if (going(packet.source)) return true;
    for (Index index = packet.commits; index != no_index; index = ledger.commits[index].next)
        if (going(ledger.commits[index].nic)) return true;
    return false;
}

/// Whether the module has something of its own under way, which it may be waiting for.
bool has_own_under_way(const Ledger& ledger, ModuleId module) {
    for (const Index index : ledger.packets_open)
        for (const Path path : paths)
            if (ledger.packets[index].token(path, module).state == PacketState::own_passed)
                return true;
    return false;
}

class Lost {
public:
    Lost(Sight& shown, Path on) : sight(shown), path(on) {}

    void judge() {
        if (sight.event.call == Call::FilterDetach) return at_detach();
        if (sight.still() == Still::no) return;
        for (const Index index : sight.ledger.packets_open)
            for (ModuleId module = 0; module < modules_max; ++module)
                ask(sight.ledger.packets[index], module);
    }

private:
    /// To hold a packet while the module runs and nobody waits for it is an extension's right.
    void ask(const Packet& packet, ModuleId module) {
        const Token& token = packet.token(path, module);
        if (!in_hands(token.state) || packet.tainted) return;
        const bool pausing = sight.ledger.modules[module].state == FilterState::pausing;
        if (!pausing && !is_waited_for(sight.ledger, packet, module)) return;
        if (sight.ledger.delivering(module, token.since)) return;  // RUN-04
        if (has_own_under_way(sight.ledger, module))
            return sight.undecided("a packet is held while its holder's own is under way");
        if (name(packet, module) && !pausing) sight.await(matter(), module, packet.id);
    }

    void at_detach() {
        for (const Index index : sight.ledger.packets_open) {
            const Packet& packet = sight.ledger.packets[index];
            const bool    here   = in_hands(packet.token(path, sight.event.module).state);
            if (here && !packet.tainted) name(packet, sight.event.module);
        }
    }

    bool name(const Packet& packet, ModuleId module) {
        if (!sight.name_once(matter(), module, packet.id)) return false;
        const Token& token = packet.token(path, module);
        const bool   back  = token.state == PacketState::back;
        Subject      subject{.port = packet.port, .object = packet.id};
        if (packet.source != no_index) {
            subject.nic     = sight.ledger.nics[packet.source].index;
            subject.has_nic = true;
        }
        sight.broken(Party::extension, module,
                     back ? "never finished a packet that was given back to it"
                          : "never passed on or finished a packet that was handed to it",
                     subject, token.since);
        return true;
    }

    Matter matter() const {
        return path == Path::ingress ? Matter::ingress_token : Matter::egress_token;
    }

    Sight&     sight;
    const Path path;
};

struct SendsFinished {
    static constexpr Rule rule{
        .id    = "NBL-02",
        .title = "Each packet on its way down is finished exactly once",
        .kind  = RuleKind::obligation,
        .says =
            "What was handed to an extension to send is finished by it once: without "
            "passing it on, or after it was passed on and given back.",
        .page     = sending_page,
        .heading  = "Filtering Send Requests",
        .verifier = "0x92011 0x7C/0x27",
        .also     = "NBL-05 NBL-09 NBL-20",
    };
    static constexpr std::array watches{Watch{Call::Quiescent, Phase::enter},
                                        Watch{Call::EndOfRun, Phase::enter},
                                        Watch{Call::FilterDetach, Phase::leave},
                                        Watch{Call::NdisFSendNetBufferListsComplete, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.call != Call::NdisFSendNetBufferListsComplete)
            return Lost(sight, Path::ingress).judge();
        const Packet* packet = sight.focus.packet;
        if (packet != nullptr && in_hands(packet->token(Path::ingress, sight.event.module).state))
            sight.held();
    }
};

struct ReceivesReturned {
    static constexpr Rule rule{
        .id    = "NBL-03",
        .title = "Each packet on its way up is returned exactly once",
        .kind  = RuleKind::obligation,
        .says =
            "What was indicated to an extension is returned by it once: without passing it "
            "on, or after it was passed on and given back.",
        .page     = receiving_page,
        .heading  = "Filtering Receive Indications",
        .verifier = "0x92012 0x7C/0x27",
        .also     = "NBL-05 NBL-09 PKT-27",
    };
    static constexpr std::array watches{Watch{Call::Quiescent, Phase::enter},
                                        Watch{Call::EndOfRun, Phase::enter},
                                        Watch{Call::FilterDetach, Phase::leave},
                                        Watch{Call::NdisFReturnNetBufferLists, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.call != Call::NdisFReturnNetBufferLists)
            return Lost(sight, Path::egress).judge();
        const Packet* packet = sight.focus.packet;
        if (packet != nullptr && in_hands(packet->token(Path::egress, sight.event.module).state))
            sight.held();
    }
};

struct OnlyTheOwner {
    static constexpr Rule rule{
        .id      = "NBL-01",
        .title   = "Only the owner moves or frees a packet",
        .obliged = Obliged::both,
        .says =
            "A packet is passed on, given back, finished or freed only by whoever owns it: "
            "it changes hands when one of these calls is entered.",
        .page    = sending_page,
        .heading = "Send Requests Initiated by a Filter Driver",
        .also    = "NBL-07 OIDF-04",
    };
    static constexpr std::array watches{Watch{Call::NdisFreeNetBufferList, Phase::enter}};

    static void check(Sight& sight) {
        const Packet* packet = sight.focus.packet;
        if (packet == nullptr || packet->tainted) return;
        if (packet->origin != sight.event.module)
            return packet->known ? sight.extension_broke("freed a packet that is not its own", 0)
                                 : void();
        for (const Path path : paths)
            for (const Token& token : packet->tokens[static_cast<std::size_t>(path)])
                if (token.state == PacketState::own_passed || in_hands(token.state) ||
                    token.state == PacketState::passed)
                    return sight.extension_broke("freed a packet of its own that was under way",
                                                 token.since);
        sight.held();
    }
};

struct RightVerb {
    static constexpr Rule rule{
        .id    = "NBL-04",
        .title = "Right verb for the right path",
        .says =
            "What came down is finished with NdisFSendNetBufferListsComplete, what came up "
            "with NdisFReturnNetBufferLists.",
        .page    = "packet-flow-through-the-extensible-switch-data-path",
        .heading = "Egress data path",
    };
    static constexpr std::array watches{Watch{Call::NdisFSendNetBufferListsComplete, Phase::enter},
                                        Watch{Call::NdisFReturnNetBufferLists, Phase::enter}};

    static void check(Sight& sight) {
        const Packet* packet = sight.focus.packet;
        if (packet == nullptr || packet->tainted) return;
        const bool   down  = sight.event.call == Call::NdisFSendNetBufferListsComplete;
        const Token& taken = packet->token(down ? Path::ingress : Path::egress, sight.event.module);
        const Token& other = packet->token(down ? Path::egress : Path::ingress, sight.event.module);
        if (taken.state != PacketState::away || !in_hands(other.state)) return sight.held();
        sight.extension_broke(down ? "completed as a send a packet that was indicated to it"
                                   : "returned as a receive a packet that it was to send",
                              other.since);
    }
};

struct ReturnBeforeCompletion {
    static constexpr Rule rule{
        .id      = "NBL-06",
        .title   = "The way up ends before the way down is completed",
        .obliged = Obliged::host,
        .says =
            "The switch completes the send of a packet only after it has come back from its "
            "way up.",
        .page    = "packet-flow-through-the-extensible-switch-data-path",
        .heading = "Egress data path",
    };
    static constexpr std::array watches{Watch{Call::MiniportEdgeSendComplete, Phase::enter}};

    static void check(Sight& sight) {
        const Packet* packet = sight.focus.packet;
        if (packet == nullptr || packet->tainted) return;
        if (!packet->indicated) return sight.held();
        sight.host_broke("completed the send of a packet that is still on its way up", 0);
    }
};

struct OwnNotFinished {
    static constexpr Rule rule{
        .id       = "NBL-08",
        .title    = "Own packets are not finished as somebody else's",
        .modality = Modality::must_not,
        .says =
            "When a packet of its own comes back, an extension frees it or uses it again; "
            "it does not complete or return it.",
        .page    = sending_page,
        .heading = "Send Requests Initiated by a Filter Driver",
    };
};

struct PassCompletionsOn {
    static constexpr Rule rule{
        .id      = "NBL-09",
        .title   = "Completions are passed on",
        .says    = "A packet that was given back is finished; it is not passed on a second time.",
        .page    = "nc-ndis-filter_send_net_buffer_lists_complete",
        .heading = "Remarks",
    };
};

struct CountsAreTrue {
    static constexpr Rule rule{
        .id      = "NBL-27",
        .title   = "Counts passed to NDIS are true",
        .says    = "The number of packets that is given with a list is the length of the list.",
        .page    = "nf-ndis-ndisfindicatereceivenetbufferlists",
        .heading = "Parameters",
    };
    static constexpr std::array watches{
        Watch{Call::NdisFIndicateReceiveNetBufferLists, Phase::leave},
        Watch{Call::ReportFilteredNetBufferLists, Phase::leave}};

    static void check(Sight& sight) {
        const Frame* frame = sight.focus.frame;
        if (frame == nullptr) return;
        if (frame->count == frame->seen) return sight.held();
        sight.broken(Party::extension, sight.event.module,
                     "gave a number of packets that is not the length of the list",
                     {.port = frame->port, .object = frame->object}, frame->first);
    }
};

using Family =
    boost::mp11::mp_list<NoPacketWithoutAdapter, LetGoAfterDisconnect, OnlyTheOwner, SendsFinished,
                         ReceivesReturned, RightVerb, ReturnBeforeCompletion, OwnNotFinished,
                         PassCompletionsOn, CountsAreTrue>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> packet_rules() {
    return family;
}

}  // namespace interlock::model
