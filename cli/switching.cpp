#include "cli/switching.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <memory>
#include <utility>

#include "cli/checking.hpp"
#include "cli/fuzzing.hpp"
#include "cli/switch_numbers.hpp"
#include "cli/switch_watch.hpp"
#include "fuzz/last_words.hpp"
#include "harness/live/bell.hpp"
#include "harness/live/live_switch.hpp"
#include "harness/live/threaded_wire.hpp"
#include "harness/scenario/text.hpp"
#include "model/judge.hpp"

namespace interlock::cli {
namespace {

using namespace harness;

constexpr std::size_t events_kept = std::size_t{1} << 14;

// Told as they come; of more than that, the report tells.
constexpr std::size_t findings_told_max = 20;

/// A judge that looks for as long as it can count events. What comes then it has not seen.
class LiveJudge final : public Checking {
public:
    LiveJudge(const Judging& by, SwitchBoard::Recent& keeps)
        : Checking(by, events_kept), recent(keeps) {}

    void hole(std::uint64_t lost) override {
        Checking::hole(lost);
        recent.forget();
    }

    void event(const model::Event& one) override {
        recent.add(one);
        constexpr std::uint64_t countable = 0xFFFF'0000;
        if (seen < countable) Checking::event(one);
        if (++seen == countable) Checking::hole(0);
    }

private:
    SwitchBoard::Recent& recent;
    std::uint64_t        seen = 0;
};

class Switching {
public:
    Switching(const SwitchingOptions& given, const SwitchCommon& shared)
        : options(given), common(shared), judge(given.judging, shared.board.recent) {}

    Exit run() {
        if (const auto error = prepare()) return complain(*error);
        if (!options.output.quiet && !options.output.json) say(heading());
        const LiveEnd end        = live->run();
        common.board.pulse.rests = true;  // No code of an extension runs any more.
        return tell_switch(options, result(end), numbers_of(*live, port_names));
    }

private:
    std::optional<InputError> prepare();
    std::optional<InputError> open_ports(std::vector<LivePort>& plugged);
    LiveOptions               live_options();
    std::string               heading() const;
    void                      on_signal();
    void                      each_second();
    void                      tell_findings();
    reports::Result           result(const LiveEnd& end);

    const SwitchingOptions&     options;
    const SwitchCommon&         common;
    LiveJudge                   judge;
    Bell                        bell{SIGINT, SIGTERM, SIGUSR1};
    std::uint64_t               seed = 0;
    std::vector<TimedStep>      script;
    std::vector<std::string>    port_names;
    std::unique_ptr<LiveSwitch> live;
    std::size_t                 findings_told = 0;
    std::uint64_t               seconds       = 0;
};

std::optional<InputError> Switching::open_ports(std::vector<LivePort>& plugged) {
    const auto now      = std::chrono::system_clock::now().time_since_epoch();
    const auto start_ns = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::nanoseconds>(now).count());
    for (const std::string& text : options.ports) {
        auto parsed = parse_port_spec(text);
        if (auto* const error = std::get_if<InputError>(&parsed)) return std::move(*error);
        const auto& spec   = std::get<PortSpec>(parsed);
        auto        opened = open_wire(spec, start_ns);
        if (auto* const error = std::get_if<InputError>(&opened)) return std::move(*error);
        auto wire = std::move(std::get<std::unique_ptr<Wire>>(opened));
        if (options.threads != SwitchThreads::off && wire->descriptor() >= 0)
            wire = on_its_own_thread(std::move(wire));
        port_names.push_back(spec.name);
        plugged.push_back({.name    = spec.name,
                           .type    = spec.type,
                           .churned = spec.churned,
                           .bears   = spec.bears,
                           .wire    = std::move(wire)});
    }
    return {};
}

LiveOptions Switching::live_options() {
    constexpr Time100ns units_in_a_ms = 10'000;
    const bool          churns        = options.churn_per_s > 0;
    LiveOptions         made;
    made.ndis        = options.judging.ndis.value_or(640);
    made.policy      = options.policy.value_or(churns ? LivePolicy::by_chance : LivePolicy::plain);
    made.seed        = seed;
    made.churn_per_s = options.churn_per_s;
    made.script      = script;
    if (options.time.count() > 0)
        made.stops_at = static_cast<Time100ns>(options.time.count()) * units_in_a_ms;
    made.judge       = options.judged ? &judge : nullptr;
    made.watched     = {bell.descriptor(), [this] { on_signal(); }};
    made.each_second = [this] {
        common.board.pulse.rests = true;  // Whoever reads what is said may take his time.
        each_second();
        common.board.pulse.rests = false;
    };
    made.begins = [this] {
        common.board.has_begun = true;
        fuzz::world_begins();
    };
    made.thread_begins = fuzz::have_signal_stack;
    if (options.threads == SwitchThreads::all) made.tasks = LiveTasks::threads;
    made.trace = &common.trace;
    made.pulse = &common.board.pulse;
    return made;
}

std::optional<InputError> Switching::prepare() {
    seed = options.seed ? *options.seed : any_seed();
    if (!options.script.empty()) {
        auto read = read_script(options.script);
        if (auto* const error = std::get_if<InputError>(&read)) return std::move(*error);
        script = std::move(std::get<std::vector<TimedStep>>(read));
    }
    auto paths = options.extensions.paths_named();
    if (auto* const error = std::get_if<InputError>(&paths)) return std::move(*error);
    std::vector<LivePort> plugged;
    if (auto error = open_ports(plugged)) return error;
    auto opened = LiveSwitch::open(std::get<std::vector<std::string>>(paths), std::move(plugged),
                                   live_options());
    if (auto* const error = std::get_if<InputError>(&opened)) return std::move(*error);
    live = std::move(std::get<std::unique_ptr<LiveSwitch>>(opened));
    return {};
}

std::string Switching::heading() const {
    std::string text = "seed " + std::to_string(seed) + "\n";
    for (std::size_t port = 0; port < port_names.size(); ++port)
        text += "port " + std::to_string(port + 1) + " is " + options.ports[port] + "\n";
    return text + (options.judged ? "judged" : "not judged") + "; Ctrl-C stops it\n";
}

void Switching::on_signal() {
    while (const auto signal = bell.take()) {
        if (*signal != SIGUSR1) {
            live->stop();
        } else if (live->judge_is_attached()) {
            live->detach_judge();
            say("the judge is detached\n");
        } else {
            live->attach_judge();
            if (live->judge_is_attached()) say("the judge is attached\n");
        }
    }
}

void Switching::each_second() {
    tell_findings();
    common.board.keep_numbers(numbers_of(*live, port_names));
    common.board.found = judge.so_far().violations.size();
    const auto every   = static_cast<std::uint64_t>(options.stats.count()) / 1000;
    if (++seconds == 1 || every == 0 || (seconds - 1) % every != 0) return;
    say(numbers_of(*live, port_names));
}

void Switching::tell_findings() {
    const auto& found = judge.so_far().violations;
    for (; findings_told < std::min(found.size(), findings_told_max); ++findings_told) {
        const model::Violation& one = found[findings_told];
        const auto              who =
            one.module < live->names().size() ? live->names()[one.module] : "the switch";
        say(std::string(model::rules()[one.rule].id) + " broken by " + who + ": it " +
            std::string(one.what) + ", at event #" + std::to_string(one.at) + "\n");
    }
}

reports::Result Switching::result(const LiveEnd& end) {
    reports::Result told;
    if (options.judged) told = judge.take();
    if (!options.judged) told.verdict.undecided.push_back({0, "nobody judged it"});
    told.scenario   = "live";
    told.extensions = {live->names().begin(), live->names().end()};
    for (const LeftOut& left : end.left_out)
        told.left_out.push_back({left.step, left.why});
    for (const Task& task : end.stuck)
        told.stuck.push_back(to_text(task.name) + " waits in " + std::string(task.place));
    return told;
}

}  // namespace

Exit run_switch(const SwitchingOptions& options) {
    return watch_switch(
        options, [&](const SwitchCommon& common) { return Switching(options, common).run(); });
}

}  // namespace interlock::cli
