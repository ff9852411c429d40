#pragma once

// Judges a trace whose order is only partly certain: looks for an order in which nobody broke a
// rule. Only when every permitted one is illegal, somebody is accused.
//
// Most events are certain to be before whatever they could be confused with, or may change places
// with it: they are folded at once. The others come in clusters: a stretch of the trace of which no
// event can be confused with one outside. A cluster is gone through event by event, with all judges
// that the permitted orders lead to so far; two that know the same are one. So memory is bounded by
// what happens within the skew, and where nothing can be confused each event is folded once.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "model/judge.hpp"
#include "model/order.hpp"

namespace interlock::model {

/// Beyond these a search gives up. Then what it finds illegal is undecided.
struct SearchLimits {
    std::size_t   judges  = 32;                      // That are kept at a time,
    std::size_t   waiting = std::size_t{1} << 14;    // events that wait for what may come before,
    std::size_t   cluster = 64;                      // events of a cluster,
    std::uint64_t folds   = std::uint64_t{1} << 12;  // and how often one of them is judged.
};

/// How often it mattered.
struct SearchTally {
    std::uint64_t clusters  = 0;  // Places where the order could have mattered,
    std::uint64_t reordered = 0;  // where another order than that of the trace was taken,
    std::uint64_t gave_up   = 0;  // and where not every order could be tried.
};

class Orders {
public:
    /// @param order  none: that of the trace is certain, and each event is folded as it comes.
    void begin(const TraceFacts& facts, const std::optional<PartialOrder>& order,
               const SearchLimits& limits = {});

    /// What these rules say is not told: it may come of what the recorder does not see. After
    /// `begin`; see unjudged.hpp.
    void withdraw(std::vector<RuleIndex> rules) {
        withdrawn = std::move(rules);
    }

    /// The next event of the trace. Whoever reads clocks that go back is not believed: then what is
    /// found illegal is undecided, too.
    void fold(const Event& event) {
        if (partial) return wait(event);
        branches.front().judge.fold(event);
    }

    /// Events are missing here; see Judge::skip.
    void skip();

    /// There are no more events.
    void end();

    /// Of what was folded and settled.
    const Verdict& verdict();

    /// How many violations there are so far, undecided ones among them.
    std::uint32_t broken() const {
        return branches.front().judge.broken();
    }

    /// Whether events are settled later than they come.
    bool is_partial() const {
        return partial;
    }

    /// If so: calls `take(event)` for each that is settled since the last time, in the order that
    /// was found; places in the verdict count in that.
    template <typename Taker>
    void settled(Taker take) {
        for (const Event& event : done)
            take(event);
        done.clear();
    }

    SearchTally tally;

private:
    void wait(const Event& event);

    /// A judge that a permitted order has led to.
    struct Branch {
        Judge              judge;
        std::vector<Event> order     = {};     // Since there was only one branch.
        bool               reordered = false;  // It is not the trace's.

        // Within a cluster.
        std::vector<bool> taken = {};  // Which of its events were folded;
        std::size_t       first = 0;   // all before this one were.
        Standing          known = {};  // What the judge then knows.
    };
    using Branches = std::vector<Branch>;

    void        settle(std::uint64_t come_100ns);
    bool        is_alone(const Event& front) const;
    std::size_t cluster_size() const;
    void        fold_one(const Event& event);

    void                     search(std::size_t size);
    Branches                 one_further(Branches& level, Branches& dead);
    Branch                   another(const Branch& like);
    void                     spare(Branch& one);
    void                     branch(Branch& from, Branches& into, Branches& dead);
    bool                     is_ready(const Branch& from, std::size_t place) const;
    bool                     is_free(const Branch& from, std::size_t place) const;
    std::vector<std::size_t> choices(const Branch& from) const;
    void                     add(Branches& level, Branch&& one);
    bool                     know_the_same(const Branch& one, const Branch& other) const;
    void                     name(const Event& event);

    void pass_hole();
    void broke(Branch& in);
    void settle_branches();
    void keep_only_the_first();
    void doubt();

    PartialOrder                 order;
    SearchLimits                 limits;
    std::deque<Event>            waiting;
    std::size_t                  entangling = 0;  // How many of these may be so with a packet.
    std::vector<Event>           cluster, done;
    std::vector<ObjectId>        named;  // By events that were folded since there was one branch.
    Branches                     branches = Branches(1);
    std::vector<Judge>           spares;  // Their memory is kept.
    Verdict                      told;
    std::vector<RuleIndex>       withdrawn;
    std::vector<std::uint64_t>   uncertain;  // At which events violations are that are undecided.
    std::uint64_t                latest_100ns = 0, ripe_100ns = 0, folds = 0;
    std::optional<std::uint64_t> hole_100ns;  // Until when what is missing may have happened.
    bool                         partial = false;
    bool gave_up = false;  // Some permitted order is not among the branches.
};

}  // namespace interlock::model
