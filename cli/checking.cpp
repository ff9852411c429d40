#include "cli/checking.hpp"

#include <utility>

#include "harness/trace/unseen.hpp"

namespace interlock::cli {
namespace {

/// Leaves of a verdict what happens within `result.trace`, and counts its places from there.
void tell_only_what_is_kept(reports::Result& result) {
    const auto from = static_cast<std::uint32_t>(result.first_event);
    const auto end  = from + result.trace.size();
    auto&      told = result.verdict.violations;
    result.untold   = std::erase_if(told, [&](const model::Violation& violation) {
        return violation.at < from || violation.at >= end;
    });
    for (model::Violation& violation : told) {
        violation.at -= from;
        violation.since = violation.since > from ? violation.since - from : 0;
    }
    for (model::Undecided& open : result.verdict.undecided)
        open.at = open.at > from ? open.at - from : 0;
}

/// Who does not see every call cannot say that all of them were right.
void doubt(model::Verdict& verdict) {
    verdict.undecided.push_back({0, "its recorder does not see every call"});
    if (verdict.outcome == model::Outcome::conforms) verdict.outcome = model::Outcome::undecided;
}

}  // namespace

Checking::Checking(const Judging& by, std::size_t kept) : judging(by), kept_max(kept) {}

void Checking::begin(const harness::TraceHead& head) {
    result.extensions = head.extensions;
    sees_not_all = !head.unseen.empty();
    held_to      = {.whole   = head.whole,
                    .ndis    = judging.ndis.value_or(head.ndis),
                    .reading = judging.reading};
    judge.begin(held_to, head.order);
    result.unjudged = model::unjudged_without(harness::unseen_calls(head));
    judge.withdraw(model::withdrawn_of(result.unjudged));
}

void Checking::event(const model::Event& one) {
    judge.fold(one);
    judge.is_partial() ? keep_settled() : keep(one);
}

void Checking::keep_settled() {
    judge.settled([this](const model::Event& one) { keep(one); });
}

void Checking::hole(std::uint64_t) {
    all = false;
    judge.skip();
    keep_settled();
}

void Checking::keep(const model::Event& one) {
    auto& kept = result.trace;
    if (kept.size() == kept_max && !make_room()) return;
    kept.push_back(one);
}

/// Of two stretches the earlier one goes, unless something was broken: then both are wanted.
bool Checking::make_room() {
    if (!earlier.empty()) {
        all = false;
        if (judge.broken() > 0) return false;
        result.first_event += kept_max;
    }
    earlier.swap(result.trace);
    result.trace.clear();
    result.trace.reserve(kept_max);
    return true;
}

reports::Result Checking::take() {
    judge.end();
    keep_settled();
    result.verdict = judge.verdict();
    if (sees_not_all) doubt(result.verdict);
    earlier.insert(earlier.end(), result.trace.begin(), result.trace.end());
    result.trace = std::move(earlier);
    tell_only_what_is_kept(result);
    return std::move(result);
}

}  // namespace interlock::cli
