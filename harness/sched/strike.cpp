#include "harness/sched/strike.hpp"

#include <algorithm>

#include "harness/call_stack.hpp"
#include "harness/faults/faultable.hpp"
#include "harness/scenario/chance.hpp"
#include "harness/world.hpp"

namespace interlock::harness {

namespace {

/// Passes everything on but the questions whether a call is to fail.
class Striking : public Scheduler {
public:
    explicit Striking(std::unique_ptr<Scheduler> inner) : inner(std::move(inner)) {}

    void begin() override {
        inner->begin();
        current = {};
    }

    std::optional<std::size_t> next(const Moment& moment) override {
        const auto answer = inner->next(moment);
        if (answer && *answer < moment.runnable.size()) current = moment.runnable[*answer].name;
        return answer;
    }

    std::uint32_t choose(std::string_view what, std::uint32_t count) final {
        return is_fault(what) ? fail(what, count) : inner->choose(what, count);
    }

    bool wants_faults() const final {
        return true;
    }

protected:
    virtual std::uint32_t fail(std::string_view what, std::uint32_t count) = 0;

    TaskName running() const {
        return current;
    }

private:
    std::unique_ptr<Scheduler> inner;
    TaskName                   current;
};

class StruckAs final : public Striking {
public:
    StruckAs(std::unique_ptr<Scheduler> inner, std::vector<Decision> faults)
        : Striking(std::move(inner)), faults(std::move(faults)) {}

    void begin() override {
        Striking::begin();
        asked.clear();
    }

private:
    std::uint32_t fail(std::string_view what, std::uint32_t count) override {
        const std::uint32_t nth = asked.next(running(), what);
        for (const Decision& fault : faults) {
            if (fault.nth != nth || fault.task != running() || fault.place != what) continue;
            return fault.value < count ? fault.value : 0;
        }
        return 0;
    }

    std::vector<Decision> faults;
    Visits                asked;
};

class StruckByChance final : public Striking {
public:
    StruckByChance(std::unique_ptr<Scheduler> inner, std::uint32_t seed)
        : Striking(std::move(inner)), seed(seed), chance(seed) {}

    void begin() override {
        Striking::begin();
        chance = Chance(seed);
        for (std::uint8_t& percent : percents)
            percent = chance.percent(50) ? rates[chance.below(rates.size())] : std::uint8_t{0};
    }

private:
    static constexpr std::array<std::uint8_t, 5> rates = {1, 3, 10, 30, 80};

    std::uint32_t fail(std::string_view what, std::uint32_t count) override {
        const Faultable* const row = find_faultable(what);
        if (row == nullptr ||
            !chance.percent(percents[static_cast<std::size_t>(row - faultables.data())]))
            return 0;
        return 1 + chance.below(count - 1);
    }

    std::uint32_t                             seed;
    Chance                                    chance;
    std::array<std::uint8_t, faultable_count> percents = {};
};

}  // namespace

std::unique_ptr<Scheduler> struck_as(std::unique_ptr<Scheduler> inner,
                                     std::vector<Decision>      faults) {
    return std::make_unique<StruckAs>(std::move(inner), std::move(faults));
}

std::unique_ptr<Scheduler> struck_by_chance(std::unique_ptr<Scheduler> inner, std::uint32_t seed) {
    return std::make_unique<StruckByChance>(std::move(inner), seed);
}

std::pair<std::vector<Decision>, std::vector<Decision>> apart(
    const std::vector<Decision>& decisions) {
    std::pair<std::vector<Decision>, std::vector<Decision>> both;
    for (const Decision& decision : decisions) {
        const bool fault = !decision.is_switch && is_fault(decision.place);
        (fault ? both.first : both.second).push_back(decision);
    }
    return both;
}

bool StruckStacks::add(std::uint64_t digest) {
    if (digest == 0) digest = 1;  // 0 is an empty place.
    std::size_t place = digest % room;
    for (; digests[place] != 0; place = (place + 1) % room) {
        if (digests[place] == digest) return false;
    }
    if (used + 1 == room) return false;
    digests[place] = digest;
    ++used;
    return true;
}

void Sweep::begin() {
    inner.begin();
    current = {};
    asked.clear();
    done = false;
}

std::optional<std::size_t> Sweep::next(const Moment& moment) {
    const auto answer = inner.next(moment);
    if (answer && *answer < moment.runnable.size()) current = moment.runnable[*answer].name;
    return answer;
}

std::uint32_t Sweep::choose(std::string_view what, std::uint32_t count) {
    if (!is_fault(what)) return inner.choose(what, count);
    const std::uint32_t nth = asked.next(current, what);
    if (done) return 0;
    const std::uint32_t way = way_to_fail(count);
    if (way == 0) return 0;
    done = true;
    if (listener) {
        listener({.task      = current,
                  .place     = std::string(what),
                  .nth       = nth,
                  .is_switch = false,
                  .other     = {},
                  .value     = way});
    }
    return way;
}

/// The question is asked on the stack of the task that makes the call.
std::uint32_t Sweep::way_to_fail(std::uint32_t count) {
    const std::uint64_t stack = digest_of(call_stack(world().images));
    for (std::uint32_t way = 1; way < count; ++way) {
        if (struck.add(stack + way)) return way;
    }
    return 0;
}

}  // namespace interlock::harness
