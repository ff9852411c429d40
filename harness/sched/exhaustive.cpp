#include "harness/sched/exhaustive.hpp"

#include <algorithm>
#include <utility>

#include "harness/faults/faultable.hpp"
#include "harness/sched/split_mix.hpp"

namespace interlock::harness {

namespace {

std::uint64_t mixed(std::uint64_t one, std::uint64_t other) {
    return SplitMix(one ^ SplitMix(other).word()).word();
}

std::uint64_t number_of(TaskName task) {
    return (static_cast<std::uint64_t>(task.role) + 1) << 32 | task.number;
}

}  // namespace

Exhaustive::Exhaustive(Bounds bounds, std::vector<Decision> answers, FootprintOf footprint)
    : bounds(bounds), answers(std::move(answers)), footprint(std::move(footprint)) {
    std::erase_if(this->answers, [](const Decision& decision) { return decision.is_switch; });
    begin();
}

void Exhaustive::begin() {
    nodes.clear();
    used      = {};
    cut_short = lost = false;
    running.reset();
    tasks.clear();
    written.fill(0);
    read.fill(0);
    answered = state = 0;
    asked.clear();
}

void Exhaustive::follow(std::span<const std::uint16_t> path) {
    decided.assign(path.begin(), path.end());
    before.clear();
}

bool Exhaustive::wants_faults() const {
    return std::ranges::any_of(answers,
                               [](const Decision& decision) { return is_fault(decision.place); });
}

std::optional<std::size_t> Exhaustive::next(const Moment& moment) {
    end_step(moment);
    const bool free = !moment.current || bounds.preemptions == no_bound;
    if (footprint && nodes.size() >= decided.size() &&
        been_there(free ? std::nullopt : std::optional(moment.runnable[*moment.current].name))) {
        cut_short = true;
        return {};
    }
    std::size_t answer = plainest(moment);
    if (moment.runnable.size() > 1) {
        const auto taken = take({.count = static_cast<std::uint16_t>(moment.runnable.size()),
                                 .free  = free,
                                 .used  = used});
        if (!taken) return {};
        if (*taken > 0) {
            if (!free) ++used.preemptions;
            answer = *taken - 1U < answer ? *taken - 1U : *taken;
        }
    }
    running = moment.runnable[answer].name;
    return answer;
}

std::uint32_t Exhaustive::choose(std::string_view what, std::uint32_t count) {
    std::uint32_t answer = 0;
    if (const Decision* const given = named(what)) {
        answer = given->value < count ? given->value : 0;
    } else if (!is_fault(what)) {
        const auto ways  = static_cast<std::uint16_t>(std::min<std::uint32_t>(count, 0xFFFF));
        const auto taken = take({.count = ways, .answer = true, .free = false, .used = used});
        answer           = taken.value_or(0);
        if (answer > 0) ++used.answers;
    }
    answered = mixed(answered + 1, answer);
    return answer;
}

const Decision* Exhaustive::named(std::string_view what) {
    if (answers.empty()) return nullptr;
    const TaskName      task  = running.value_or(TaskName{});
    const std::uint32_t nth   = asked.next(task, what);
    const auto          found = std::ranges::find_if(answers, [&](const Decision& decision) {
        return decision.nth == nth && decision.task == task && decision.place == what;
    });
    return found == answers.end() ? nullptr : &*found;
}

std::optional<std::uint16_t> Exhaustive::take(const Node& node) {
    const std::size_t place = nodes.size();
    nodes.push_back(node);
    if (place >= decided.size()) return 0;
    const bool same = place >= before.size() ||
                      (before[place].count == node.count && before[place].answer == node.answer);
    if (!same || decided[place] >= node.count) {
        lost = true;
        if (!node.answer) return {};
        return 0;
    }
    return nodes.back().taken = decided[place];
}

bool Exhaustive::may_depart(const Node& node) const {
    if (node.taken + 1 >= node.count) return false;
    if (node.answer) return node.used.answers < bounds.answers;
    return node.free || node.used.preemptions < bounds.preemptions;
}

bool Exhaustive::advance() {
    while (!nodes.empty() && !may_depart(nodes.back()))
        nodes.pop_back();
    if (nodes.empty()) return false;
    ++nodes.back().taken;
    before = nodes;
    decided.clear();
    for (const Node& node : nodes)
        decided.push_back(node.taken);
    return true;
}

// --- Which steps there were ----------------------------------------------------------------------

std::uint64_t& Exhaustive::last_step_of(TaskName task) {
    const auto found = std::ranges::find(tasks, task, &Of::task);
    if (found != tasks.end()) return found->last;
    tasks.push_back({task, 0});
    return tasks.back().last;
}

/// What a step is known by: whose it is, and the steps it depends on, each known likewise. Steps
/// that came in either order add up to the same.
void Exhaustive::end_step(const Moment& moment) {
    if (!running || !footprint) return;
    Footprint touched = footprint(moment);
    if (answered != 0) touched.writes = everything;
    std::uint64_t& last = last_step_of(*running);
    std::uint64_t  step = mixed(mixed(number_of(*running), last), mixed(answered, touched.places));
    for (std::size_t object = 0; object < written.size(); ++object) {
        const auto bit = 1U << object;
        if (!((touched.reads | touched.writes) & bit)) continue;
        step = mixed(step, written[object]);
        if (touched.writes & bit) step = mixed(step, read[object]);
    }
    for (std::size_t object = 0; object < written.size(); ++object) {
        const auto bit = 1U << object;
        if (touched.writes & bit) {
            written[object] = step;
            read[object]    = 0;
        } else if (touched.reads & bit) {
            read[object] += step;
        }
    }
    last = step;
    state += mixed(step, 1);
    answered = 0;
}

/// What can follow here could follow there, too, if the same task ran last there, or none that can
/// go on, or if the preemption that it takes to go on with this one was still left there.
bool Exhaustive::been_there(std::optional<TaskName> current) {
    const auto spent = [&](std::uint64_t place) {
        const auto found = states.find(place);
        return found == states.end() ? no_bound : found->second;
    };
    const std::uint64_t nobody = mixed(state, 0), anybody = mixed(state, 1);
    const std::uint64_t here = current ? mixed(state, number_of(*current)) : nobody;
    if (std::min(spent(here), spent(nobody)) <= used.preemptions) return true;
    if (spent(anybody) < used.preemptions) return true;
    for (const std::uint64_t place : {here, anybody}) {
        if (const auto found = states.find(place); found != states.end()) {
            found->second = std::min(found->second, used.preemptions);
        } else if (states.size() < states_max) {
            states.emplace(place, used.preemptions);
        }
    }
    return false;
}

}  // namespace interlock::harness
