#include "model/orders.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace interlock::model {
namespace {

constexpr std::string_view not_all_tried =
    "the order of events is not known, and not every order could be tried";
constexpr std::string_view by_whom_is_open =
    "no order that can have been is legal, but who broke a rule depends on it";

constexpr std::string_view may_be_unseen = "what looks illegal may come of calls that are not seen";

constexpr std::size_t apart_max = 4096;  // Events that branches may go on without being one.

std::uint64_t later(std::uint64_t time, std::uint64_t by) {
    return time > std::numeric_limits<std::uint64_t>::max() - by
               ? std::numeric_limits<std::uint64_t>::max()
               : time + by;
}

/// What the standing of a judge does not tell of.
bool is_about_devices(const Event& event) {
    return event.call >= Call::IoCreateDevice && event.call <= Call::RequestorCancels;
}

/// Who is accused first of what happened at the last event.
std::pair<Party, ModuleId> accused_last(Judge& judge) {
    const Verdict& verdict = judge.verdict();
    for (const Violation& violation : verdict.violations)
        if (violation.at + 1 == verdict.events && violation.severity == Severity::violation)
            return {violation.guilty, violation.module};
    return {Party::host, host_module};
}

}  // namespace

void Orders::begin(const TraceFacts& facts, const std::optional<PartialOrder>& known,
                   const SearchLimits& by) {
    partial = known.has_value();
    order   = known.value_or(PartialOrder{});
    limits  = by;
    tally   = {};
    waiting.clear();
    done.clear();
    named.clear();
    uncertain.clear();
    withdrawn.clear();
    entangling   = 0;
    latest_100ns = ripe_100ns = 0;
    gave_up                   = false;
    hole_100ns.reset();
    branches.resize(1);
    branches.front().order.clear();
    branches.front().reordered = false;
    branches.front().judge.begin(facts);
}

void Orders::wait(const Event& event) {
    Event next = event;
    if (later(next.time_100ns, order.skew_100ns) < latest_100ns) {
        gave_up         = true;
        next.time_100ns = latest_100ns - order.skew_100ns;
    }
    latest_100ns = std::max(latest_100ns, next.time_100ns);
    waiting.push_back(next);
    entangling += !stands_alone(next);
    settle(latest_100ns);
}

/// What is missing may have happened before what stands before the hole, or after what stands
/// behind it: as far as the skew goes, and then all is forgotten once more.
void Orders::skip() {
    gave_up = partial;
    end();
    branches.front().judge.skip();
    gave_up = false;
    if (partial) hole_100ns = later(latest_100ns, later(order.skew_100ns, order.skew_100ns));
}

void Orders::pass_hole() {
    if (!hole_100ns) return;
    gave_up = waiting.front().time_100ns <= *hole_100ns;
    if (gave_up) return;
    keep_only_the_first();
    branches.front().judge.skip();
    hole_100ns.reset();
}

void Orders::end() {
    settle(std::numeric_limits<std::uint64_t>::max());
    const auto weight = [](Branch& branch) {
        const Verdict& verdict = branch.judge.verdict();
        return std::pair(verdict.outcome, verdict.violations.size());
    };
    const auto best = std::ranges::min_element(branches, {}, weight);
    std::swap(*best, branches.front());
    keep_only_the_first();
}

const Verdict& Orders::verdict() {
    if (uncertain.empty() && withdrawn.empty()) return branches.front().judge.verdict();
    told                      = branches.front().judge.verdict();
    const auto comes_of_sight = std::erase_if(told.violations, [&](const Violation& violation) {
        return std::ranges::find(withdrawn, violation.rule) != withdrawn.end();
    });
    const auto comes_of_order = std::erase_if(told.violations, [&](const Violation& violation) {
        return std::ranges::find(uncertain, violation.at) != uncertain.end();
    });
    if (comes_of_sight > 0) told.undecided.push_back({0, may_be_unseen});
    if (comes_of_sight + comes_of_order == 0) return told;
    const bool broken = std::ranges::any_of(told.violations, [](const Violation& violation) {
        return violation.severity == Severity::violation;
    });
    told.outcome      = broken ? Outcome::violates : Outcome::undecided;
    return told;
}

/// @param come_100ns  what is still to come is not much earlier than this.
void Orders::settle(std::uint64_t come_100ns) {
    const std::uint64_t reach = later(order.skew_100ns, order.skew_100ns);
    while (!waiting.empty()) {
        const bool full = waiting.size() > limits.waiting;
        if (!full && come_100ns < ripe_100ns) return;
        const std::size_t size  = is_alone(waiting.front()) ? 1 : cluster_size();
        std::uint64_t     times = 0;
        for (std::size_t place = 0; place < size; ++place)
            times = std::max(times, waiting[place].time_100ns);
        ripe_100ns      = later(later(times, reach), 1);
        const bool ripe = come_100ns >= ripe_100ns;
        if (!full && !ripe) return;
        pass_hole();
        const bool cut = !ripe || size > limits.cluster;  // What it is confused with is elsewhere.
        gave_up        = gave_up || cut;
        search(cut ? 1 : size);  // Then the order of the trace is as good as any.
        gave_up    = gave_up || cut;
        ripe_100ns = waiting.empty() ? 0 : later(waiting.front().time_100ns, reach);
    }
}

bool Orders::is_alone(const Event& front) const {
    return order.by_object && entangling == 0 && stands_alone(front);
}

/// Of how many events, from the first that waits, none can be confused with a later one.
std::size_t Orders::cluster_size() const {
    const std::uint64_t reach = later(order.skew_100ns, order.skew_100ns);
    std::size_t         size  = 1;
    for (std::size_t one = 0; one < size && size <= limits.cluster; ++one) {
        for (std::size_t other = size; other < waiting.size(); ++other) {
            if (waiting[other].time_100ns > later(waiting[one].time_100ns, reach)) break;
            const bool free = is_certain(order, waiting[one], waiting[other]) ||
                              may_swap(waiting[one], waiting[other]);
            if (!free) size = other + 1;
            if (size > limits.cluster) return size;
        }
    }
    return size;
}

void Orders::name(const Event& event) {
    for (const ObjectId id : {event.object, event.parent})
        if (id != 0 && std::ranges::find(named, id) == named.end()) named.push_back(id);
}

/// Nothing can be confused with it, and there is one branch: almost all events of almost any trace.
void Orders::fold_one(const Event& event) {
    Judge&              judge  = branches.front().judge;
    const std::uint32_t before = judge.broken();
    judge.fold(event);
    done.push_back(event);
    if (judge.broken() == before || !gave_up) return;
    broke(branches.front());
    doubt();
}

void Orders::search(std::size_t size) {
    cluster.assign(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(size));
    waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(size));
    entangling -= static_cast<std::size_t>(
        std::ranges::count_if(cluster, [](const Event& event) { return !stands_alone(event); }));
    if (size == 1 && branches.size() == 1) return fold_one(cluster.front());

    tally.clusters += size > 1;
    folds = 0;
    for (const Event& event : cluster)
        name(event);
    for (Branch& branch : branches) {
        branch.judge.name_kin(named);
        branch.taken.assign(size, false);
        branch.first = 0;
    }
    const std::size_t uncertain_before = uncertain.size();
    for (std::size_t folded = 0; folded < size; ++folded) {
        Branches dead;
        Branches next = one_further(branches, dead);
        if (next.empty()) {
            broke(dead.front());
            const auto by_whom = accused_last(dead.front().judge);
            const bool open    = std::ranges::any_of(
                   dead, [&](Branch& other) { return accused_last(other.judge) != by_whom; });
            if (open) dead.front().judge.note(by_whom_is_open);
            gave_up = gave_up || dead.size() > 1;
            next.push_back(std::move(dead.front()));
            dead.erase(dead.begin());
        }
        for (Branch& other : dead)
            spare(other);
        branches = std::move(next);
    }
    settle_branches();
    if (uncertain.size() > uncertain_before) doubt();
}

/// All branches of a cluster with one event more.
/// @param dead  takes those in which somebody then broke a rule.
Orders::Branches Orders::one_further(Branches& level, Branches& dead) {
    Branches next;
    for (Branch& from : level)
        branch(from, next, dead);
    if (next.size() > limits.judges) {
        next.erase(next.begin() + static_cast<std::ptrdiff_t>(limits.judges), next.end());
        gave_up = true;
    }
    if (folds > limits.folds && next.size() > 1) {
        next.erase(next.begin() + 1, next.end());
        gave_up = true;
    }
    return next;
}

Orders::Branch Orders::another(const Branch& like) {
    if (spares.empty()) return like;
    Branch one{std::move(spares.back()), like.order, like.reordered, like.taken, like.first, {}};
    spares.pop_back();
    one.judge = like.judge;
    return one;
}

void Orders::spare(Branch& one) {
    if (spares.size() < limits.judges) spares.push_back(std::move(one.judge));
}

void Orders::branch(Branch& from, Branches& into, Branches& dead) {
    auto ways = choices(from);
    if (folds > limits.folds && ways.size() > 1) {
        ways.resize(1);
        gave_up = true;
    }
    for (std::size_t way = 0; way < ways.size(); ++way) {
        const bool          last   = way + 1 == ways.size();
        Branch              one    = last ? std::move(from) : another(from);
        const std::uint32_t before = one.judge.broken();
        const Event&        event  = cluster[ways[way]];
        one.judge.fold(event);
        one.order.push_back(event);
        one.reordered        = one.reordered || ways[way] != one.first;
        one.taken[ways[way]] = true;
        while (one.first < one.taken.size() && one.taken[one.first])
            ++one.first;
        ++folds;
        if (one.judge.broken() > before) {
            dead.push_back(std::move(one));
        } else {
            add(into, std::move(one));
        }
    }
}

bool Orders::is_ready(const Branch& from, std::size_t place) const {
    for (std::size_t before = from.first; before < place; ++before)
        if (!from.taken[before] && is_certain(order, cluster[before], cluster[place])) return false;
    return true;
}

/// Whether it may as well come next: whatever else could, changes places with it.
bool Orders::is_free(const Branch& from, std::size_t place) const {
    for (std::size_t other = from.first; other < cluster.size(); ++other) {
        if (other == place || from.taken[other]) continue;
        const bool after = other > place && is_certain(order, cluster[place], cluster[other]);
        if (!after && !may_swap(cluster[place], cluster[other])) return false;
    }
    return true;
}

/// What can have come next, in the order of the trace. Where one event is enough, just that.
std::vector<std::size_t> Orders::choices(const Branch& from) const {
    const std::uint64_t reach = later(order.skew_100ns, order.skew_100ns);
    const std::uint64_t until = later(cluster[from.first].time_100ns, reach);

    std::vector<std::size_t> ready;
    for (std::size_t place = from.first; place < cluster.size(); ++place) {
        if (cluster[place].time_100ns > until) break;
        if (!from.taken[place] && is_ready(from, place)) ready.push_back(place);
    }
    if (ready.size() > 1)
        for (const std::size_t place : ready)
            if (is_free(from, place)) return {place};
    return ready;
}

/// Of two that know the same, the one of which less is told.
void Orders::add(Branches& level, Branch&& one) {
    one.known.clear();
    one.judge.standing(named, one.known);
    for (Branch& other : level) {
        if (other.taken != one.taken || !know_the_same(one, other)) continue;
        const auto told_of = [](Branch& of) { return of.judge.verdict().violations.size(); };
        if (told_of(one) < told_of(other)) std::swap(one, other);
        return spare(one);
    }
    level.push_back(std::move(one));
}

bool Orders::know_the_same(const Branch& one, const Branch& other) const {
    const auto devices = [](const Branch& branch) {
        return std::ranges::any_of(branch.order, is_about_devices);
    };
    return one.known == other.known && (!devices(one) || one.order == other.order);
}

/// Every permitted order is illegal; or, if some were not tried, nobody knows.
void Orders::broke(Branch& in) {
    if (gave_up) uncertain.push_back(in.judge.verdict().events - 1);
}

/// After a cluster.
void Orders::settle_branches() {
    const bool too_long = branches.front().order.size() > apart_max;
    if (branches.size() > 1 && !too_long) return;
    gave_up = gave_up || branches.size() > 1;
    keep_only_the_first();
}

void Orders::keep_only_the_first() {
    branches.erase(branches.begin() + 1, branches.end());
    Branch& only = branches.front();
    tally.reordered += only.reordered;
    only.reordered = false;
    done.insert(done.end(), only.order.begin(), only.order.end());
    only.order.clear();
    named.clear();
}

/// Whatever the order was, nothing is known any more.
void Orders::doubt() {
    ++tally.gave_up;
    keep_only_the_first();
    branches.front().judge.doubt(not_all_tried);
    gave_up = false;
}

}  // namespace interlock::model
