#include "fuzz/worker.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <optional>

#include "fuzz/coverage.hpp"
#include "fuzz/edge_counters.hpp"
#include "fuzz/last_words.hpp"
#include "fuzz/searcher.hpp"
#include "harness/faults/faultable.hpp"
#include "harness/scenario/bytes.hpp"
#include "harness/scenario/text.hpp"
#include "harness/sched/census.hpp"
#include "harness/world.hpp"
#include "model/constants.hpp"

namespace interlock::fuzz {
namespace {

using harness::Scenario;
using harness::Stage;

/// Whether every extension came as far as a restart that succeeded.
bool all_restarted(std::span<const model::Event> trace, std::size_t modules) {
    std::size_t restarted = 0;
    for (std::size_t module = 0; module < modules; ++module) {
        restarted += std::ranges::any_of(trace, [&](const model::Event& event) {
            if (event.module != module || event.status != model::status::success) return false;
            if (event.call == model::Call::NdisFRestartComplete) return true;
            return event.call == model::Call::FilterRestart && event.phase == model::Phase::leave;
        });
    }
    return restarted == modules;
}

std::string in_words(const harness::Task& task) {
    std::string words = to_text(task.name);
    words += task.waits_on == nullptr ? " stands at " : " waits in ";
    return words.append(task.place);
}

Struck struck_by(const harness::Decision& made) {
    const auto* const row   = harness::find_faultable(made.place);
    const auto        place = row - harness::faultables.data();
    return {.made = true,
            .task = made.task,
            .row  = static_cast<std::uint32_t>(place),
            .nth  = made.nth,
            .way  = made.value};
}

Difference difference(std::span<const model::Event> first, std::span<const model::Event> second) {
    static constexpr model::Event over{.call = model::Call::EndOfRun};
    const auto parted = std::ranges::mismatch(first, second);
    if (parted.in1 == first.end() && parted.in2 == second.end()) return {};
    return {.at     = static_cast<std::uint32_t>(parted.in1 - first.begin()) + 1,
            .first  = parted.in1 == first.end() ? over : *parted.in1,
            .second = parted.in2 == second.end() ? over : *parted.in2};
}

class Worker {
public:
    explicit Worker(const Common& common)
        : board(common.board),
          seen(common.seen),
          trace(common.trace),
          answer(common.answer),
          decided(common.decided) {}

    /// @return whether the extensions could be loaded.
    bool open(const ContainedOptions& options) {
        harness::StageOptions stage_options;
        stage_options.trace     = &trace;
        stage_options.reading   = options.reading;
        stage_options.frames    = options.frames;
        stage_options.delivered = [this](model::PortId port, model::NicIndex nic,
                                         std::span<const std::uint8_t> bytes) {
            if (!in_full) return;
            const auto now = harness::world().kernel.now();
            delivered.push_back({now, port, nic, {bytes.begin(), bytes.end()}});
        };
        stage_options.mutant      = options.mutant;
        stage_options.keep_stacks = [this] { return in_full; };
        auto opened               = Stage::open(options.extensions, std::move(stage_options));
        if (const auto* error = std::get_if<harness::InputError>(&opened)) {
            refuse(*error);
            return false;
        }
        stage = std::move(std::get<std::unique_ptr<Stage>>(opened));
        welcome();
        return true;
    }

    void play_all() {
        in_full = false;
        for (std::uint32_t slot = 0; slot < board.count; ++slot) {
            const Scenario scenario            = scenario_at(slot);
            const auto scheduler   = harness::scheduler_for(scenario);
            const bool sweep       = board.sweep && !scheduler->wants_faults();
            const auto performance = sweep ? swept(scenario, *scheduler, board.struck[slot])
                                           : perform(scenario, *scheduler);
            board.summaries[slot]  = summary_of(performance);
            board.summaries[slot].new_features = notice(performance);
            if (board.twice) board.summaries[slot].differs = once_more(scenario, slot);
            board.finished = slot + 1;
        }
    }

    void play_in_full() {
        const Scenario scenario = scenario_at(0);
        play_in_full(scenario, *harness::scheduler_for(scenario));
    }

    void search() {
        in_full = false;
        if (!searcher || board.search.schedules + board.search.pruned == 0)
            searcher.emplace(scenario_at(0), board.search);
        searcher->play_some([this](const Scenario&     scenario,
                                   harness::Scheduler& scheduler) -> const harness::Performance& {
            return perform(scenario, scheduler);
        });
    }

    void play_searched() {
        const Scenario scenario = scenario_at(0);
        play_in_full(scenario, *last_of(scenario, board.search));
    }

private:
    void play_in_full(const Scenario& scenario, harness::Scheduler& scheduler) {
        in_full = true;
        delivered.clear();
        decided.clear();
        harness::Census    census(scheduler);
        harness::Recording recording(census);
        recording.tell([this](const harness::Decision& decision) {
            const std::string line = to_text(decision) + "\n";
            decided.append(line.data(), line.size());
        });
        const auto& performance = perform(scenario, recording);
        board.summaries[0]      = summary_of(performance);
        write_answer(performance, recording.decisions(), census);
    }

    const harness::Performance& perform(const Scenario& scenario, harness::Scheduler& scheduler) {
        SignOfLife watched(scheduler, board.ticks);
        reset_edge_counters();
        const auto& performance = stage->run(scenario, watched);
        add_edge_runs(edge_runs_on(board));
        last                    = performance.trace;
        return performance;
    }

    /// What was struck is told at once: the process may not live to the end of the run.
    harness::Performance swept(const Scenario& scenario, harness::Scheduler& scheduler,
                               Struck& struck) {
        harness::Sweep sweep(scheduler, board.struck_stacks);
        sweep.tell([&](const harness::Decision& made) { struck = struck_by(made); });
        return perform(scenario, sweep);
    }

    /// Plays it again, with what a sweep made fail in it, and compares. The trace of the first play
    /// is still there.
    Difference once_more(Scenario scenario, std::uint32_t slot) {
        const std::vector<model::Event> first(last.begin(), last.end());
        if (board.struck[slot].made) scenario.decisions.push_back(board.struck[slot].decision());
        (void)perform(scenario, *harness::scheduler_for(scenario));
        return difference(first, last);
    }

    Scenario scenario_at(std::uint32_t slot) const {
        const auto begin = board.begins[slot];
        return harness::decode(std::span<const std::uint8_t>(board.request)
                                   .subspan(begin, board.begins[slot + 1] - begin));
    }

    Summary summary_of(const harness::Performance& performance) const {
        Summary summary{.played    = true,
                        .restarted = all_restarted(performance.trace, stage->names().size()),
                        .outcome   = performance.verdict.outcome,
                        .halt      = performance.halt,
                        .events    = performance.trace.size()};
        for (const model::Violation& violation : performance.verdict.violations) {
            if (violation.severity != model::Severity::violation) continue;
            if (++summary.violations > 1) continue;
            summary.rule   = violation.rule;
            summary.guilty = violation.guilty;
            summary.module = violation.module;
            summary.at     = violation.at;
        }
        return summary;
    }

    /// @return how many features are new, and keeps them in mind.
    std::uint32_t notice(const harness::Performance& performance) {
        std::uint32_t fresh = 0;
        for_each_feature(performance, edge_counters(), [&](std::uint32_t feature) {
            if (feature >= features_max || seen.features[feature] != 0) return;
            seen.features[feature] = 1;
            ++fresh;
        });
        add_entries(performance, board.entries);
        return fresh;
    }

    void refuse(const harness::InputError& error) const {
        BlobWriter blob;
        blob.add(std::string_view(error.file));
        blob.add(error.line);
        blob.add(std::string_view(error.wrong));
        blob.add(std::string_view(error.expected));
        put(blob);
    }

    void welcome() const {
        board.edges_all = edge_count();
        BlobWriter blob;
        blob.add(stage->names().size());
        for (const std::string& name : stage->names())
            blob.add(std::string_view(name));
        const auto codes = module_codes();
        blob.add(codes.size());
        for (const ModuleCode& code : codes) {
            blob.add(std::span<const std::uint64_t>(code.edges));
            blob.add(std::span<const std::uint64_t>(code.flow));
        }
        put(blob);
    }

    void write_answer(const harness::Performance&           performance,
                      const std::vector<harness::Decision>& decisions,
                      const harness::Census&                census) const {
        BlobWriter blob;
        blob.add(census.tasks());
        blob.add(census.places());
        blob.add(performance.left_out.size());
        for (const harness::LeftOut& left : performance.left_out) {
            blob.add(left.step);
            blob.add(std::string_view(left.why));
        }
        blob.add(performance.stuck.size());
        for (const harness::Task& task : performance.stuck) {
            blob.add(std::string_view(in_words(task)));
        }
        Scenario carrier;
        carrier.decisions = decisions;
        blob.add(std::span<const std::uint8_t>(harness::encode(carrier)));
        blob.add(delivered.size());
        for (const Delivery& delivery : delivered) {
            blob.add(delivery.time_100ns);
            blob.add(delivery.port);
            blob.add(delivery.nic);
            blob.add(std::span<const std::uint8_t>(delivery.bytes));
        }
        add_stacks(blob, *performance.stacks);
        put(blob);
    }

    static void add_stacks(BlobWriter& blob, const harness::CallStacks& stacks) {
        blob.add(std::span<const harness::CallStack>(stacks.all()));
        blob.add(std::span<const std::uint32_t>(stacks.of_events()));
        blob.add(stacks.all_notes().size());
        for (const harness::Note& note : stacks.all_notes()) {
            blob.add(note.event);
            blob.add(std::string_view(note.text));
            blob.add(note.stack);
        }
    }

    void put(const BlobWriter& blob) const {
        answer.clear();
        answer.append(blob.text().data(), blob.text().size());
    }

    Board&                  board;
    Seen&                   seen;
    harness::TraceBuffer&   trace;
    const Scratch&          answer;
    const Scratch&          decided;
    std::unique_ptr<Stage>  stage;
    std::optional<Searcher> searcher;
    std::span<const model::Event> last;  // The trace of the last play
    bool                    in_full = false;
    std::vector<Delivery>   delivered;
};

void say(int socket, char word) {
    (void)send(socket, &word, 1, MSG_NOSIGNAL);
}

}  // namespace

void work(int socket, const Common& common, const ContainedOptions& options) {
    leave_last_words(common.board.last_words, edge_runs_on(common.board));
    Worker     worker(common);
    const bool opened = worker.open(options);
    say(socket, opened ? word::opened : word::refused);
    for (char order = 0; opened && recv(socket, &order, 1, 0) == 1;) {
        if (order == word::play) worker.play_in_full();
        if (order == word::batch) worker.play_all();
        if (order == word::search) worker.search();
        if (order == word::searched) worker.play_searched();
        say(socket, word::done);
    }
    _exit(0);  // Nothing of the extensions is to run any more.
}

std::vector<harness::Decision> read_decided(const std::string& lines) {
    const auto  whole = lines.substr(0, lines.rfind('\n') + 1);  // The last may have been cut.
    auto        read  = harness::parse_text("interlock scenario 1\n" + whole, "what was decided");
    auto* const scenario = std::get_if<Scenario>(&read);
    return scenario == nullptr ? std::vector<harness::Decision>{} : std::move(scenario->decisions);
}

void read_answer(BlobReader reader, Play& play) {
    play.tasks  = reader.take<std::uint32_t>();
    play.places = reader.take<std::uint32_t>();
    for (auto left = reader.take<std::size_t>(); left > 0; --left) {
        const auto step = reader.take<std::uint32_t>();
        play.left_out.push_back({step, reader.take_text()});
    }
    for (auto left = reader.take<std::size_t>(); left > 0; --left) {
        play.stuck.push_back(reader.take_text());
    }
    play.decisions = harness::decode(reader.take_all<std::uint8_t>()).decisions;
    for (auto left = reader.take<std::size_t>(); left > 0; --left) {
        const auto time = reader.take<std::uint64_t>();
        const auto port = reader.take<model::PortId>();
        const auto nic  = reader.take<model::NicIndex>();
        play.delivered.push_back({time, port, nic, reader.take_all<std::uint8_t>()});
    }
    play.stacks          = reader.take_all<harness::CallStack>();
    play.stack_of_events = reader.take_all<std::uint32_t>();
    for (auto left = reader.take<std::size_t>(); left > 0; --left) {
        const auto event = reader.take<std::uint32_t>();
        auto       text  = reader.take_text();
        play.notes.push_back({event, std::move(text), reader.take<std::uint32_t>()});
    }
}

}  // namespace interlock::fuzz
