#include "model/rules/cases.hpp"

namespace interlock::model {
namespace {

constexpr ObjectId device = 1, link = 2, handle = 3, irp_id = 4, other_irp = 5, cleanup_irp = 6;

void registers(Story& s) {
    s.enter(Call::NdisRegisterDeviceEx);
    s.leave(Call::NdisRegisterDeviceEx, {.object = device});
}

void deregisters(Story& s) {
    s.call(Call::NdisDeregisterDeviceEx, {.object = device});
}

void dispatched(Story& s, ObjectId id = irp_id, std::uint32_t major = irp::device_control) {
    s.enter(Call::DriverDispatch, {.object = id, .parent = handle, .flags = major});
}

void returns(Story& s, Status with = status::success, std::uint32_t flags = 0,
             ObjectId id = irp_id) {
    s.leave(Call::DriverDispatch, {.object = id, .status = with, .flags = flags});
}

void pends(Story& s, ObjectId id = irp_id) {
    dispatched(s, id);
    returns(s, status::pending, irp::marked_pending, id);
}

void completes(Story& s, Status with = status::success, std::uint32_t flags = 0,
               ObjectId id = irp_id) {
    s.call(Call::IoCompleteRequest, {.object = id, .status = with, .flags = flags});
}

void cancels(Story& s) {
    s.host(Call::RequestorCancels, {.object = irp_id, .detail = 1}).module = s.module;
}

/// The handle is closed; what it has pending is completed by that, or is not.
void cleans_up(Story& s, bool completes_the_other) {
    dispatched(s, cleanup_irp, irp::cleanup);
    if (completes_the_other) completes(s, status::request_aborted);
    completes(s, status::success, 0, cleanup_irp);
    returns(s, status::success, 0, cleanup_irp);
}

void answers(Story& s) {
    dispatched(s);
    completes(s);
    returns(s);
}

/// Completed with that flag, all else as it should be.
template <std::uint32_t flag>
void answers_with(Story& s) {
    dispatched(s);
    completes(s, status::success, flag);
    returns(s);
}

void is_cancelled(Story& s) {
    pends(s);
    cancels(s);
    s.enter(Call::DriverCancel, {.object = irp_id});
    completes(s, status::request_aborted);
    s.leave(Call::DriverCancel, {.object = irp_id});
}

// clang-format off
const Case table[] = {
    {"IRP-01", Party::extension, answers,
    [](Story& s) {
        dispatched(s);
        completes(s);
        completes(s);
        returns(s);
    }},
    {"IRP-02", Party::extension, answers,
    [](Story& s) {
        dispatched(s);
        returns(s);
    },
    [] { return Story(); }, "_returned"},
    {"IRP-02", Party::extension,
    [](Story& s) {
        pends(s);
        cleans_up(s, true);
    },
    [](Story& s) {
        pends(s);
        cleans_up(s, false);
    },
    [] { return Story(); }, "_cleaned_up"},
    {"IRP-02", Party::extension,
    [](Story& s) {
        pends(s, other_irp);  // It may, while its handle is open.
        answers(s);
    },
    [](Story& s) {
        dispatched(s, cleanup_irp, irp::cleanup);
        returns(s, status::pending, irp::marked_pending, cleanup_irp);
    },
    [] { return Story(); }, "_never"},
    {"IRP-03", Party::extension, is_cancelled,
    [](Story& s) {
        pends(s);
        cancels(s);
    }},
    {"IRP-04", Party::extension,
    [](Story& s) {  // Completed before its dispatch routine is back.
        dispatched(s);
        completes(s);
        returns(s, status::pending, irp::marked_pending);
    },
    [](Story& s) {
        dispatched(s);
        returns(s, status::pending);
        completes(s);
    },
    [] { return Story(); }, "_unmarked"},
    {"IRP-04", Party::extension,
    [](Story& s) {
        pends(s);
        pends(s, other_irp);
        completes(s, status::success, 0, other_irp);
        completes(s);
    },
    [](Story& s) {
        dispatched(s);
        returns(s, status::success, irp::marked_pending);
        completes(s);
    },
    [] { return Story(); }, "_marked"},
    {"IRP-05", Party::extension, answers,
    [](Story& s) {
        pends(s);
        completes(s, status::pending);
    }},
    {"IRP-06", Party::extension, answers, answers_with<irp::cancel_routine_set>},
    {"IRP-07", Party::extension, answers, answers_with<irp::spin_lock_held>},
    {"IRP-08", Party::extension, answers, answers_with<irp::too_much>},
    {"IRP-09", Party::extension, answers,
    [](Story& s) {
        answers(s);
        s.enter(Call::Misused, {.object = irp_id,
                                .detail = static_cast<std::uint32_t>(Misuse::irp_touched)});
    },
    [] { return Story(); }, "_written"},
    {"IRP-09", Party::extension, answers,
    [](Story& s) {
        dispatched(s);
        completes(s);
        returns(s, 0xFEFE'FEFE, irp::read_afterwards);
    },
    [] { return Story(); }, "_read"},
    {"IRP-10", Party::extension,
    [](Story& s) {
        registers(s);
        deregisters(s);
        s.call(Call::DriverUnload);
    },
    [](Story& s) {
        registers(s);
        s.call(Call::DriverUnload);
    },
    [] { return Story(); }, "_device"},
    {"IRP-10", Party::extension,
    [](Story& s) {
        s.enter(Call::IoCreateSymbolicLink);
        s.leave(Call::IoCreateSymbolicLink, {.object = link});
        s.call(Call::IoDeleteSymbolicLink, {.object = link});
        s.call(Call::DriverUnload);
    },
    [](Story& s) {
        s.enter(Call::IoCreateSymbolicLink);
        s.leave(Call::IoCreateSymbolicLink, {.object = link});
        s.call(Call::DriverUnload);
    },
    [] { return Story(); }, "_link"},
    {"IRP-11", Party::extension, answers,
    [](Story& s) {
        dispatched(s);
        completes(s, status::failure);
        returns(s);
    }},
};
// clang-format on

}  // namespace

std::vector<Case> irp_cases() {
    return {std::begin(table), std::end(table)};
}

}  // namespace interlock::model
