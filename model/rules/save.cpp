// Saving and restoring what extensions know of a guest's adapter.

#include "model/rules/registry.hpp"
#include "model/sight.hpp"

namespace interlock::model {
namespace {

struct SaveConnected {
    static constexpr Rule rule{
        .id      = "SAVE-01",
        .title   = "When and for what a save runs",
        .obliged = Obliged::host,
        .says    = "A save is for the connected network adapter of a guest, and its index is 0.",
        .page    = "managing-hyper-v-extensible-switch-run-time-data",
        .heading = "Saving Hyper-V Extensible Switch Run-Time Data",
    };
};

struct SaveSession {
    static constexpr Rule rule{
        .id      = "SAVE-02",
        .title   = "Save session shape",
        .obliged = Obliged::host,
        .says =
            "The saves of one adapter end with one OID_SWITCH_NIC_SAVE_COMPLETE, and no new "
            "save of that adapter begins before it.",
        .page    = "hyper-v-extensible-switch-save-operations",
        .heading = "OID_SWITCH_NIC_SAVE_COMPLETE",
    };
    static constexpr std::array watches{Watch{Call::ProtocolEdgeOidRequest, Phase::enter}};
    static constexpr std::array about{oid::nic_save, oid::nic_save_complete};

    static void check(Sight& sight) {
        const Nic* nic = sight.focus.nic;
        if (nic == nullptr && sight.event.oid == oid::nic_save_complete && sight.ledger.facts.whole)
            return sight.host_broke("completed a save of an adapter that was never created", 0);
        if (nic == nullptr || nic->adopted) return;
        if (sight.event.oid == oid::nic_save_complete) {
            if (nic->save == Session::idle || !switch_requests(nic->state).save_complete)
                return sight.host_broke("completed a save that it had not begun", nic->changed);
            sight.held();
        }
        if (sight.event.oid == oid::nic_save) {
            if (nic->save == Session::asked_all)
                return sight.host_broke("began a new save before it had completed the last one",
                                        nic->oid_since);
            sight.held();
        }
    }
};

struct RestoreConnected {
    static constexpr Rule rule{
        .id      = "SAVE-09",
        .title   = "When a restore runs",
        .obliged = Obliged::host,
        .says =
            "A restore is for the network adapter of a guest, with index 0; once an "
            "extension failed it, no more of it follows.",
        .page    = "oid-switch-nic-restore",
        .heading = "Remarks",
    };
    static constexpr std::array watches{Watch{Call::ProtocolEdgeOidRequest, Phase::enter}};
    static constexpr std::array about{oid::nic_restore, oid::nic_restore_complete};

    static void check(Sight& sight) {
        const Nic* nic = sight.focus.nic;
        if (sight.event.oid == oid::nic_restore_complete) return completed(sight);
        if (nic == nullptr || sight.event.oid != oid::nic_restore) return;
        if (nic->restore == Session::failed)
            return sight.host_broke("went on with a restore that had failed", nic->oid_since);
        sight.held();
    }

    /// One that began before a connect may end while that is under way.
    static void completed(Sight& sight) {
        const Nic* nic = sight.focus.nic;
        if (nic == nullptr && !sight.ledger.facts.whole) return;
        const bool there = nic != nullptr && switch_requests(nic->state).restore_complete;
        if (there || (nic != nullptr && nic->adopted)) return sight.held();
        sight.host_broke("completed the restore of an adapter that is not there", 0);
    }
};

using Family = boost::mp11::mp_list<SaveConnected, SaveSession, RestoreConnected>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> save_rules() {
    return family;
}

}  // namespace interlock::model
