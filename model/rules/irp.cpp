// The kernel's rules for devices and for the IRPs that reach them.

#include "model/rules/registry.hpp"
#include "model/sight.hpp"

namespace interlock::model {
namespace {

constexpr std::array completes{Watch{Call::IoCompleteRequest, Phase::enter}};
constexpr std::array returns{Watch{Call::DriverDispatch, Phase::leave}};

/// What completes an IRP that is not completed yet; null where there is none.
const Irp* completed_now(const Sight& sight) {
    const Irp* const irp = sight.focus.irp;
    return irp != nullptr && !irp->completed ? irp : nullptr;
}

bool said(const Sight& sight, std::uint32_t flag) {
    return (sight.event.flags & flag) != 0;
}

void broke(Sight& sight, const Irp& irp, std::string_view what) {
    if (!sight.name_once(Matter::irp, irp.module, irp.id)) return;
    sight.broken(Party::extension, irp.module, what, {.object = irp.id}, irp.since);
}

/// Nothing comes after it that a driver might wait for.
bool ends_a_handle(const Irp& irp) {
    return irp.major == irp::cleanup || irp.major == irp::close;
}

/// A rule of one flag that a completion must not have.
void must_lack(Sight& sight, std::uint32_t flag, std::string_view what) {
    const Irp* const irp = completed_now(sight);
    if (irp == nullptr) return;
    if (!said(sight, flag)) return sight.held();
    sight.extension_broke(what, irp->since);
}

struct CompletedOnce {
    static constexpr Rule rule{
        .id       = "IRP-01",
        .title    = "An IRP is completed once",
        .modality = Modality::must_not,
        .says     = "IoCompleteRequest is not called again for an IRP that was completed.",
        .page     = "wdm-doublecompletion",
        .heading  = "DoubleCompletion rule (wdm)",
        .verifier = "DoubleCompletion 0x44",
    };
    static constexpr auto watches = completes;

    static void check(Sight& sight) {
        if (sight.focus.irp == nullptr) return;
        if (!sight.focus.irp->completed) return sight.held();
        sight.extension_broke("completed an IRP a second time", sight.focus.irp->since);
    }
};

struct Completed {
    static constexpr Rule rule{
        .id    = "IRP-02",
        .title = "Every IRP is completed",
        .kind  = RuleKind::obligation,
        .says =
            "A driver completes each IRP that it is handed: before its dispatch routine returns "
            "anything but STATUS_PENDING, and when the handle is cleaned up at the latest.",
        .page     = "irp-mj-cleanup",
        .heading  = "Operation",
        .verifier = "CompleteRequest",
    };
    static constexpr std::array watches{Watch{Call::DriverDispatch, Phase::leave},
                                        Watch{Call::Quiescent, Phase::enter},
                                        Watch{Call::EndOfRun, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.call == Call::DriverDispatch) return returned(sight);
        const Still still = sight.still();
        if (still == Still::no) return;
        for (const Index index : sight.ledger.irps_open) {
            const Irp& irp = sight.ledger.irps[index];
            if (!irp.returned) continue;  // RUN-04
            // What is neither cleaned up nor cancelled may wait: for as long as its handle is open.
            if (irp.cleaned)
                broke(sight, irp, "kept an IRP when the handle that it came by was cleaned up");
            else if (still == Still::over && !irp.cancelled && ends_a_handle(irp))
                broke(sight, irp, "never completed an IRP");
        }
    }

    static void returned(Sight& sight) {
        const Irp* const irp = sight.focus.irp;
        if (irp == nullptr) return;
        if (irp->completed) return sight.held();
        const bool pends =
            sight.event.status == status::pending || said(sight, irp::marked_pending);
        if (!pends) broke(sight, *irp, "returned a final status and did not complete the IRP");
    }
};

struct Cancellable {
    static constexpr Rule rule{
        .id    = "IRP-03",
        .title = "What is cancelled is completed",
        .kind  = RuleKind::obligation,
        .says =
            "An IRP that may wait for long has a cancel routine, and one that is cancelled is "
            "completed, whatever it was waiting for.",
        .page    = "canceling-irps",
        .heading = "Canceling IRPs",
    };
    static constexpr std::array watches{Watch{Call::IoCompleteRequest, Phase::enter},
                                        Watch{Call::Quiescent, Phase::enter},
                                        Watch{Call::EndOfRun, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.call == Call::IoCompleteRequest) {
            const Irp* const irp = completed_now(sight);
            if (irp != nullptr && irp->cancelled) sight.held();
            return;
        }
        if (sight.still() == Still::no) return;
        for (const Index index : sight.ledger.irps_open) {
            const Irp& irp = sight.ledger.irps[index];
            if (irp.cancelled && irp.returned && !irp.cleaned)
                broke(sight, irp, "kept an IRP that was cancelled");
        }
    }
};

struct MarkedPending {
    static constexpr Rule rule{
        .id    = "IRP-04",
        .title = "STATUS_PENDING and IoMarkIrpPending go together",
        .says =
            "A dispatch routine that returns STATUS_PENDING has marked the IRP pending, and one "
            "that has marked it returns STATUS_PENDING.",
        .page     = "nf-wdm-iomarkirppending",
        .heading  = "Remarks",
        .verifier = "MarkIrpPending MarkIrpPending2 PendedCompletedRequest",
    };
    static constexpr auto watches = returns;

    static void check(Sight& sight) {
        if (sight.focus.irp == nullptr || said(sight, irp::read_afterwards)) return;
        const bool marked  = said(sight, irp::marked_pending);
        const bool pending = sight.event.status == status::pending;
        if (marked == pending) return sight.held();
        sight.extension_broke(pending ? "returned STATUS_PENDING without IoMarkIrpPending"
                                      : "marked an IRP pending and did not return STATUS_PENDING",
                              sight.focus.irp->since);
    }
};

struct NotCompletedAsPending {
    static constexpr Rule rule{
        .id       = "IRP-05",
        .title    = "No IRP is completed with STATUS_PENDING",
        .modality = Modality::must_not,
        .says     = "What an IRP is completed with is a final status.",
        .page     = "bug-check-0xc9--driver-verifier-iomanager-violation",
        .heading  = "DRIVER_VERIFIER_IOMANAGER_VIOLATION Parameters",
        .verifier = "CompleteRequestStatusCheck 0xC9/0x06",
    };
    static constexpr auto watches = completes;

    static void check(Sight& sight) {
        const Irp* const irp = completed_now(sight);
        if (irp == nullptr) return;
        if (sight.event.status != status::pending) return sight.held();
        sight.extension_broke("completed an IRP with STATUS_PENDING", irp->since);
    }
};

struct NoCancelRoutine {
    static constexpr Rule rule{
        .id       = "IRP-06",
        .title    = "What is completed has no cancel routine",
        .modality = Modality::must_not,
        .says     = "Before an IRP is completed, its cancel routine is taken away.",
        .page     = "bug-check-0xc9--driver-verifier-iomanager-violation",
        .heading  = "DRIVER_VERIFIER_IOMANAGER_VIOLATION Parameters",
        .verifier = "0xC9/0x07",
    };
    static constexpr auto watches = completes;

    static void check(Sight& sight) {
        must_lack(sight, irp::cancel_routine_set, "completed an IRP that had a cancel routine");
    }
};

struct NoSpinLock {
    static constexpr Rule rule{
        .id       = "IRP-07",
        .title    = "No IRP is completed under a spin lock",
        .modality = Modality::must_not,
        .says =
            "Whoever calls IoCompleteRequest holds no spin lock, the one for cancelling "
            "among them.",
        .page     = "nf-wdm-iocompleterequest",
        .heading  = "Remarks",
        .verifier = "SpinLockSafe",
    };
    static constexpr auto watches = completes;

    static void check(Sight& sight) {
        must_lack(sight, irp::spin_lock_held, "completed an IRP with a spin lock held");
    }
};

struct WithinTheBuffer {
    static constexpr Rule rule{
        .id       = "IRP-08",
        .title    = "Information is no more than there is room",
        .modality = Modality::must_not,
        .says    = "The number of bytes that an IRP is completed with fits the requestor's buffer.",
        .page    = "failure-to-check-the-size-of-buffers",
        .heading = "Output Buffer Size",
    };
    static constexpr auto watches = completes;

    static void check(Sight& sight) {
        must_lack(sight, irp::too_much, "gave back more bytes than there is room for");
    }
};

struct NotTouched {
    static constexpr Rule rule{
        .id       = "IRP-09",
        .title    = "No IRP is touched when it is completed",
        .modality = Modality::must_not,
        .says     = "After IoCompleteRequest a driver neither reads an IRP nor writes to it.",
        .page     = "how-to-complete-an-irp-in-a-dispatch-routine",
        .heading  = "How to Complete an IRP in a Dispatch Routine",
    };
    static constexpr std::array watches{Watch{Call::DriverDispatch, Phase::leave},
                                        Watch{Call::Misused, Phase::enter}};

    static void check(Sight& sight) {
        if (sight.event.call == Call::Misused) {
            const bool touched =
                sight.event.detail == static_cast<std::uint32_t>(Misuse::irp_touched);
            if (touched) sight.extension_broke("wrote to an IRP that was completed", 0);
            return;
        }
        const Irp* const irp = sight.focus.irp;
        if (irp == nullptr || !irp->completed) return;
        if (!said(sight, irp::read_afterwards)) return sight.held();
        sight.extension_broke("read an IRP that was completed", irp->since);
    }
};

struct DevicesAreDeleted {
    static constexpr Rule rule{
        .id    = "IRP-10",
        .title = "Devices and symbolic links go with their driver",
        .says =
            "A driver that is unloaded, or fails to load, has deleted its device objects and "
            "symbolic links.",
        .page    = "nf-wdm-iodeletedevice",
        .heading = "Remarks",
    };
    static constexpr std::array watches{Watch{Call::DriverUnload, Phase::leave},
                                        Watch{Call::DriverEntry, Phase::leave}};

    static void check(Sight& sight) {
        const bool failed = sight.event.status != status::success;
        if (sight.event.call == Call::DriverEntry && !failed) return;
        for (const Index index : sight.ledger.devices_open) {
            const MadeDevice& left = sight.ledger.devices[index];
            if (left.owner != sight.event.module) continue;
            return sight.broken(
                Party::extension, left.owner,
                left.is_link ? "left a symbolic link behind" : "left a device object behind",
                {.object = left.id}, left.made);
        }
        sight.held();
    }
};

struct ReturnsWhatItSet {
    static constexpr Rule rule{
        .id    = "IRP-11",
        .title = "A dispatch routine returns what it completed with",
        .says =
            "A dispatch routine that completes its IRP, unmarked, returns the status that it put "
            "into it.",
        .page    = "how-to-complete-an-irp-in-a-dispatch-routine",
        .heading = "How to Complete an IRP in a Dispatch Routine",
    };
    static constexpr auto watches = returns;

    static void check(Sight& sight) {
        const Irp* const irp  = sight.focus.irp;
        const bool       told = said(sight, irp::read_afterwards | irp::marked_pending) ||
                          sight.event.status == status::pending;  // IRP-04, IRP-09
        if (irp == nullptr || !irp->completed || told) return;
        if (sight.event.status == irp->status) return sight.held();
        sight.extension_broke("returned another status than it completed the IRP with", irp->since);
    }
};

using Family =
    boost::mp11::mp_list<CompletedOnce, Completed, Cancellable, MarkedPending,
                         NotCompletedAsPending, NoCancelRoutine, NoSpinLock, WithinTheBuffer,
                         NotTouched, DevicesAreDeleted, ReturnsWhatItSet>;

constexpr auto family = entries_of(Family{});

}  // namespace

std::span<const RuleEntry> irp_rules() {
    return family;
}

}  // namespace interlock::model
