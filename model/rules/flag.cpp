// Flags that tell the truth, and IRQL.

#include "model/rules/registry.hpp"
#include "model/rules/within.hpp"
#include "model/sight.hpp"

namespace interlock::model {
namespace {

constexpr std::array lists{Watch{Call::FilterSendNetBufferLists, Phase::enter},
                           Watch{Call::NdisFSendNetBufferLists, Phase::enter},
                           Watch{Call::FilterSendNetBufferListsComplete, Phase::enter},
                           Watch{Call::NdisFSendNetBufferListsComplete, Phase::enter},
                           Watch{Call::FilterReceiveNetBufferLists, Phase::enter},
                           Watch{Call::NdisFIndicateReceiveNetBufferLists, Phase::enter},
                           Watch{Call::FilterReturnNetBufferLists, Phase::enter},
                           Watch{Call::NdisFReturnNetBufferLists, Phase::enter}};

void broke(Sight& sight, std::string_view what, Place since) {
    if (caller_of(sight.event.call) == Party::host) {
        sight.host_broke(what, since);
    } else {
        sight.extension_broke(what, since);
    }
}

std::uint32_t single_source(Call call) {
    switch (call) {
        case Call::FilterSendNetBufferLists:
        case Call::NdisFSendNetBufferLists:
            return flag::send_single_source;
        case Call::FilterReceiveNetBufferLists:
        case Call::NdisFIndicateReceiveNetBufferLists:
            return flag::receive_single_source;
        case Call::FilterReturnNetBufferLists:
        case Call::NdisFReturnNetBufferLists:
            return flag::return_single_source;
        default:
            return flag::complete_single_source;
    }
}

struct SingleSource {
    static constexpr Rule rule{
        .id       = "FLAG-01",
        .title    = "SINGLE_SOURCE must be true",
        .obliged  = Obliged::both,
        .modality = Modality::must_not,
        .says =
            "The flag for a single source is set only if all packets of the list come from "
            "the same port.",
        .page     = "hyper-v-extensible-switch-send-and-receive-flags",
        .heading  = "NDIS_SEND_FLAGS_SWITCH_SINGLE_SOURCE",
        .verifier = "0xC4/0xA00C",
    };
    static constexpr auto watches = lists;

    static void check(Sight& sight) {
        const Event& event = sight.event;
        if (event.place == 0 || (event.flags & single_source(event.call)) == 0) return;
        const auto& frames = sight.focus.task->frames;
        if (frames.empty() || frames.back().call != event.call ||
            frames.back().module != event.module)
            return;
        if (frames.back().port == event.port) return sight.held();
        broke(sight, "set the flag for a single source on a list from several ports",
              frames.back().first);
    }
};

struct DispatchLevelFlag {
    static constexpr Rule rule{
        .id       = "FLAG-06",
        .title    = "DISPATCH_LEVEL flags tell the truth",
        .obliged  = Obliged::both,
        .modality = Modality::must_not,
        .says     = "The flag for DISPATCH_LEVEL is set only by a caller that runs at it.",
        .page     = "dispatch-irql-tracking",
        .heading  = "Dispatch IRQL Tracking",
    };
    static constexpr auto watches = lists;

    static void check(Sight& sight) {
        if (sight.event.place > 0 || (sight.event.flags & flag::dispatch_level) == 0) return;
        if (sight.event.irql >= irql::dispatch) return sight.held();
        broke(sight, "set the flag for DISPATCH_LEVEL below it", 0);
    }
};

struct CallIrql {
    static constexpr Rule rule{
        .id    = "IRQL-02",
        .title = "Calls at their IRQL",
        .says =
            "Some calls are made at PASSIVE_LEVEL only, the others at DISPATCH_LEVEL at "
            "most.",
        .page    = "ndis-irql-filter-driver-function",
        .heading = "Irql_Filter_Driver_Function rule (ndis)",
        .verifier =
            "Irql_Filter_Driver_Function Irql_Miscellaneous_Function "
            "Irql_NetBuffer_Function Irql_OID_Function Irql_SendRcv_Function "
            "Irql_StatusIndication_Function Irql_Synch_Function Irql_Timer_Function "
            "PeriodicTimer",
    };
    static constexpr std::array watches{Watch{Call::NdisFRegisterFilterDriver, Phase::enter},
                                        Watch{Call::NdisFDeregisterFilterDriver, Phase::enter},
                                        Watch{Call::NdisFSetAttributes, Phase::enter},
                                        Watch{Call::NdisFRestartComplete, Phase::enter},
                                        Watch{Call::NdisFNetPnPEvent, Phase::enter},
                                        Watch{Call::Misused, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.call == Call::Misused) {
            if (sight.event.detail == static_cast<std::uint32_t>(Misuse::irql_too_high))
                sight.extension_broke("made a call above the IRQL that it is for",
                                      callback_of(sight));
            return;
        }
        if (sight.event.irql == irql::passive) return sight.held();
        if (sight.focus.task->misuse_told) return;
        sight.extension_broke("made a call above PASSIVE_LEVEL that is for it only",
                              callback_of(sight));
    }
};

struct NoWaitAtDispatch {
    static constexpr Rule rule{
        .id       = "IRQL-03",
        .title    = "No blocking at DISPATCH_LEVEL",
        .modality = Modality::must_not,
        .says     = "Nobody sleeps or waits for an event at DISPATCH_LEVEL or with a lock held.",
        .page     = "nf-ndis-ndismsleep",
        .heading  = "Remarks",
        .verifier = "0x7C/0x14",
    };
    static constexpr std::array watches{Watch{Call::Waited, Phase::enter},
                                        Watch{Call::Misused, Phase::enter}};

    static void check(Sight& sight) {
        const Event& event = sight.event;
        if (event.call == Call::Misused) {
            if (event.detail == static_cast<std::uint32_t>(Misuse::waited_too_high))
                sight.extension_broke("slept or waited above PASSIVE_LEVEL", callback_of(sight));
            return;
        }
        if (event.detail == waited::lock || event.module >= modules_max) return;
        if (event.irql < irql::dispatch) return sight.held();
        if (sight.focus.task->misuse_told) return;
        sight.extension_broke("slept or waited at DISPATCH_LEVEL", callback_of(sight));
    }
};

struct Balanced {
    static constexpr Rule rule{
        .id    = "IRQL-04",
        .title = "IRQL and locks are balanced at return",
        .says =
            "A callback returns at the IRQL that it was called at and with no lock of its "
            "own held; locks are taken once and released in the form they were taken in.",
        .page    = "ndis-spinlockbalanced",
        .heading = "SpinLockBalanced rule (ndis)",
        .verifier =
            "Irql_IrqlSetting_Function Irql_Synch_Function SpinLock "
            "SpinLockBalanced SpinLockDpr SpinLockDprRelease SpinLockRelease",
    };
    static constexpr std::array watches{Watch{Call::Misused, Phase::enter},
                                        Watch{Call::FilterAttach, Phase::leave},
                                        Watch{Call::FilterDetach, Phase::leave},
                                        Watch{Call::FilterRestart, Phase::leave},
                                        Watch{Call::FilterPause, Phase::leave},
                                        Watch{Call::FilterNetPnPEvent, Phase::leave},
                                        Watch{Call::FilterStatus, Phase::leave},
                                        Watch{Call::FilterOidRequest, Phase::leave},
                                        Watch{Call::FilterOidRequestComplete, Phase::leave},
                                        Watch{Call::FilterSendNetBufferLists, Phase::leave},
                                        Watch{Call::FilterSendNetBufferListsComplete, Phase::leave},
                                        Watch{Call::FilterReceiveNetBufferLists, Phase::leave},
                                        Watch{Call::FilterReturnNetBufferLists, Phase::leave}};

    static void check(Sight& sight) {
        if (sight.event.call == Call::Misused) return told_by_runtime(sight);
        const Frame* frame = sight.focus.frame;
        if (frame == nullptr || sight.focus.task->misuse_told) return;
        if (sight.event.locks > frame->locks)
            return sight.extension_broke("returned with a lock held", frame->first);
        if (sight.event.irql != frame->irql)
            return sight.extension_broke("returned at another IRQL than it was called at",
                                         frame->first);
        sight.held();
    }

    static void told_by_runtime(Sight& sight) {
        switch (static_cast<Misuse>(sight.event.detail)) {
            case Misuse::lock_taken_twice:
                return sight.extension_broke("took a lock that it held already",
                                             callback_of(sight));
            case Misuse::lock_not_held:
                return sight.extension_broke("released a lock that it did not hold",
                                             callback_of(sight));
            case Misuse::lock_held_at_return:
                return sight.extension_broke("returned with a lock held", callback_of(sight));
            case Misuse::irql_changed_at_return:
                return sight.extension_broke("returned at another IRQL than it was called at",
                                             callback_of(sight));
            default:
                return;
        }
    }
};

using Family =
    boost::mp11::mp_list<SingleSource, DispatchLevelFlag, CallIrql, NoWaitAtDispatch, Balanced>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> flag_rules() {
    return family;
}

}  // namespace interlock::model
