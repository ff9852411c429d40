// Packets that an extension drops, turns away or excludes: that it says so, and how.

#include "model/rules/handing.hpp"

namespace interlock::model {
namespace {

constexpr std::string_view report_page = "nc-ndis-ndis_switch_report_filtered_net_buffer_lists";

bool was_reported(const Sight& sight, const Packet& packet) {
    return (packet.reported >> sight.event.module & 1U) != 0;
}

/// A send that was cancelled is completed with the one, as its page says; some use the other.
bool is_cancelled(Status status) {
    return status == status::send_aborted || status == status::request_aborted;
}

struct DropsReported {
    static constexpr Rule rule{
        .id       = "NBL-13",
        .title    = "Drops and exclusions are reported",
        .severity = Severity::warning,
        .says =
            "Who drops a packet or excludes a destination calls ReportFilteredNetBufferLists "
            "before it lets go of the packet.",
        .page    = report_page,
        .heading = "Remarks",
    };
    static constexpr auto watches = handings;

    static void check(Sight& sight) {
        const bool passes = sight.event.call == Call::NdisFSendNetBufferLists ||
                            sight.event.call == Call::NdisFIndicateReceiveNetBufferLists;
        if (passes && (sight.event.detail & mark::excluded) == 0) return;
        const auto handed = handing(sight);
        if (!handed || sight.focus.module->kind == ExtensionClass::capturing) return;  // NBL-14
        if (!(handed->onward ? excludes(*handed) : drops(sight, *handed))) return;
        if (was_reported(sight, handed->packet)) return sight.held();
        sight.extension_broke(handed->onward ? "excluded a destination without reporting it"
                                             : "dropped a packet without reporting it",
                              handed->token.since);
    }

    static bool excludes(const Handing& handed) {
        return handed.path == Path::egress && (handed.gained & mark::excluded) != 0;
    }

    /// What is turned away or cancelled is no drop, and whoever makes packets may have copied it.
    static bool drops(const Sight& sight, const Handing& handed) {
        const Module& module = *sight.focus.module;
        if (module.state != FilterState::running || module.makes_packets) return false;
        if (handed.token.state != PacketState::held) return false;
        if (handed.token.entered != FilterState::running) return false;
        if (module.changed > handed.token.since) return false;  // It was paused in between.
        return sight.event.status != status::paused && !is_cancelled(sight.event.status);
    }
};

struct TurnedAwayAsPaused {
    static constexpr Rule rule{
        .id       = "NBL-24",
        .title    = "What is turned away says why",
        .modality = Modality::should,
        .severity = Severity::warning,
        .says =
            "A packet that is turned away because the module is pausing or stopped is completed "
            "with NDIS_STATUS_PAUSED.",
        .page    = "pausing-a-filter-module",
        .heading = "Pausing a Filter Module",
    };
    static constexpr std::array watches{Watch{Call::NdisFSendNetBufferListsComplete, Phase::enter}};

    static void check(Sight& sight) {
        const auto handed = handing(sight);
        if (!handed || handed->token.state != PacketState::held) return;
        const FilterState entered = handed->token.entered;
        if (entered != FilterState::pausing && entered != FilterState::paused &&
            entered != FilterState::restarting)
            return;
        // Since it runs again, what it did not pass on it dropped for a reason of its own. So it
        // did where it reported that: FilterPause may have been called and not have come to act.
        if (sight.focus.module->state == FilterState::running) return;
        if (was_reported(sight, handed->packet)) return;
        if (sight.event.status == status::paused || is_cancelled(sight.event.status))
            return sight.held();
        sight.extension_broke("turned a packet away without NDIS_STATUS_PAUSED",
                              handed->token.since);
    }
};

struct CancelsPassedOn {
    static constexpr Rule rule{
        .id       = "NBL-23",
        .title    = "A cancelled send is passed on as such",
        .modality = Modality::should,
        .severity = Severity::warning,
        .says =
            "FilterCancelSendNetBufferLists hands the cancellation on with "
            "NdisFCancelSendNetBufferLists.",
        .page    = "canceling-a-send-request-in-a-filter-driver",
        .heading = "Canceling Send Requests Originated by Overlying Drivers",
    };
    static constexpr std::array watches{Watch{Call::FilterCancelSendNetBufferLists, Phase::leave}};

    static void check(Sight& sight) {
        if (sight.focus.frame->told_on) return sight.held();
        sight.extension_broke("did not hand on a cancelled send", sight.focus.frame->first);
    }
};

struct ReportSaysWhere {
    static constexpr Rule rule{
        .id       = "FWD-13",
        .title    = "A report names the right port",
        .severity = Severity::warning,
        .says =
            "ReportFilteredNetBufferLists names the source port of its packets if it says that "
            "they came in, and otherwise a port that they were to go to.",
        .page     = report_page,
        .heading  = "Remarks",
        .verifier = "0xC4/0xA00B",
    };
    static constexpr std::array watches{Watch{Call::ReportFilteredNetBufferLists, Phase::enter}};

    static void check(Sight& sight) {
        const Packet* packet = sight.focus.packet;
        const Event&  event  = sight.event;
        if (packet == nullptr || event.other_port == default_port || packet->port == default_port)
            return;
        if ((event.flags & flag::report_is_incoming) != 0) {
            if (event.other_port == packet->port) return sight.held();
            return sight.extension_broke("reported as the source a port that is not", 0);
        }
        // On its way down it may be kept from a port that it was never given; and what the switch
        // chose itself is not known.
        const PacketState up = packet->token(Path::egress, event.module).state;
        if (packet->commits == no_index || packet->vague || !is_in_hands(up)) return;
        if (goes_to(sight.ledger, *packet, event.other_port)) return sight.held();
        sight.extension_broke("reported as a destination a port that is none", 0);
    }

    static bool goes_to(const Ledger& ledger, const Packet& packet, PortId port) {
        for (Index index = packet.commits; index != no_index; index = ledger.commits[index].next)
            if (ledger.nics[ledger.commits[index].nic].port == port) return true;
        return false;
    }
};

using Family =
    boost::mp11::mp_list<DropsReported, TurnedAwayAsPaused, CancelsPassedOn, ReportSaysWhere>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> drop_rules() {
    return family;
}

}  // namespace interlock::model
