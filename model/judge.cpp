#include "model/judge.hpp"

#include <array>
#include <vector>

#include "model/course.hpp"
#include "model/findings.hpp"
#include "model/ledger.hpp"
#include "model/rules/registry.hpp"
#include "model/sight.hpp"

namespace interlock::model {
namespace {

/// For each (call, phase) the checks that watch it, one after the other in one vector.
class Dispatch {
public:
    struct Asked {
        void (*check)(Sight&) = nullptr;
        RuleIndex rule        = no_rule;
        Severity  severity    = Severity::violation;
    };

    Dispatch() {
        for (std::size_t slot = 0; slot < slots; ++slot) {
            begins[slot] = asked.size();
            for (std::size_t rule = 0; rule < entries().size(); ++rule)
                gather(slot, rule);
        }
        begins[slots] = asked.size();
    }

    std::span<const Asked> of(Call call, Phase phase) const {
        const std::size_t slot = slot_of(call, phase);
        return std::span(asked).subspan(begins[slot], begins[slot + 1] - begins[slot]);
    }

private:
    static constexpr std::size_t slots = 2 * call_count;

    static std::size_t slot_of(Call call, Phase phase) {
        return 2 * static_cast<std::size_t>(call) + static_cast<std::size_t>(phase);
    }

    void gather(std::size_t slot, std::size_t rule) {
        const RuleEntry& entry = entries()[rule];
        for (const Watch& watch : entry.watches)
            if (slot_of(watch.call, watch.phase) == slot)
                asked.push_back({entry.check, static_cast<RuleIndex>(rule), entry.rule.severity});
    }

    std::vector<Asked>                 asked;
    std::array<std::size_t, slots + 1> begins = {};
};

/// Anything may stand in a trace that comes from outside. Calls of an extension need one.
bool is_event(const Event& event) {
    if (static_cast<std::size_t>(event.call) >= call_count) return false;
    if (event.phase != Phase::enter && event.phase != Phase::leave) return false;
    if (!nests(event.call)) return event.phase == Phase::enter;
    return event.module < modules_max;
}

const Dispatch& dispatch() {
    static const Dispatch all;
    return all;
}

}  // namespace

struct Judge::State {
    Ledger          ledger;
    Findings        findings;
    Course          course{ledger, findings};
    const Dispatch& watching = dispatch();
    Place           next     = 0;
    bool            ended    = false;  // EndOfRun of a complete run was seen.
    bool            noted    = false;  // The verdict says that it was not.
};

Judge::Judge() : state(std::make_unique<State>()) {
    begin({});
}
Judge::~Judge()                           = default;
Judge::Judge(Judge&&) noexcept            = default;
Judge& Judge::operator=(Judge&&) noexcept = default;

void Judge::begin(const TraceFacts& facts) {
    state->ledger.begin(facts);
    state->findings.begin();
    state->next  = 0;
    state->ended = false;
    state->noted = false;
}

void Judge::fold(const Event& event) {
    State& now = *state;
    if (now.noted) now.findings.verdict.undecided.pop_back();
    now.noted = false;
    if (!is_event(event)) {
        now.findings.undecided(now.next++, "an event names no call or module that can be");
        return;
    }
    const Focus& focus = now.course.see(event, now.next);
    const auto asked = now.watching.of(event.call, event.phase);
    // A return whose call was not seen says nothing that a rule could judge.
    const bool whole = event.phase == Phase::enter || focus.frame != nullptr;
    if (whole && !asked.empty()) {
        Sight sight(event, now.ledger, focus, now.findings, now.next);
        for (const Dispatch::Asked& one : asked) {
            sight.show_to(one.rule, one.severity);
            one.check(sight);
        }
    }
    now.course.take();
    if (event.call == Call::EndOfRun)
        now.ended = event.detail == static_cast<std::uint32_t>(RunEnd::complete);
    ++now.next;
}

std::uint32_t Judge::broken() const {
    return state->findings.violations;
}

const Verdict& Judge::verdict() {
    Verdict& verdict = state->findings.verdict;
    verdict.events   = state->next;
    if (!state->ended && !state->noted) {
        verdict.undecided.push_back({state->next, "the run did not come to its end"});
        state->noted = true;
    }
    verdict.outcome = state->findings.violations > 0 ? Outcome::violates
                      : verdict.undecided.empty()    ? Outcome::conforms
                                                     : Outcome::undecided;
    return verdict;
}

Verdict judge(std::span<const Event> trace, const TraceFacts& facts) {
    Judge judge;
    judge.begin(facts);
    for (const Event& event : trace)
        judge.fold(event);
    return judge.verdict();
}

}  // namespace interlock::model
