#pragma once

// Folds a trace, one event at a time, into a verdict. Online and offline are this same class.

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "model/event.hpp"
#include "model/reading.hpp"
#include "model/rule.hpp"
#include "model/standing.hpp"
#include "model/verdict.hpp"

namespace interlock::model {

/// Every rule this build judges, sorted by id. The index of a rule is its place here.
std::span<const Rule> rules();

/// @return the rule of that id, or `no_rule`.
RuleIndex rule_of(std::string_view id);

/// What a trace can be held to. Read once, at `begin`.
struct TraceFacts {
    bool          whole   = true;  // The trace begins with the switch, and misses nothing.
    std::uint16_t ndis    = 630;   // 630 or 640 and up.
    Reading       reading = Reading::reconciled;

    /// Of what is over, at least so many requests and packets are remembered, and an eighth as many
    /// ports and adapters: whom a call names that comes too late, the verdict tells only of these.
    std::uint32_t remembers = 4096;
};

/// Pure: no I/O, no clock, no thread, no hash order. Allocates only while its tables grow; a judge
/// that is begun again keeps them.
class Judge {
public:
    Judge();
    ~Judge();
    Judge(Judge&&) noexcept;
    Judge& operator=(Judge&&) noexcept;

    /// One that has folded the same. Copies all that is remembered.
    Judge(const Judge&);
    Judge& operator=(const Judge&);

    /// Forgets the last trace, keeps the memory.
    void begin(const TraceFacts& facts);

    /// Takes the next event. Never throws for anything the event says: any event is judged.
    void fold(const Event& event);

    /// Events are missing here. What was known of the switch and its extensions counts no more, as
    /// at the beginning of a trace that is not whole; what was found stays.
    void skip();

    /// Likewise, for another reason, which the verdict gives.
    /// @param why  lives for ever.
    void doubt(std::string_view why);

    /// The verdict gives this reason, too, why it is not "conforms".
    /// @param why  lives for ever.
    void note(std::string_view why);

    /// How many violations (warnings not counted) there are so far.
    std::uint32_t broken() const;

    /// Of how much it keeps a record now: bounded by what is open and by `TraceFacts::remembers`.
    std::size_t records() const;

    /// Appends what tells this judge from one that has folded something else: see standing.hpp.
    void standing(std::span<const ObjectId> named, Standing& into) const;

    /// Appends what these requests and packets were cloned from, at any depth.
    void name_kin(std::vector<ObjectId>& named) const;

    /// The verdict on what was folded. Undecided if no EndOfRun of a complete run was seen.
    /// @return valid until the next `begin` or `fold`.
    const Verdict& verdict();

private:
    struct State;
    std::unique_ptr<State> state;
};

/// Judges a whole trace.
Verdict judge(std::span<const Event> trace, const TraceFacts& facts = {});

}  // namespace interlock::model
