#include "model/judge.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "model/course.hpp"
#include "model/findings.hpp"
#include "model/ledger.hpp"
#include "model/rules/registry.hpp"
#include "model/sight.hpp"

namespace interlock::model {
namespace {

/// For each (call, phase, OID) the checks that watch it, one after the other in one vector. Calls
/// that carry no OID request have one list for all.
class Dispatch {
public:
    struct Asked {
        void (*check)(Sight&) = nullptr;
        RuleIndex rule        = no_rule;
        Severity  severity    = Severity::violation;
    };

    explicit Dispatch(Reading by) : reading(by) {
        for (std::size_t call = 0; call < call_count; ++call)
            for (const Phase phase : {Phase::enter, Phase::leave})
                for (std::size_t place = 0; place < places; ++place)
                    gather({static_cast<Call>(call), phase}, place);
        begins[slots] = static_cast<std::uint16_t>(asked.size());
    }

    std::span<const Asked> of(const Watch& watch, std::size_t place) const {
        const std::size_t slot = slot_of(watch, place);
        return {asked.data() + begins[slot], asked.data() + begins[slot + 1]};
    }

private:
    static constexpr std::size_t places = oid::count + 1;
    static constexpr std::size_t slots  = 2 * call_count * places;

    static std::size_t slot_of(const Watch& watch, std::size_t place) {
        const auto phase = static_cast<std::size_t>(watch.phase);
        return (2 * static_cast<std::size_t>(watch.call) + phase) * places + place;
    }

    void gather(const Watch& watch, std::size_t place) {
        begins[slot_of(watch, place)] = static_cast<std::uint16_t>(asked.size());
        const bool carries            = call_traits::of(watch.call) & call_traits::request;
        if (!carries && place != oid::count) return;
        for (std::size_t rule = 0; rule < entries().size(); ++rule) {
            const RuleEntry& entry = entries()[rule];
            if (carries && !concerns(entry, place)) continue;
            if (std::ranges::find(entry.watches, watch) == entry.watches.end()) continue;
            const auto   index  = static_cast<RuleIndex>(rule);
            const Weight weight = weight_of(index, reading);
            if (weight != Weight::silent)
                asked.push_back({entry.check, index, severity_of(weight)});
        }
    }

    static bool concerns(const RuleEntry& entry, std::size_t place) {
        return entry.about.empty() ||
               std::ranges::find(entry.about, place, oid::place) != entry.about.end();
    }

    const Reading                        reading;
    std::vector<Asked>                   asked;
    std::array<std::uint16_t, slots + 1> begins = {};  // Small, to stay in the cache.
};

/// The OID that an event is about, if its call is about one: a clone's is that of what it was
/// cloned from, whatever an extension may have made of it since.
std::size_t oid_place(const Event& event, const Request* request) {
    if ((call_traits::of(event.call) & call_traits::request) == 0) return oid::count;
    if (request != nullptr && (event.oid == 0 || request->parent != no_index))
        return oid::place(request->oid);
    return oid::place(event.oid);
}

/// Anything may stand in a trace that comes from outside. Calls of an extension need one.
bool is_event(const Event& event) {
    if (static_cast<std::size_t>(event.call) >= call_count) return false;
    if (event.phase != Phase::enter && event.phase != Phase::leave) return false;
    if (!nests(event.call)) return event.phase == Phase::enter;
    return event.module < modules_max;
}

/// Made when a trace is first read so.
template <Reading reading>
const Dispatch& dispatch_for() {
    static const Dispatch all(reading);
    return all;
}

const Dispatch& dispatch(Reading reading) {
    switch (reading) {
        case Reading::as_written:
            return dispatch_for<Reading::as_written>();
        case Reading::strict:
            return dispatch_for<Reading::strict>();
        default:
            return dispatch_for<Reading::reconciled>();
    }
}

}  // namespace

struct Judge::State {
    State() = default;
    State(const State& other) {
        *this = other;
    }
    State& operator=(const State& other) {
        ledger   = other.ledger;
        findings = other.findings;
        watching = other.watching;
        next     = other.next;
        tidy_at  = other.tidy_at;
        room     = other.room;
        ended    = other.ended;
        noted    = other.noted;
        return *this;
    }

    Ledger          ledger;
    Findings        findings;
    Course          course{ledger, findings};
    const Dispatch* watching = &dispatch(Reading::reconciled);
    Place           next     = 0;
    Place           tidy_at  = 0;  // The event before which the ledger's size is next looked at,
    std::size_t     room     = 0;  // and of how many records it then forgets what is over.
    bool            ended    = false;  // EndOfRun of a complete run was seen.
    bool            noted    = false;  // The verdict says that it was not.

    /// Rarely enough not to cost anything.
    void tidy() {
        const std::size_t remembers = ledger.facts.remembers;
        if (ledger.records() > room) {
            ledger.forget();
            room = ledger.records() + 2 * remembers;
        }
        tidy_at = next + 1 + static_cast<Place>(remembers);
    }
};

Judge::Judge() : state(std::make_unique<State>()) {
    begin({});
}
Judge::~Judge()                           = default;
Judge::Judge(Judge&&) noexcept            = default;
Judge& Judge::operator=(Judge&&) noexcept = default;
Judge::Judge(const Judge& other) : state(std::make_unique<State>(*other.state)) {}
Judge& Judge::operator=(const Judge& other) {
    if (this != &other) *state = *other.state;
    return *this;
}

void Judge::begin(const TraceFacts& facts) {
    state->ledger.begin(facts);
    state->findings.begin();
    state->watching = &dispatch(facts.reading);
    state->next     = 0;
    state->tidy_at  = 0;
    state->room     = 2 * std::size_t{facts.remembers};
    state->ended    = false;
    state->noted    = false;
}

void Judge::fold(const Event& event) {
    State& now = *state;
    if (now.noted) now.findings.verdict.undecided.pop_back();
    now.noted = false;
    if (now.next >= now.tidy_at) now.tidy();
    if (!is_event(event)) {
        now.findings.undecided(now.next++, "an event names no call or module that can be");
        return;
    }
    const Focus& focus = now.course.see(event, now.next);
    const auto asked = now.watching->of({event.call, event.phase}, oid_place(event, focus.request));
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

void Judge::skip() {
    doubt("events are missing");
}

void Judge::note(std::string_view why) {
    State& now = *state;
    if (now.noted) now.findings.verdict.undecided.pop_back();
    now.noted = false;
    now.findings.undecided(now.next, why);
}

void Judge::doubt(std::string_view why) {
    note(why);
    State& now       = *state;
    now.ended        = false;
    TraceFacts facts = now.ledger.facts;
    facts.whole      = false;
    now.ledger.begin(facts);
}

std::uint32_t Judge::broken() const {
    return state->findings.violations;
}

std::size_t Judge::records() const {
    return state->ledger.records();
}

void Judge::standing(std::span<const ObjectId> named, Standing& into) const {
    tell_standing(state->ledger, named, into);
}

void Judge::name_kin(std::vector<ObjectId>& named) const {
    const Ledger& known = state->ledger;
    const auto    add   = [&](ObjectId id) {
        if (id != 0 && std::ranges::find(named, id) == named.end()) named.push_back(id);
    };
    for (std::size_t place = 0; place < named.size(); ++place) {
        const Index request = known.requests.find(named[place]);
        const Index packet  = known.packets.find(named[place]);
        if (packet != no_index) add(known.packets[packet].parent);
        if (request == no_index) continue;
        for (const Index kin : {known.requests[request].parent, known.requests[request].root})
            if (kin != no_index) add(known.requests[kin].id);
    }
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
