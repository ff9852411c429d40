#include "fuzz/story_search.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <unordered_map>

#include "model/call.hpp"

namespace interlock::fuzz {
namespace {

using model::Event;
using model::Verdict;

using NodeId = std::uint32_t;
using Move   = std::uint16_t;  // Place in Scene::next().

constexpr NodeId      none       = 0xFFFF'FFFF;
constexpr std::size_t states_max = 600'000;

using Cost = std::tuple<std::uint32_t, std::uint32_t>;  // Rules broken, events.

/// Of a standing: 128 bits, so that no two of the few millions there are have the same.
struct Key {
    std::uint64_t one = 0x9E37'79B9'7F4A'7C15, other = 0xC2B2'AE3D'27D4'EB4F;

    explicit Key(const model::Standing& standing) {
        for (const std::uint32_t number : standing) {
            one   = (one ^ number) * 0xFF51'AFD7'ED55'8CCD;
            one   = one ^ one >> 32;
            other = (other + number) * 0x9FB2'1C65'1E98'DF25;
            other = other ^ other >> 29;
        }
    }
    friend bool operator==(const Key&, const Key&) = default;
};

struct KeyHash {
    std::size_t operator()(const Key& key) const {
        return key.one;
    }
};

/// A state, and how it is reached best: fewest rules broken, then fewest events.
struct Node {
    NodeId        from   = none;
    Move          move   = 0;
    bool          done   = false;  // All that can come next was tried.
    std::uint32_t broken = 0, length = 0;

    Cost cost() const {
        return {broken, length};
    }
};

/// A step by which no rule is broken, or that a cell is taken by.
struct Edge {
    NodeId from = none, to = none;
    Move   move = 0;
};

/// The best that was seen to take a cell.
struct Take {
    Edge          edge;
    std::uint32_t broken = 0, length = 0;

    Cost cost() const {
        return {broken, length};
    }
};

Event of_the_run(model::Call call, std::uint32_t detail = 0) {
    return {.call = call, .detail = detail};
}

class Walk {
public:
    Walk(Cast players, Extent much, std::vector<ToldCell>& cells)
        : cast(players), extent(much), all(cells), takes(cells.size()), rows_taken(cells.size()) {
        rows = static_cast<std::size_t>(std::ranges::count(cells, true, &ToldCell::filled));
    }

    /// Until nothing is left; of whole runs, until every cell has its story.
    Visited go();

    void note_what_never_is();
    void tell();

private:
    std::vector<Event> events_to(NodeId node) const;
    const Verdict&     judged(std::span<const Event> events);
    void               expand(NodeId node);
    void               step(const std::vector<Event>& events, const Edge& edge);
    void               note(const Edge& edge, const Verdict& verdict, std::uint32_t length);
    NodeId reach(const std::vector<Event>& events, const Edge& edge, std::uint32_t broken);
    bool   is_told_before(Cost cost) const;
    bool   is_mine(std::size_t cell) const;
    bool   can_end(std::vector<Event> events);
    void   find_ways_out();
    std::optional<Edge> best_legal(std::size_t cell) const;
    void                go_on(std::vector<Event>& events, Move move) const;
    std::uint64_t       times(const Verdict& verdict, std::size_t cell) const;

    const Cast             cast;
    const Extent           extent;
    std::vector<ToldCell>& all;
    std::size_t            rows = 0;  // So many of `all` are rows.

    model::Judge                             judge;
    std::vector<Node>                        nodes;
    std::unordered_map<Key, NodeId, KeyHash> seen;
    std::map<Cost, std::vector<NodeId>>      waiting;
    std::vector<std::uint64_t>               before;  // How often each cell was taken.
    std::vector<std::optional<Take>>         takes;
    std::vector<std::vector<Edge>>           rows_taken;  // Without breaking a rule.
    std::vector<Edge>                        legal;
    std::vector<NodeId>                      ends;     // Where a run may be over.
    std::vector<Edge>                        way_out;  // For each node, the next step,
    std::vector<std::uint32_t>               left;     // and how many are left.
    std::uint64_t                            tried = 0;
};

std::vector<Event> Walk::events_to(NodeId node) const {
    std::vector<Move> moves;
    for (; nodes[node].from != none; node = nodes[node].from)
        moves.push_back(nodes[node].move);
    std::vector<Event> events;
    for (auto move = moves.rbegin(); move != moves.rend(); ++move)
        go_on(events, *move);
    return events;
}

void Walk::go_on(std::vector<Event>& events, Move move) const {
    events.push_back(Scene(cast, extent, events).next().at(move));
}

const Verdict& Walk::judged(std::span<const Event> events) {
    judge.begin({.ndis = 640});
    for (const Event& event : events)
        judge.fold(event);
    return judge.verdict();
}

std::uint64_t Walk::times(const Verdict& verdict, std::size_t cell) const {
    return cell < rows ? verdict.cells[cell] : verdict.blanks[cell - rows];
}

Visited Walk::go() {
    nodes.push_back({});
    waiting[{0, 0}].push_back(0);
    bool all_told = false;
    while (!waiting.empty() && !all_told && nodes.size() < states_max) {
        const auto                first = waiting.begin();
        const std::vector<NodeId> ready = std::move(first->second);
        const auto                cost  = first->first;
        waiting.erase(first);
        for (const NodeId node : ready)
            if (!nodes[node].done && nodes[node].cost() == cost) expand(node);
        if (extent == Extent::whole_runs && !waiting.empty())
            all_told = is_told_before(waiting.begin()->first);
    }
    return {cast, extent, nodes.size(), tried, waiting.empty() || all_told};
}

/// Whether no state of that cost, or of a higher one, can lead to a better story.
bool Walk::is_told_before(Cost cost) const {
    for (std::size_t cell = 0; cell < all.size(); ++cell) {
        if (!is_mine(cell) || all[cell].never) continue;
        if (!takes[cell] || takes[cell]->cost() > cost) return false;
    }
    return std::get<0>(cost) > 0;  // All that breaks no rule is needed, to tell runs to their end.
}

bool Walk::is_mine(std::size_t cell) const {
    return StorySearch::cast_of(*all[cell].machine) == cast;
}

void Walk::note_what_never_is() {
    for (std::size_t cell = 0; cell < all.size(); ++cell)
        if (is_mine(cell) && !takes[cell]) all[cell].never = true;
}

void Walk::expand(NodeId node) {
    nodes[node].done          = true;
    std::vector<Event> events = events_to(node);
    const Verdict&     so_far = judged(events);
    before.clear();
    for (std::size_t cell = 0; cell < all.size(); ++cell)
        before.push_back(times(so_far, cell));
    const Scene scene(cast, extent, events);
    if (nodes[node].broken == 0 && scene.is_at_rest() && can_end(events)) ends.push_back(node);

    const auto moves = scene.next();
    events.emplace_back();
    for (std::size_t move = 0; move < moves.size(); ++move) {
        events.back() = moves[move];
        step(events, {.from = node, .move = static_cast<Move>(move)});
    }
}

bool Walk::can_end(std::vector<Event> events) {
    events.push_back(of_the_run(model::Call::Quiescent));
    events.push_back(of_the_run(model::Call::EndOfRun));
    const Verdict& verdict = judged(events);
    return verdict.outcome == model::Outcome::conforms && verdict.violations.empty();
}

void Walk::step(const std::vector<Event>& events, const Edge& edge) {
    ++tried;
    const Verdict& verdict = judged(events);
    // One is that the run did not come to its end. What else is not decided is not told on.
    if (verdict.undecided.size() > 1) return;
    const auto broken = static_cast<std::uint32_t>(verdict.violations.size());
    const Edge taken{edge.from, reach(events, edge, broken), edge.move};
    if (broken == 0) legal.push_back(taken);
    note(taken, verdict, static_cast<std::uint32_t>(events.size()));
}

NodeId Walk::reach(const std::vector<Event>& events, const Edge& edge, std::uint32_t broken) {
    const Scene     scene(cast, extent, events);
    model::Standing standing;
    scene.tell(standing);
    judge.standing(scene.named(), standing);
    const Node made{edge.from, edge.move, false, broken, static_cast<std::uint32_t>(events.size())};
    const auto [at, is_new] = seen.try_emplace(Key(standing), static_cast<NodeId>(nodes.size()));
    if (is_new) nodes.push_back(made);
    Node& node = nodes[at->second];
    if (!is_new && (node.done || node.cost() <= made.cost())) return at->second;
    node = made;
    waiting[made.cost()].push_back(at->second);
    return at->second;
}

void Walk::note(const Edge& edge, const Verdict& verdict, std::uint32_t length) {
    const auto broken = static_cast<std::uint32_t>(verdict.violations.size());
    for (std::size_t cell = 0; cell < all.size(); ++cell) {
        if (!is_mine(cell) || times(verdict, cell) == before[cell]) continue;
        if (cell < rows && broken == 0) rows_taken[cell].push_back(edge);
        const Take take{edge, broken, length};
        if (!takes[cell] || take.cost() < takes[cell]->cost()) takes[cell] = take;
    }
}

/// From which states a run can still end well, and by which steps soonest.
void Walk::find_ways_out() {
    std::vector<std::vector<std::uint32_t>> into(nodes.size());
    for (std::uint32_t place = 0; place < legal.size(); ++place)
        into[legal[place].to].push_back(place);
    left.assign(nodes.size(), none);
    way_out.assign(nodes.size(), {});
    std::vector<NodeId> next = ends;
    for (const NodeId node : ends)
        left[node] = 0;
    for (std::size_t place = 0; place < next.size(); ++place)
        for (const std::uint32_t edge : into[next[place]]) {
            const NodeId from = legal[edge].from;
            if (left[from] != none) continue;
            left[from]    = left[next[place]] + 1;
            way_out[from] = legal[edge];
            next.push_back(from);
        }
}

/// The step that takes a row in the shortest run that keeps all rules, from its begin to its end.
std::optional<Edge> Walk::best_legal(std::size_t cell) const {
    std::optional<Edge> best;
    std::uint64_t       shortest = none;
    for (const Edge& edge : rows_taken[cell]) {
        if (left[edge.to] == none) continue;
        const std::uint64_t length = nodes[edge.from].length + 1 + left[edge.to];
        if (length >= shortest) continue;
        shortest = length;
        best     = edge;
    }
    return best;
}

void Walk::tell() {
    find_ways_out();
    for (std::size_t cell = 0; cell < all.size(); ++cell) {
        if (!takes[cell]) continue;
        ToldCell&  told       = all[cell];
        const auto legal_edge = best_legal(cell);
        const Edge edge       = legal_edge ? *legal_edge : takes[cell]->edge;
        told.story            = events_to(edge.from);
        told.never            = false;
        told.broken           = legal_edge ? 0 : takes[cell]->broken;
        go_on(told.story, edge.move);
        if (!legal_edge) continue;
        for (NodeId at = edge.to; left[at] != 0; at = way_out[at].to)
            go_on(told.story, way_out[at].move);
        told.story.push_back(of_the_run(model::Call::Quiescent));
        told.story.push_back(of_the_run(model::Call::EndOfRun));
    }
}

}  // namespace

StorySearch::StorySearch() {
    for (const model::Machine* machine : model::machines())
        for (const model::Cell& cell : machine->cells)
            all.push_back({machine, cell.from, cell.event, true, cell.rule, {}});
    for (const model::Machine* machine : model::machines())
        for (const model::Blank& blank : machine->blanks)
            all.push_back({machine, blank.from, blank.event, false, blank.rule, {}});
}

Cast StorySearch::cast_of(const model::Machine& machine) {
    if (&machine == &model::filter_module_machine()) return Cast::a_module;
    if (&machine == &model::oid_request_machine()) return Cast::a_request;
    if (&machine == &model::packet_machine()) return Cast::a_packet;
    if (&machine == &model::save_machine()) return Cast::a_session;
    if (&machine == &model::restore_machine()) return Cast::a_session;
    if (&machine == &model::activation_machine()) return Cast::a_question;
    if (&machine == &model::property_machine()) return Cast::a_property;
    return Cast::the_switch;
}

void StorySearch::search(Cast cast) {
    Walk proof(cast, Extent::own_events, all);
    visited.push_back(proof.go());
    if (visited.back().all) proof.note_what_never_is();
    Walk stories(cast, Extent::whole_runs, all);
    visited.push_back(stories.go());
    stories.tell();
}

void StorySearch::search() {
    using enum Cast;
    for (const Cast cast : {the_switch, a_module, a_request, a_packet, a_session,
                            a_property, a_question})
        search(cast);
}

}  // namespace interlock::fuzz
