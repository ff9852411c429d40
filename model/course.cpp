#include "model/course.hpp"

#include "model/judge.hpp"
#include "model/sight.hpp"

namespace interlock::model {

Course::Course(Ledger& known, Findings& found)
    : ledger(known), findings(found), machines(tracks()), late(rule_of("PKT-13")) {}

void Course::find(RuleIndex rule, std::string_view what, Place since) {
    const Weight weight = weight_of(rule, ledger.facts.reading);
    if (weight == Weight::silent) return;
    const Party guilty = actor(*event);
    findings.broken({.rule     = rule,
                     .guilty   = guilty,
                     .module   = guilty == Party::host ? host_module : event->module,
                     .at       = at,
                     .since    = since,
                     .what     = what,
                     .subject  = subject_of(*event),
                     .severity = severity_of(weight)});
}

void Course::take() {
    if (event->phase == Phase::enter) {
        entered();
    } else {
        left();
    }
    ledger.quiet = event->call == Call::Quiescent;
}

void Course::push_frame() {
    auto& frames = focus.task->frames;
    if (event->place > 0 && !frames.empty() && frames.back().call == event->call &&
        frames.back().module == event->module) {
        ++frames.back().seen;
        frames.back().mixed |= event->port != frames.back().port;
        frames.back().last = at;
        return;
    }
    frames.push_back({.call   = event->call,
                      .module = event->module,
                      .irql   = event->irql,
                      .locks  = event->locks,
                      .count  = event->count,
                      .seen   = static_cast<std::uint16_t>(event->place + 1),
                      .first  = at,
                      .last   = at,
                      .object = event->object,
                      .parent = event->parent,
                      .port   = event->port,
                      .nic    = event->nic,
                      .flags  = event->flags,
                      .detail = event->detail});
}

/// The innermost call of that kind into the same module has now been told on.
void Course::note_told_on(Call told_by) {
    auto& frames = focus.task->frames;
    for (auto frame = frames.rbegin(); frame != frames.rend(); ++frame)
        if (frame->call == told_by && frame->module == event->module) {
            frame->told_on = true;
            return;
        }
}

void Course::entered() {
    using enum Call;
    const bool framed = nests(event->call);
    if (framed) push_frame();
    if (event->call <= NdisFIndicateStatus) {
        module_entered();
    } else if (event->call <= MiniportEdgeOidRequestComplete) {
        oid_entered();
    } else if (event->call <= ReportFilteredNetBufferLists) {
        packet_entered();
    } else if (event->call == DereferenceSwitchNic || event->call == DereferenceSwitchPort) {
        dereference_entered();
    } else if (event->call >= IoCreateDevice && event->call <= RequestorCancels) {
        device_entered();
    } else if (event->call == SwitchActivated) {
        ledger.activated = true;
    } else if (event->call == Misused) {
        focus.task->misuse_told = true;
    }
    if (framed && focus.module != nullptr) focus.task->frames.back().entered = focus.module->state;
}

void Course::left() {
    using enum Call;
    if (focus.frame == nullptr) {  // An empty list has no element to tell of.
        if (!carries_list(event->call))
            findings.undecided(at, "a call returned that was never entered");
        return;
    }
    if (event->call <= NdisFIndicateStatus) {
        module_left();
    } else if (event->call <= MiniportEdgeOidRequestComplete) {
        oid_left();
    } else if (event->call <= ReportFilteredNetBufferLists) {
        packet_left();
    } else if (event->call <= DereferenceSwitchPort) {
        reference_left();
    } else {
        device_left();
    }
    if (is_callback(event->call)) focus.task->misuse_told = false;
    auto& frames = focus.task->frames;
    frames.resize(static_cast<std::size_t>(focus.frame - frames.data()));
}

}  // namespace interlock::model
