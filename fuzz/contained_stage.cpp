#include "fuzz/contained_stage.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <cstring>

#include "fuzz/blob.hpp"
#include "fuzz/worker.hpp"
#include "harness/check.hpp"
#include "harness/scenario/bytes.hpp"
#include "harness/scenario/text.hpp"
#include "model/constants.hpp"
#include "model/judge.hpp"

namespace interlock::fuzz {
namespace {

using harness::InputError;
using harness::Scenario;
using model::Call;
using model::Event;

constexpr std::string_view internal_error_mark = "Interlock itself is wrong";

std::string signal_words(std::uint32_t signal) {
    const char* name = sigabbrev_np(static_cast<int>(signal));
    return name == nullptr ? "signal " + std::to_string(signal) : std::string("SIG") + name;
}

const Event* find_driver_entry(std::span<const Event> trace, model::ModuleId module) {
    for (const Event& event : trace) {
        const bool left = event.phase == model::Phase::leave;
        if (event.call == Call::DriverEntry && event.module == module && left) return &event;
    }
    return nullptr;
}

InputError read_error(BlobReader reader) {
    InputError error;
    error.file     = reader.take_text();
    error.line     = reader.take<std::size_t>();
    error.wrong    = reader.take_text();
    error.expected = reader.take_text();
    return error;
}

}  // namespace

ContainedStage::ContainedStage(ContainedOptions given) : options(std::move(given)) {
    if (!options.seen) options.seen = std::make_shared<Shared<Seen>>();
}

std::variant<std::unique_ptr<ContainedStage>, InputError> ContainedStage::open(
    ContainedOptions options) {
    std::unique_ptr<ContainedStage> stage(new ContainedStage(std::move(options)));
    if (auto error = stage->start()) return *std::move(error);
    if (auto error = stage->enter()) return *std::move(error);
    return stage;
}

InputError ContainedStage::bad(std::string wrong, std::string expected) const {
    std::string file;
    for (const std::string& extension : options.extensions) {
        file += (file.empty() ? "" : ", ") + extension;
    }
    return {std::move(file), 0, std::move(wrong), std::move(expected)};
}

std::optional<InputError> ContainedStage::start() {
    child.reset();
    board->last_words.said = false;
    board->finished        = 0;
    trace.clear();
    answer.clear();
    decided.clear();
    said.clear();
    child = std::make_unique<Child>(
        [this](int socket) {
            work(socket, {*board, **options.seen, trace, answer, decided}, options);
        },
        said);

    const auto pulse = [this] { return board->ticks.load(std::memory_order_relaxed); };
    const auto sign  = child->hear(pulse, options.silence_max);
    if (sign == Child::Sign::silent) {
        child->end();
        return bad("loading it does not come back",
                   "expected an extension that returns from DriverEntry");
    }
    if (sign == Child::Sign::died) {
        harness::check(said.text().find(internal_error_mark) == std::string::npos, said.text());
        const auto& words  = board->last_words;
        const int   status = child->status();
        const auto  signal = words.said            ? words.crash.detail
                             : WIFSIGNALED(status) ? static_cast<std::uint32_t>(WTERMSIG(status))
                                                   : 0;
        return bad("it crashed with " + signal_words(signal) + " while it was loaded",
                   "expected a filter driver that interlock_add_extension has built");
    }
    const std::string text = answer.text();
    BlobReader        reader(text);
    if (child->heard() == word::refused) return read_error(reader);
    all_names.clear();
    for (auto left = reader.take<std::size_t>(); left > 0; --left) {
        all_names.push_back(reader.take_text());
    }
    all_codes.clear();
    for (auto left = reader.take<std::size_t>(); left > 0; --left) {
        auto edges = reader.take_all<std::uint64_t>();
        all_codes.push_back({std::move(edges), reader.take_all<std::uint64_t>()});
    }
    return {};
}

/// Every extension is to come back from DriverEntry with success, before any rule is asked.
std::optional<InputError> ContainedStage::enter() {
    const Play first = play(Scenario{});
    for (model::ModuleId module = 0; module < all_names.size(); ++module) {
        const Event* left = find_driver_entry(first.trace, module);
        const auto&  name = all_names[module];
        if (left == nullptr && first.end == Play::End::crashed) {
            return bad("DriverEntry of " + name + " crashed with " +
                           signal_words(first.trace.back().detail),
                       "expected a DriverEntry that returns NDIS_STATUS_SUCCESS");
        }
        if (left == nullptr && first.end == Play::End::hung) {
            return bad("DriverEntry of " + name + " does not come back",
                       "expected a DriverEntry that returns NDIS_STATUS_SUCCESS");
        }
        if (left != nullptr && left->status != model::status::success) {
            char status[16];
            std::snprintf(status, sizeof status, "0x%08X", left->status);
            return bad("DriverEntry of " + name + " returned " + status,
                       "expected NDIS_STATUS_SUCCESS, for only a driver that starts can be judged");
        }
    }
    return {};
}

void ContainedStage::revive() {
    if (child) return;
    const auto error = start();
    harness::check(!error, "an extension that was loaded once does not load again");
}

void ContainedStage::post(std::span<const Scenario> scenarios) {
    harness::check(scenarios.size() <= batch_max, "a batch is too big");
    std::size_t end = 0;
    for (std::size_t slot = 0; slot < scenarios.size(); ++slot) {
        const auto bytes = harness::encode(scenarios[slot]);
        harness::check(end + bytes.size() <= request_max, "a scenario is too long");
        std::ranges::copy(bytes, board->request.begin() + static_cast<std::ptrdiff_t>(end));
        board->begins[slot] = static_cast<std::uint32_t>(end);
        end += bytes.size();
    }
    board->begins[scenarios.size()] = static_cast<std::uint32_t>(end);
    board->count                    = static_cast<std::uint32_t>(scenarios.size());
    board->finished                 = 0;
    said.clear();
}

Child::Sign ContainedStage::ask(char word) {
    child->tell(word);
    return child->hear([this] { return board->ticks.load(std::memory_order_relaxed); },
                       options.silence_max);
}

/// What is left of a play that ended its worker.
Play ContainedStage::death(Child::Sign sign) {
    const bool hung = sign == Child::Sign::silent;
    if (hung) child->end();
    child.reset();

    Play play;
    play.reading = options.reading;
    play.said    = said.text();
    if (play.said.find(internal_error_mark) != std::string::npos) {
        play.end = Play::End::broke;
        return play;
    }
    if (!board->last_words.said) return play;
    play.end       = hung ? Play::End::hung : Play::End::crashed;
    play.place     = board->last_words.place.data();
    play.task      = to_text(board->last_words.task);
    play.decisions = read_decided(decided.text());
    play.trace.assign(trace.trace().begin(), trace.trace().end());
    play.trace.push_back(board->last_words.crash);
    if (board->last_words.stack.count > 0) {
        play.stacks = {board->last_words.stack};
        play.stack_of_events.assign(play.trace.size(), 0);
        play.stack_of_events.back() = 1;
    }
    if (hung) {
        play.trace.back().call   = Call::EndOfRun;
        play.trace.back().module = model::host_module;
        play.trace.back().detail = static_cast<std::uint32_t>(model::RunEnd::time_budget);
    } else if (board->last_words.crash.module == model::host_module && !play.trace.empty()) {
        play.end = Play::End::broke;
    }
    return play;
}

Play ContainedStage::play(const Scenario& scenario) {
    revive();
    post({&scenario, 1});
    return play_in_full(word::play);
}

Play ContainedStage::play_in_full(char order) {
    const Child::Sign sign = ask(order);
    if (sign != Child::Sign::answered) return death(sign);
    Play play;
    play.end     = Play::End::ended;
    play.reading = options.reading;
    play.summary = board->summaries[0];
    play.said    = said.text();
    play.trace.assign(trace.trace().begin(), trace.trace().end());
    const std::string text = answer.text();
    read_answer(BlobReader(text), play);
    return play;
}

Batch ContainedStage::play_batch(std::span<const Scenario> scenarios, Faulting faults,
                                 Plays plays) {
    revive();
    decided.clear();  // Nothing is told of a batch.
    post(scenarios);
    board->sweep = faults == Faulting::sweep;
    board->twice = plays == Plays::twice;
    board->struck.fill({});
    const Child::Sign sign = ask(word::batch);
    Batch             batch;
    if (sign != Child::Sign::answered) batch.death = death(sign);
    batch.played = std::span(board->summaries).first(board->finished);
    batch.struck = board->struck;
    return batch;
}

void ContainedStage::begin_search(const Scenario& scenario, const SearchLimits& limits) {
    revive();
    post({&scenario, 1});
    board->search.limits    = limits;
    board->search.schedules = board->search.undecided = board->search.pruned = 0;
    board->search.events                                                     = 0;
    board->search.left                                                       = true;
    board->search.found = board->search.diverged = false;
    board->search.path_length                    = 0;
}

std::optional<Play> ContainedStage::search_on() {
    decided.clear();
    const Child::Sign sign = ask(word::search);
    if (sign == Child::Sign::answered) return {};
    return death(sign);
}

Play ContainedStage::play_searched() {
    revive();
    return play_in_full(word::searched);
}

model::Verdict verdict_of(const Play& play, const Scenario& scenario) {
    const model::TraceFacts facts{.whole = true, .ndis = scenario.ndis, .reading = play.reading};
    model::Verdict          verdict = model::judge(play.trace, facts);
    const bool              whole = !play.trace.empty() && play.trace.back().call == Call::EndOfRun;
    if (play.end == Play::End::ended && whole) {
        harness::check(verdict.outcome == play.summary.outcome,
                       "the verdict on a trace differs from the verdict on its run");
    }
    return verdict;
}

}  // namespace interlock::fuzz
