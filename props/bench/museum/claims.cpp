#include "props/bench/museum/claims.hpp"

namespace interlock::props::museum {
namespace {

constexpr std::uint64_t times_fewer = 10, times_more = 2;

struct Pair {
    Trials portfolio, uniform;

    bool known() const {
        return !portfolio.empty() && !uniform.empty();
    }
    std::string text() const {
        if (!known()) return "not measured";
        return std::to_string(portfolio.median().executions) + " / " +
               std::to_string(uniform.median().executions);
    }
};

bool needs_a_schedule(const Exhibit& exhibit) {
    return exhibit.needs == Needs::schedule || exhibit.needs == Needs::memory;
}

void ask(Claim& claim, const Exhibit& exhibit, const Pair& pair, bool holds) {
    ++claim.asked;
    if (!holds) claim.against.push_back(exhibit.pattern + ": " + pair.text());
}

bool detects_all(const Pair& pair) {
    return pair.known() && pair.portfolio.detected() == pair.portfolio.sorted.size();
}

/// Where uniform detects nothing, it would have taken more than it was given.
bool takes_a_tenth(const Pair& pair) {
    return pair.known() && pair.portfolio.median().detected &&
           pair.portfolio.median().executions * times_fewer <= pair.uniform.median().executions;
}

bool takes_no_more_than_twice(const Pair& pair) {
    return pair.portfolio.median().detected &&
           pair.portfolio.median().executions <= pair.uniform.median().executions * times_more;
}

}  // namespace

std::vector<Claim> claims(const std::vector<Exhibit>& exhibits, const Measured& measured) {
    Claim all{.says = "detects each with every seed", .against = {}};
    Claim schedule{.says =
                       "on what needs a schedule or memory, takes at most a tenth of uniform's "
                       "executions",
                   .against = {}};
    Claim easy{.says    = "where uniform's median seed detects, takes at most twice its executions",
               .against = {}};
    for (const Exhibit& exhibit : exhibits) {
        const Pair pair{measured.trials(exhibit.name(), "portfolio"),
                        measured.trials(exhibit.name(), "uniform")};
        ask(all, exhibit, pair, detects_all(pair));
        if (needs_a_schedule(exhibit)) ask(schedule, exhibit, pair, takes_a_tenth(pair));
        if (pair.known() && pair.uniform.median().detected)
            ask(easy, exhibit, pair, takes_no_more_than_twice(pair));
    }
    return {all, schedule, easy};
}

}  // namespace interlock::props::museum
