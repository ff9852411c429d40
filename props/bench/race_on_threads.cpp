// How rare a race is on real threads: the data path of an extension and its FilterPause, of the
// very shared object that Interlock plays, on two threads that run freely. A run is one pause, and
// counts if a packet came meanwhile. The race: the last packet tells of its end when FilterPause
// has returned already and the module is detached, which is taken to last a microsecond.
//
//   race_on_threads build/dev/tests/rare_race.so 1000000
//
// On a machine that has other work, both threads seldom run at once: `chrt -f 1` makes them.

#include <dlfcn.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include <ndis.h>

#include "harness/extensions/base/extension.h"

namespace {

// The functions of NDIS get no object of ours.
std::atomic<std::uint64_t> detached{0};  // So many times until now.
std::atomic<std::uint64_t> sent_on{0};
std::atomic<std::uint64_t> rejected{0};
std::atomic<std::uint64_t> told{0};
std::atomic<std::uint64_t> shown{0};
std::atomic<bool>          idle{true};

/// The same when this thread took the lock last.
thread_local std::uint64_t detached_at_lock = 0;

std::atomic_ref<KSPIN_LOCK> word_of(NDIS_SPIN_LOCK* lock) {
    return std::atomic_ref<KSPIN_LOCK>(lock->SpinLock);
}

}  // namespace

extern "C" {

void NdisAcquireSpinLock(NDIS_SPIN_LOCK* lock) noexcept {
    while (word_of(lock).exchange(1, std::memory_order_acquire) != 0)
        std::this_thread::yield();
    detached_at_lock = detached;
}

void NdisReleaseSpinLock(NDIS_SPIN_LOCK* lock) noexcept {
    word_of(lock).store(0, std::memory_order_release);
}

void NdisSetEvent(NDIS_EVENT*) noexcept {
    ++told;
    if (detached != detached_at_lock) ++shown;
    idle = true;
}

void NdisResetEvent(NDIS_EVENT*) noexcept {
    idle = false;
}

BOOLEAN NdisWaitEvent(NDIS_EVENT*, UINT) noexcept {
    while (!idle)
        std::this_thread::yield();
    return TRUE;
}

void NdisFSendNetBufferLists(NDIS_HANDLE, NET_BUFFER_LIST*, NDIS_PORT_NUMBER, ULONG) noexcept {
    ++sent_on;
}

// The object counts which of its edges are run, and nobody here asks.
void __sanitizer_cov_8bit_counters_init(char*, char*) {}
void __sanitizer_cov_pcs_init(const std::uintptr_t*, const std::uintptr_t*) {}
void __sanitizer_cov_cfs_init(const std::uintptr_t*, const std::uintptr_t*) {}

void NdisFSendNetBufferListsComplete(NDIS_HANDLE, NET_BUFFER_LIST*, ULONG) noexcept {
    ++rejected;
}

}  // extern "C"

namespace {

template <class Function>
Function* function(void* loaded, const char* name) {
    auto* const found = reinterpret_cast<Function*>(dlsym(loaded, name));
    if (found != nullptr) return found;
    std::fprintf(stderr, "race_on_threads: it has no %s; expected rare_race.so\n", name);
    std::exit(2);
}

/// Up to a microsecond or so, so that the two come together in each possible way.
void dawdle(std::uint64_t& state) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    for (std::uint64_t left = state >> 33 & 511; left > 0; --left)
        std::atomic_signal_fence(std::memory_order_seq_cst);
}

void wait_a_microsecond() {
    const auto end = std::chrono::steady_clock::now() + std::chrono::microseconds(1);
    while (std::chrono::steady_clock::now() < end) {
    }
}

struct Module {
    FILTER_SEND_NET_BUFFER_LISTS* send;
    FILTER_PAUSE*                 pause;
    FILTER_MODULE                 module = {};
};

void send_until(Module& under, const std::atomic<bool>& over) {
    std::uint64_t   chance = 1;
    NET_BUFFER_LIST list   = {};
    while (!over) {
        dawdle(chance);
        under.send(&under.module, &list, 0, 0);
    }
}

/// @return how many pauses it took.
std::uint64_t pause_until(Module& under, std::uint64_t runs) {
    std::uint64_t chance = 2, all = 0;
    for (std::uint64_t counted = 0; counted < runs; ++all) {
        const std::uint64_t before = sent_on;
        InterlockedExchange(&under.module.State, ModuleRunning);
        dawdle(chance);
        under.pause(&under.module, nullptr);
        wait_a_microsecond();
        ++detached;
        counted += sent_on != before ? 1 : 0;
        dawdle(chance);
    }
    return all;
}

}  // namespace

int main(int count, char** words) {
    if (count != 3) {
        std::fprintf(stderr, "usage: race_on_threads <rare_race.so> <runs>\n");
        return 2;
    }
    void* const loaded = dlopen(words[1], RTLD_LAZY);
    if (loaded == nullptr) {
        std::fprintf(stderr, "race_on_threads: %s\n", dlerror());
        return 2;
    }
    const auto runs = std::strtoull(words[2], nullptr, 10);
    Module under{.send = function<FILTER_SEND_NET_BUFFER_LISTS>(loaded, "FilterSendNetBufferLists"),
                 .pause = function<FILTER_PAUSE>(loaded, "FilterPause")};
    std::atomic<bool>   over{false};
    std::thread         sender([&] { send_until(under, over); });
    const std::uint64_t all = pause_until(under, runs);
    over                    = true;
    sender.join();
    const auto number = [](std::uint64_t value) { return static_cast<unsigned long long>(value); };
    std::printf(
        "shown %llu times in %llu runs (of %llu pauses); %llu packets sent on, %llu "
        "rejected, %llu last ones of a pause\n",
        number(shown), runs, number(all), number(sent_on), number(rejected), number(told));
}
