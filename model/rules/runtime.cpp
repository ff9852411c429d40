// What no page of the switch has to forbid: crashes, assertions, misuse, and never coming back.

#include "model/leak.hpp"
#include "model/rules/registry.hpp"
#include "model/rules/within.hpp"
#include "model/sight.hpp"

namespace interlock::model {
namespace {

struct Crash {
    static constexpr Rule rule{
        .id       = "RUN-01",
        .title    = "No crash",
        .modality = Modality::must_not,
        .says     = "An extension does not touch memory that is not there.",
        .page     = "bug-check-0x50--page-fault-in-nonpaged-area",
        .heading  = "Cause",
        .verifier = "NullCheck",
    };
    static constexpr std::array watches{Watch{Call::Crashed, Phase::enter},
                                        Watch{Call::EndOfRun, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.call == Call::EndOfRun) return sight.held();
        sight.extension_broke("crashed", callback_of(sight));
    }
};

struct OwnAssertion {
    static constexpr Rule rule{
        .id       = "RUN-02",
        .title    = "No failed assertion",
        .modality = Modality::must_not,
        .says     = "What an extension asserts itself is true.",
        .page     = "nf-wdm-assertmsg",
        .heading  = "Remarks",
    };
    static constexpr std::array watches{Watch{Call::AssertionFailed, Phase::enter},
                                        Watch{Call::EndOfRun, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.call == Call::EndOfRun) return sight.held();
        sight.extension_broke("failed an assertion of its own", callback_of(sight));
    }
};

std::string_view left_behind(Resource what) {
    switch (what) {
        case Resource::memory:
            return "left memory behind at its unload";
        case Resource::lock:
            return "left a lock behind at its unload";
        case Resource::timer:
            return "left a timer behind at its unload";
        case Resource::work_item:
            return "left a work item behind at its unload";
        case Resource::mdl:
            return "left an MDL behind at its unload";
        case Resource::oid_request:
            return "left a cloned OID request behind at its detach";
        case Resource::timer_set:
            return "left a timer set at its unload";
        case Resource::thread:
            return "left a thread running at its unload";
        case Resource::pooled_nbl:
            return "freed a pool with NBLs out of it";
        case Resource::object:
            break;
    }
    return "left an object behind at its unload";
}

std::string_view told(const Event& event) {
    switch (static_cast<Misuse>(event.detail)) {
        case Misuse::freed_twice:
            return "freed what was not allocated";
        case Misuse::freed_as_another_kind:
            return "freed with a call that does not fit";
        case Misuse::lock_freed_while_held:
            return "freed a lock that was held";
        case Misuse::leaked:
            if (event.flags & leak::of_module) return {};  // FILT-14
            return left_behind(static_cast<Resource>(event.flags));
        case Misuse::wrote_outside:
            return "wrote before the beginning or behind the end of memory it had allocated";
        case Misuse::wrote_to_freed:
            if (event.object != 0) return {};  // A packet or a request: NBL-07, RUN-07.
            return "wrote to memory that it had given back";
        case Misuse::wrote_to_parameters:
            return "wrote to parameters that it was only given to read";
        case Misuse::wrote_beyond:
            return "wrote behind the end of a destination array";
        case Misuse::bad_argument:
            return "gave a call an object that is none";
        default:
            return {};
    }
}

struct MemoryMisuse {
    static constexpr Rule rule{
        .id       = "RUN-03",
        .title    = "No misuse of memory",
        .modality = Modality::must_not,
        .says =
            "What is allocated is freed once, by the call that fits, and nothing is left "
            "behind.",
        .page    = "bug-check-0xc4--driver-verifier-detected-violation",
        .heading = "Cause",
        .verifier =
            "Init_NdisAllocateIoWorkItem NdisAllocateGenericObject NdisAllocateMdl "
            "NdisAllocateNetBuffer 0x7C/0x21",
        .also = "NBL-22",
    };
    static constexpr std::array watches{Watch{Call::Misused, Phase::enter},
                                        Watch{Call::DriverUnload, Phase::leave}};

    static void check(Sight& sight) {
        if (sight.event.call == Call::DriverUnload) return sight.held();
        // The others: FILT-14, IRQL-02 to -04, NBL-07, RUN-05 to -07.
        const std::string_view what = told(sight.event);
        if (!what.empty()) sight.extension_broke(what, callback_of(sight));
    }
};

/// Whether a rule of a page tells of this call's never coming back.
bool told_elsewhere(const Ledger& ledger, const Frame& frame) {
    const Module& module = ledger.modules[frame.module];
    if (frame.call == Call::FilterPause) return module.state == FilterState::pausing;  // FILT-13
    if (frame.call != Call::FilterOidRequest) return false;
    const Index index = ledger.requests.find(frame.object);  // OID-03
    return index != no_index && ledger.requests[index].open != no_index;
}

struct ComesBack {
    static constexpr Rule rule{
        .id       = "RUN-04",
        .title    = "Every callback comes back",
        .kind     = RuleKind::obligation,
        .says     = "A call into an extension returns; it does not wait for what can never come.",
        .page     = "bug-check-0x7c--bugcode-ndis-driver",
        .heading  = "BUGCODE_NDIS_DRIVER Parameters",
        .verifier = "0x7C/0x25/0x12 0x7C/0x25/0x13 0x7C/0x25/0x14",
        .also     = "FILT-13 OIDF-15",
    };
    static constexpr std::array watches{Watch{Call::Quiescent, Phase::enter},
                                        Watch{Call::EndOfRun, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.still() == Still::no) return;
        bool stuck = false;
        for (const std::uint16_t task : sight.ledger.tasks_used) {
            // The innermost call is the one that does not come back; the others wait for it.
            const auto& frames = sight.ledger.tasks[task].frames;
            for (auto frame = frames.rbegin(); frame != frames.rend(); ++frame) {
                // Deregistering detaches: what that waits for, the switch waits for.
                if (frame->call == Call::NdisFDeregisterFilterDriver) break;
                if (!is_callback(frame->call)) continue;
                stuck = true;
                name(sight, *frame);
                break;
            }
        }
        if (!stuck) sight.held();
    }

    static void name(Sight& sight, const Frame& frame) {
        const Ledger& ledger = sight.ledger;
        if (frame.module >= modules_max || told_elsewhere(ledger, frame)) return;
        // It may be waiting for an answer or for the end of a pause that others owe it.
        if (ledger.modules[frame.module].own_open > 0)
            return sight.undecided("a callback waits for a request of its own");
        if (!ledger.activated && ledger.facts.whole)
            return sight.undecided("a callback waits before the switch is active");
        if (!sight.name_once(Matter::callback, frame.module, frame.first)) return;
        sight.broken(Party::extension, frame.module, "never came back from a call into it",
                     {.port = frame.port, .object = frame.object}, frame.first);
    }
};

struct LockOrder {
    static constexpr Rule rule{
        .id    = "RUN-05",
        .title = "Locks are taken in one order",
        .says =
            "Where tasks take locks one under the other, all take them in one order: two that go "
            "opposite ways, or more that close a circle, can wait for each other for ever, unless "
            "another lock keeps them apart.",
        .page     = "deadlock-detection",
        .heading  = "Causes of Deadlocks",
        .verifier = "0xC4/0x1001",
    };
    static constexpr std::array watches{Watch{Call::Misused, Phase::enter},
                                        Watch{Call::DriverUnload, Phase::leave}};

    static void check(Sight& sight) {
        if (sight.event.call == Call::DriverUnload) return sight.held();
        if (static_cast<Misuse>(sight.event.detail) != Misuse::lock_order) return;
        sight.extension_broke(
            "took a lock under another, and the two are elsewhere taken the other way round",
            callback_of(sight));
    }
};

struct DataRace {
    static constexpr Rule rule{
        .id    = "RUN-06",
        .title = "What tasks share is synchronised",
        .says =
            "Where two tasks access the same memory of an extension and one of them writes, a "
            "lock, an event, an interlocked operation or NDIS itself makes one access come before "
            "the other.",
        .page    = "synchronization-and-notification-in-network-drivers",
        .heading = "Synchronization and Notification in Network Drivers",
    };
    static constexpr std::array watches{Watch{Call::Misused, Phase::enter},
                                        Watch{Call::DriverUnload, Phase::leave}};

    static void check(Sight& sight) {
        if (sight.event.call == Call::DriverUnload) return sight.held();
        if (static_cast<Misuse>(sight.event.detail) != Misuse::data_race) return;
        sight.extension_broke("accessed memory as another task does, with nothing between the two",
                              callback_of(sight));
    }
};

struct FinishedRequest {
    static constexpr Rule rule{
        .id       = "RUN-07",
        .title    = "A finished OID request is left alone",
        .modality = Modality::must_not,
        .says =
            "When an extension has finished an OID request, it neither reads nor writes it or its "
            "buffer: whoever issued it frees both.",
        .page    = "nc-ndis-protocol_oid_request_complete",
        .heading = "Remarks",
    };
    static constexpr std::array watches{Watch{Call::Misused, Phase::enter},
                                        Watch{Call::DriverUnload, Phase::leave}};

    static void check(Sight& sight) {
        if (sight.event.call == Call::DriverUnload) return sight.held();
        if (static_cast<Misuse>(sight.event.detail) != Misuse::wrote_to_freed) return;
        if (sight.event.object == 0 || sight.event.oid == 0) return;
        sight.extension_broke("touched an OID request that was finished", callback_of(sight));
    }
};

using Family = boost::mp11::mp_list<Crash, OwnAssertion, MemoryMisuse, ComesBack, LockOrder,
                                    DataRace, FinishedRequest>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> runtime_rules() {
    return family;
}

}  // namespace interlock::model
