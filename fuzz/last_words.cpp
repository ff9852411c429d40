#include "fuzz/last_words.hpp"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <vector>

#include "fuzz/child.hpp"
#include "fuzz/edge_counters.hpp"
#include "harness/kernel/outside.hpp"
#include "harness/world.hpp"

extern "C" [[gnu::weak]] void __sanitizer_set_death_callback(void (*callback)());
extern "C" [[gnu::weak]] void AnnotateIgnoreReadsBegin(const char* file, int line);

namespace interlock::fuzz {
namespace {

constexpr std::size_t signal_stack_bytes = 256U << 10;

/// A signal handler has no other way to find these.
struct {
    LastWords*               words = nullptr;
    std::span<std::uint64_t> edge_runs;
    volatile sig_atomic_t    playing = 0;
    volatile sig_atomic_t    dying   = 0;
} dead_mans;

/// Whose code this thread runs.
const harness::Task* task_here(const harness::World& world) {
    if (harness::HostThread::current != nullptr) return harness::HostThread::current->task();
    return world.kernel.inside_task() ? &world.kernel.current() : nullptr;
}

void tell_where(LastWords& words, const harness::World& world) {
    words.crash.time_100ns        = world.kernel.now();
    const harness::Task* const of = task_here(world);
    if (of == nullptr) return;
    const harness::Task& task = *of;
    words.crash.task          = task.id;
    words.crash.cpu           = task.cpu;
    words.crash.irql          = task.irql;
    words.crash.locks         = task.locks;
    words.crash.step          = task.step;
    words.crash.module        = task.module;
    words.task                = task.name;
    const std::size_t letters = std::min(task.place.size(), words.place.size() - 1);
    std::copy_n(task.place.data(), letters, words.place.begin());
}

/// Who dies does not wait until others have left the host, and reads what they write.
void break_in() {
    if (AnnotateIgnoreReadsBegin != nullptr) AnnotateIgnoreReadsBegin(__FILE__, __LINE__);
    if (harness::HostThread::current != nullptr) harness::HostThread::current->is_outside = false;
}

void tell(int signal) {
    break_in();
    LastWords& words   = *dead_mans.words;
    words.crash        = {};
    words.stack        = {};
    words.crash.call   = model::Call::Crashed;
    words.crash.detail = static_cast<std::uint32_t>(signal);
    words.said         = true;
    if (dead_mans.playing == 0) return;
    add_edge_runs(dead_mans.edge_runs);
    tell_where(words, harness::world());
}

/// Last, for this may die, too.
void tell_stack(LastWords& words) {
    if (dead_mans.playing != 0) words.stack = harness::call_stack(harness::world().images);
}

/// Where nothing goes on, who does not come back has to tell why. @return whether it is another
/// thread than this.
bool is_anothers(int signal) {
    harness::HostThread* const away = harness::HostThread::longest_outside;
    if (signal != last_words_signal() || away == nullptr || away == harness::HostThread::current)
        return false;
    away->signal(signal);
    return true;
}

extern "C" void on_signal(int signal) {
    if (dead_mans.dying == 0 && is_anothers(signal)) return;
    if (dead_mans.dying != 0) _exit(EXIT_FAILURE);  // It died again while telling.
    dead_mans.dying = 1;
    tell(signal);
    tell_stack(*dead_mans.words);
    _exit(EXIT_FAILURE);
}

/// A sanitizer has found something, has said so, and is about to end the process.
extern "C" void on_sanitizer_death() {
    if (dead_mans.dying != 0) return;
    dead_mans.dying = 1;
    tell(SIGABRT);
    tell_stack(*dead_mans.words);
}

void handle_signals_on(std::vector<char>& stack) {
    const stack_t alternative{.ss_sp = stack.data(), .ss_flags = 0, .ss_size = stack.size()};
    sigaltstack(&alternative, nullptr);
}

void catch_signal(int signal) {
    struct sigaction action = {};
    action.sa_handler       = on_signal;
    action.sa_flags         = SA_ONSTACK | SA_NODEFER;
    sigaction(signal, &action, nullptr);
}

}  // namespace

void leave_last_words(LastWords& words, std::span<std::uint64_t> edge_runs) {
    dead_mans.words     = &words;
    dead_mans.edge_runs = edge_runs;
    dead_mans.playing   = 0;
    dead_mans.dying     = 0;

    // An extension that has used up its stack leaves none for the handler.
    static std::vector<char> stack(signal_stack_bytes);
    handle_signals_on(stack);

    catch_signal(SIGABRT);
    catch_signal(last_words_signal());
    if (__sanitizer_set_death_callback != nullptr) {
        // The sanitizer's own handlers say more, and then call back.
        __sanitizer_set_death_callback(on_sanitizer_death);
        return;
    }
    for (const int signal : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP})
        catch_signal(signal);
}

void have_signal_stack() {
    if (__sanitizer_set_death_callback != nullptr) return;
    static thread_local std::vector<char> stack(signal_stack_bytes);
    handle_signals_on(stack);
}

void world_begins() {
    dead_mans.playing = 1;
}

void SignOfLife::begin() {
    world_begins();
    inner.begin();
}

std::optional<std::size_t> SignOfLife::next(const harness::Moment& moment) {
    ticks.fetch_add(1, std::memory_order_relaxed);
    return inner.next(moment);
}

std::uint32_t SignOfLife::choose(std::string_view what, std::uint32_t count) {
    return inner.choose(what, count);
}

}  // namespace interlock::fuzz
