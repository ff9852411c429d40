#include "cli/switch_watch.hpp"

#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include "cli/checking.hpp"
#include "cli/fuzzing.hpp"
#include "cli/symbols.hpp"
#include "fuzz/child.hpp"
#include "fuzz/last_words.hpp"
#include "fuzz/shared.hpp"
#include "harness/live/bell.hpp"
#include "harness/live/live_switch.hpp"
#include "harness/scenario/text.hpp"
#include "reports/text.hpp"

namespace interlock::cli {
namespace {

using namespace harness;
using Clock = std::chrono::steady_clock;

constexpr int looks_each_ms = 200;

std::string signal_words(std::uint32_t signal) {
    const char* const name = sigabbrev_np(static_cast<int>(signal));
    return name ? std::string("SIG") + name : "signal " + std::to_string(signal);
}

/// Readable when that process has ended; -1 where the system has no such thing.
int end_of(pid_t process) {
    return static_cast<int>(syscall(SYS_pidfd_open, process, 0));
}

class Watch {
public:
    explicit Watch(const SwitchingOptions& given) : options(given) {}

    Exit run(const std::function<Exit(const SwitchCommon&)>& body) {
        if (auto        found = options.extensions.paths_named();
            auto* const known = std::get_if<std::vector<std::string>>(&found))
            paths = std::move(*known);  // What is wrong with them the switch tells.
        fuzz::Child child([&](int) { live(body); });
        wait_for(child);
        if (WIFEXITED(child.status()) && !board->last_words.said)
            return static_cast<Exit>(WEXITSTATUS(child.status()));
        return tell_death();
    }

private:
    /// In the process of the switch.
    void live(const std::function<Exit(const SwitchCommon&)>& body) {
        setpgid(0, 0);            // Signals come through who watches,
        signal(SIGINT, SIG_DFL);  // this one, too.
        fuzz::leave_last_words(board->last_words, {});
        const Exit exit = body({*board, trace});
        std::fflush(stdout);
        _exit(static_cast<int>(exit));
    }

    void wait_for(fuzz::Child& child) {
        const int     over  = end_of(child.process());
        std::uint64_t last  = 0;
        auto          moved = Clock::now();
        while (child.lives()) {
            pollfd both[] = {{.fd = bell.descriptor(), .events = POLLIN, .revents = 0},
                             {.fd = over, .events = POLLIN, .revents = 0}};
            poll(both, std::size(both), looks_each_ms);
            while (const auto signal = bell.take())
                kill(child.process(), *signal);
            const std::uint64_t beats = board->pulse.beats;
            if (beats != std::exchange(last, beats) || board->pulse.rests || !board->has_begun)
                moved = Clock::now();
            hung = Clock::now() - moved > options.extensions.patience;
            if (hung) child.end();
        }
        if (over >= 0) close(over);
    }

    Exit tell_death() {
        const fuzz::LastWords& words = board->last_words;
        if (!words.said) return lost();
        if (!board->has_begun)
            return complain(
                {names(paths), 0,
                 "it crashed with " + signal_words(words.crash.detail) + " while it was loaded",
                 "expected a filter driver that interlock_add_extension has built"});
        if (words.crash.module == model::host_module && !hung) return broke();
        std::vector<model::Event> events = last_events();
        if (!has_entered(events))
            return complain({names(paths), 0,
                             hung ? "DriverEntry does not come back"
                                  : "DriverEntry crashed with " + signal_words(words.crash.detail),
                             "expected a DriverEntry that returns NDIS_STATUS_SUCCESS"});
        return tell_switch(options, judged(std::move(events)), board->last_numbers());
    }

    Exit lost() const {
        std::fflush(stdout);
        std::fprintf(stderr, "the switch was killed from outside, or by want of memory\n");
        return Exit::undecided;
    }

    Exit broke() const {
        std::fflush(stdout);
        std::fprintf(stderr,
                     "Interlock itself is wrong, not the extension: %s in code of its own\n",
                     signal_words(board->last_words.crash.detail).c_str());
        return Exit::internal;
    }

    static std::string names(const std::vector<std::string>& all) {
        std::string text;
        for (const std::string& one : all)
            text += (text.empty() ? "" : ", ") + one;
        return text;
    }

    /// With which the trace ends.
    std::vector<model::Event> last_events() const {
        std::vector<model::Event> events   = board->recent.all();
        const auto                not_seen = trace.trace();
        events.insert(events.end(), not_seen.begin(), not_seen.end());
        events.push_back(board->last_words.crash);
        if (!hung) return events;
        events.back().call   = model::Call::EndOfRun;
        events.back().module = model::host_module;
        events.back().detail = static_cast<std::uint32_t>(model::RunEnd::time_budget);
        return events;
    }

    /// Whether the extension that is to blame has come back from DriverEntry, as far as is known.
    bool has_entered(const std::vector<model::Event>& events) const {
        if (!options.judged || !board->recent.has_all()) return true;
        return std::ranges::any_of(events, [&](const model::Event& one) {
            return one.call == model::Call::DriverEntry && one.phase == model::Phase::leave &&
                   one.module == board->last_words.crash.module;
        });
    }

    reports::Result judged(std::vector<model::Event> events) const {
        TraceHead head;
        head.ndis  = options.judging.ndis.value_or(640);
        head.whole = options.judged && board->recent.has_all();
        for (const std::string& path : paths)
            head.extensions.push_back(std::filesystem::path(path).stem());
        Checking checking(options.judging, events.size());
        checking.begin(head);
        for (const model::Event& one : events)
            checking.event(one);
        reports::Result result = checking.take();
        result.first_event     = board->recent.seen() - board->recent.all().size();
        if (!head.whole) result.untold += board->found;
        result.scenario = "live";
        result.where =
            to_text(board->last_words.task) + ", after " + board->last_words.place.data();
        add_stack(result);
        return result;
    }

    /// From where in the extension's code it died.
    void add_stack(reports::Result& result) const {
        if (board->last_words.stack.count == 0 || result.trace.empty()) return;
        auto words     = words_and_sources({&board->last_words.stack, 1}, paths);
        result.sources = std::move(words.sources);
        result.called_from.resize(result.trace.size());
        result.called_from.back() = words.stacks.front();
    }

    const SwitchingOptions&   options;
    Bell                      bell{SIGINT, SIGTERM, SIGUSR1};
    fuzz::Shared<SwitchBoard> board;
    TraceBuffer               trace{live_events_max};
    std::vector<std::string>  paths;
    bool                      hung = false;
};

}  // namespace

Exit watch_switch(const SwitchingOptions&                         options,
                  const std::function<Exit(const SwitchCommon&)>& body) {
    return Watch(options).run(body);
}

Exit tell_switch(const SwitchingOptions& options, reports::Result result,
                 const std::string& numbers) {
    reports::Issue issue{.command = "switch", .results = {}, .campaign = {}};
    issue.results.push_back(std::move(result));
    const reports::Result& told    = issue.results.front();
    const bool             tells   = !options.output.json && !options.output.quiet;
    const auto             style   = options.output.style();
    const auto             details = reports::result_text(told, style);
    if (tells) say(numbers + reports::verdict_line(told, style));
    if (!options.output.json && !details.empty()) say("\n" + details + "\n");
    if (options.output.json) say_json(issue);
    if (const auto error = write_reports(options.output, issue)) return complain(*error);
    return exit_for(told.verdict.outcome);
}

}  // namespace interlock::cli
