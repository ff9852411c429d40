#pragma once

// What a rule's check is shown, and how it answers.

#include <optional>
#include <string_view>

#include "model/constants.hpp"
#include "model/findings.hpp"
#include "model/ledger.hpp"
#include "model/rule.hpp"

namespace interlock::model {

/// Who made the event happen: on enter the caller, on leave whoever returns.
inline Party actor(const Event& event) {
    const Party caller = caller_of(event.call);
    if (event.phase == Phase::enter) return caller;
    return caller == Party::host ? Party::extension : Party::host;
}

/// What a finding at this event is about.
inline Subject subject_of(const Event& event) {
    Subject subject{.port   = event.port,
                    .nic    = event.nic,
                    .object = event.object,
                    .oid    = event.oid,
                    .status = event.status};
    if (event.port == 0 && event.other_port != 0) {
        subject.port = event.other_port;
        subject.nic  = event.other_nic;
    }
    const Tells tells = oid::info(event.oid).tells;
    subject.has_nic   = subject.port != 0 && (event.oid == 0 || event.oid == oid::nic_request ||
                                            tells >= Tells::nic_create);
    return subject;
}

/// Whether the world stands still, so that what is owed can be judged.
enum class Still : std::uint8_t {
    no,
    idle,  // Nothing can run and nothing is due, but the run goes on.
    over,  // The run is over, and was complete.
};

/// One event, the ledger as it was just before it, and the rule that is asked.
class Sight {
public:
    Sight(const Event& seen, const Ledger& before, const Focus& about, Findings& answers,
          Place place)
        : event(seen), ledger(before), focus(about), at(place), findings(answers) {}

    const Event&  event;
    const Ledger& ledger;
    const Focus&  focus;
    const Place   at;

    /// The rule bit and was kept.
    void held() {
        findings.held(rule);
    }

    void broken(Party guilty, ModuleId module, std::string_view what, const Subject& subject,
                Place since);

    /// What the event is about. A return says less than the call that it ends: the rest is known.
    Subject subject() const {
        const Request* const request = focus.request;
        if (event.object != 0 || request == nullptr) return subject_of(event);
        Subject about{.object = request->id, .oid = request->oid, .status = event.status};
        if (request->port != no_index) about.port = ledger.ports[request->port].id;
        if (request->nic == no_index) return about;
        about.port    = ledger.nics[request->nic].port;
        about.nic     = ledger.nics[request->nic].index;
        about.has_nic = true;
        return about;
    }

    /// The extension that the event belongs to broke it.
    void extension_broke(std::string_view what, Place since) {
        broken(Party::extension, event.module, what, subject(), since);
    }

    /// The switch broke it.
    void host_broke(std::string_view what, Place since) {
        broken(Party::host, host_module, what, subject(), since);
    }

    /// Likewise, but the pages leave a doubt: what it weighs is up to the reading (errata.hpp).
    void doubted(Doubt doubt, Party guilty, ModuleId module, std::string_view what,
                 const Subject& subject, Place since);
    void extension_doubted(Doubt doubt, std::string_view what, Place since) {
        doubted(doubt, Party::extension, event.module, what, subject(), since);
    }
    void host_doubted(Doubt doubt, std::string_view what, Place since) {
        doubted(doubt, Party::host, host_module, what, subject(), since);
    }

    void undecided(std::string_view why) {
        findings.undecided(at, why);
    }

    /// Nothing was broken so far. What a run leaves open after a violation is nobody's fault.
    bool clean() const {
        return findings.violations == 0;
    }

    /// @return whether it was not named before; from now on it has been.
    bool name_once(Matter matter, ModuleId module, std::uint32_t object) {
        return findings.name_once(matter, module, object);
    }

    /// What was just named may yet come; see Findings::came_late.
    void await(Matter matter, ModuleId module, std::uint32_t object) {
        findings.await(matter, module, object);
    }

    Still still() const {
        if (event.call == Call::Quiescent) return Still::idle;
        const bool complete = event.detail == static_cast<std::uint32_t>(RunEnd::complete);
        return event.call == Call::EndOfRun && complete && ledger.quiet ? Still::over : Still::no;
    }

    /// For whoever shows the sight to the next rule.
    void show_to(RuleIndex next, Severity weight) {
        rule     = next;
        severity = weight;
    }

private:
    Findings& findings;
    RuleIndex rule     = no_rule;
    Severity  severity = Severity::violation;
};

}  // namespace interlock::model
