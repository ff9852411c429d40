// Saving and restoring what extensions know of a guest's adapter.

#include "model/rules/registry.hpp"
#include "model/sight.hpp"

namespace interlock::model {
namespace {

/// @param granted  whether the adapter's state lets that request come.
void completed(Sight& sight, bool SwitchRequests::*granted, std::string_view wrong) {
    const Nic* nic = sight.focus.nic;
    if (nic == nullptr && !sight.ledger.facts.whole) return;
    const bool there = nic != nullptr && switch_requests(nic->state).*granted;
    if (there || (nic != nullptr && nic->adopted)) return sight.held();
    sight.host_broke(wrong, 0);
}

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
    static constexpr std::array about{oid::nic_save_complete};

    static void check(Sight& sight) {
        completed(sight, &SwitchRequests::save_complete,
                  "completed the save of an adapter that is not there");
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
    static constexpr std::array about{oid::nic_restore_complete};

    /// One that began before a connect may end while that is under way.
    static void check(Sight& sight) {
        completed(sight, &SwitchRequests::restore_complete,
                  "completed the restore of an adapter that is not there");
    }
};

using Family = boost::mp11::mp_list<SaveConnected, SaveSession, RestoreConnected>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> save_rules() {
    return family;
}

}  // namespace interlock::model
