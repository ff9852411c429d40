// What extensions do with the chunks of a save or restore, and what the switch owes them.

#include "model/rules/completion.hpp"
#include "model/rules/left_open.hpp"

namespace interlock::model {
namespace {

constexpr std::string_view data_page = "managing-hyper-v-extensible-switch-run-time-data";

/// A save state ends a little before its data, which may be aligned.
constexpr std::uint32_t alignment = 8;

std::uint32_t room_in(std::uint32_t detail) {
    return (detail >> buffer::offset_shift) + (detail & buffer::size_mask);
}

struct SaveEnds {
    static constexpr Rule rule{
        .id      = "SAVE-03",
        .title   = "Save completes",
        .obliged = Obliged::host,
        .kind    = RuleKind::obligation,
        .says =
            "Once all extensions were asked for what they save of an adapter, "
            "OID_SWITCH_NIC_SAVE_COMPLETE follows.",
        .page    = data_page,
        .heading = "Saving Hyper-V Extensible Switch Run-Time Data",
    };
    static constexpr std::array watches{Watch{Call::ProtocolEdgeOidRequest, Phase::enter},
                                        Watch{Call::EndOfRun, Phase::enter}};
    static constexpr std::array about{oid::nic_save_complete};

    static void check(Sight& sight) {
        if (sight.event.oid == oid::nic_save_complete) return sight.held();
        if (!switch_could_go_on(sight)) return;
        for (const Index index : sight.ledger.nics_open) {
            const Nic& nic = sight.ledger.nics[index];
            if (nic.save != SaveState::asked_all || nic.adopted) continue;
            sight.broken(Party::host, host_module, "never completed a save that it had begun",
                         {.port = nic.port, .nic = nic.index, .has_nic = true}, nic.oid_since);
        }
    }
};

struct ClaimedChunk {
    static constexpr Rule rule{
        .id    = "SAVE-04",
        .title = "Claiming a chunk",
        .says =
            "An extension that saves something names itself, stays within the room that it was "
            "given and changes neither the target nor the place of the data.",
        .page    = data_page,
        .heading = "Handling the OID_SWITCH_NIC_SAVE Request",
    };
    static constexpr auto       watches = completions;
    static constexpr std::array about{oid::nic_save};

    static void check(Sight& sight) {
        const auto done = completion(sight);
        if (!done || !done->local || done->request.oid != oid::nic_save) return;
        if (done->status != status::success || done->request.detail == 0) return;
        const std::uint32_t flags = sight.event.flags;
        if ((flags & buffer::named) == 0)
            return sight.extension_broke("saved something without naming itself",
                                         done->request.handed);
        if ((flags & buffer::moved) != 0)
            return sight.extension_broke("changed what a save is for, or where its data is",
                                         done->request.handed);
        const std::uint32_t given = done->request.detail & buffer::size_mask;
        if ((sight.event.detail & buffer::size_mask) > given)
            return sight.extension_broke("saved more than it had room for", done->request.handed);
        sight.held();
    }
};

struct TooLittleRoom {
    static constexpr Rule rule{
        .id      = "SAVE-05",
        .title   = "Too little room for a chunk",
        .obliged = Obliged::both,
        .says =
            "Who needs more room to save says how much, and the switch asks again with as much "
            "before it does anything else with that save.",
        .page    = data_page,
        .heading = "Handling the OID_SWITCH_NIC_SAVE Request",
    };
    static constexpr std::array watches{Watch{Call::ProtocolEdgeOidRequest, Phase::enter},
                                        Watch{Call::NdisFOidRequestComplete, Phase::enter},
                                        Watch{Call::FilterOidRequest, Phase::leave}};

    static void check(Sight& sight) {
        if (sight.event.call == Call::ProtocolEdgeOidRequest) return asked_again(sight);
        const auto done = completion(sight);
        if (!done || !done->local || done->request.oid != oid::nic_save) return;
        if (done->status != status::buffer_too_short || done->request.detail == 0) return;
        if (sight.event.detail + alignment > room_in(done->request.detail)) return sight.held();
        sight.extension_broke("called a buffer too short without asking for more",
                              done->request.handed);
    }

    static void asked_again(Sight& sight) {
        const Nic* nic = sight.focus.nic;
        if (nic == nullptr || nic->save_needs == 0) return;
        if (sight.event.oid == oid::nic_save_complete)
            return sight.host_broke("completed a save that an extension needed more room for",
                                    nic->oid_since);
        if (sight.event.oid != oid::nic_save) return;
        if (room_in(sight.event.detail) + alignment >= nic->save_needs) return sight.held();
        sight.host_broke("gave less room to save than an extension needs", nic->oid_since);
    }
};

struct PassedOnUnchanged {
    static constexpr Rule rule{
        .id      = "SAVE-06",
        .title   = "Nothing to save: forward",
        .says    = "An extension that has nothing more to save passes the request on unchanged.",
        .page    = data_page,
        .heading = "Handling the OID_SWITCH_NIC_SAVE Request",
    };
    static constexpr std::array watches{Watch{Call::NdisFOidRequest, Phase::enter}};
    static constexpr std::array about{oid::nic_save};

    static void check(Sight& sight) {
        const Request* original = passed_request(sight);
        if (original == nullptr || original->oid != oid::nic_save) return;
        if (original->digest == 0 || sight.event.digest == 0) return;
        if (original->digest == sight.event.digest) return sight.held();
        sight.extension_broke("wrote into a save that it passed on", original->handed);
    }
};

/// Whose chunk a restore offers, as far as that is known: an extension named itself in a save.
enum class Owner : std::uint8_t { unknown, itself, another };

Owner owner_of(const Sight& sight, const Request& request) {
    const std::uint32_t named = buffer::number_in(request.flags);
    const std::uint32_t known = sight.focus.module->extension;
    if (named == 0 || known == 0) return Owner::unknown;
    return named == known ? Owner::itself : Owner::another;
}

struct RestoresItsOwn {
    static constexpr Rule rule{
        .id    = "SAVE-10",
        .title = "Restoring own data",
        .says =
            "An extension takes the chunks that bear its own name, completing the request, and "
            "passes on all others.",
        .page    = "oid-switch-nic-restore",
        .heading = "Remarks",
    };
    static constexpr auto       watches = completions;
    static constexpr std::array about{oid::nic_restore};

    static void check(Sight& sight) {
        const auto done = completion(sight);
        if (!done || done->request.oid != oid::nic_restore) return;
        const Owner owner = owner_of(sight, done->request);
        if (owner == Owner::unknown || done->for_want_of_memory()) return;
        const bool taken = done->local && done->status == status::success;
        if (owner == Owner::another && taken)
            return sight.extension_broke("took a chunk that another extension saved",
                                         done->request.handed);
        if (owner == Owner::itself && !done->local)
            return sight.extension_broke("passed on a chunk that it had saved itself",
                                         done->request.handed);
        sight.held();
    }
};

struct FailsOnlyItsOwn {
    static constexpr Rule rule{
        .id       = "SAVE-11",
        .title    = "Failing a restore is a last resort",
        .modality = Modality::must_not,
        .severity = Severity::warning,
        .says     = "An extension fails the restore of a chunk only if it saved that itself.",
        .page     = "oid-switch-nic-restore",
        .heading  = "Return Status Codes",
    };
    static constexpr auto       watches = completions;
    static constexpr std::array about{oid::nic_restore};

    static void check(Sight& sight) {
        const auto done = completion(sight);
        if (!done || done->request.oid != oid::nic_restore) return;
        const Owner owner = owner_of(sight, done->request);
        if (owner == Owner::unknown || done->for_want_of_memory()) return;
        const bool failed = done->local && done->status != status::success;
        if (!failed || owner == Owner::itself) return sight.held();
        sight.extension_broke("failed the restore of a chunk of another extension",
                              done->request.handed);
    }
};

struct QuietBeforeDisconnect {
    static constexpr Rule rule{
        .id       = "SAVE-13",
        .title    = "Quiet before disconnect",
        .obliged  = Obliged::host,
        .modality = Modality::must_not,
        .severity = Severity::warning,
        .says     = "An adapter is not disconnected in the middle of its save or restore.",
        .page     = "hyper-v-extensible-switch-live-migration-support",
        .heading  = "Hyper-V Extensible Switch Live Migration Support",
    };
    static constexpr std::array watches{Watch{Call::ProtocolEdgeOidRequest, Phase::enter}};
    static constexpr std::array about{oid::nic_disconnect};

    static void check(Sight& sight) {
        const Nic* nic = sight.focus.nic;
        if (sight.event.oid != oid::nic_disconnect || nic == nullptr) return;
        if (nic->state != NicState::connected) return;  // NIC-12
        const bool saving = nic->save == SaveState::open || nic->save == SaveState::asked_all;
        if (!saving && nic->restore != RestoreState::open) return sight.held();
        sight.host_broke("disconnected an adapter in the middle of its save or restore",
                         nic->oid_since);
    }
};

using Family = boost::mp11::mp_list<SaveEnds, ClaimedChunk, TooLittleRoom, PassedOnUnchanged,
                                    RestoresItsOwn, FailsOnlyItsOwn, QuietBeforeDisconnect>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> run_time_data_rules() {
    return family;
}

}  // namespace interlock::model
