// The clocks, all of them virtual. Pages: kequerysystemtime, kequerytickcount,
// kequeryperformancecounter (wdm), ndisgetcurrentsystemtime (ndis).

#include "harness/ddi/ddi.hpp"

using namespace interlock;
using namespace interlock::harness;

namespace {

constexpr Time100ns time_increment     = 156'250;  // One tick of the clock: 15.625 ms.
constexpr LONGLONG  counter_per_100ns  = 10'000;
constexpr LONGLONG  counter_per_second = 10'000'000 * counter_per_100ns;

Time100ns now(std::string_view call) {
    return enter(call, HIGH_LEVEL).kernel.now();
}

LARGE_INTEGER large(Time100ns value) {
    LARGE_INTEGER result;
    result.QuadPart = static_cast<LONGLONG>(value);
    return result;
}

}  // namespace

extern "C" {

void NdisGetCurrentSystemTime(LARGE_INTEGER* time) noexcept {
    *time = large(system_time_at_start + now("NdisGetCurrentSystemTime"));
}

/// Milliseconds.
void NdisGetSystemUpTimeEx(LARGE_INTEGER* time) noexcept {
    *time = large(now("NdisGetSystemUpTimeEx") / millisecond);
}

void KeQuerySystemTime(LARGE_INTEGER* time) noexcept {
    *time = large(system_time_at_start + now("KeQuerySystemTime"));
}

void KeQuerySystemTimePrecise(LARGE_INTEGER* time) noexcept {
    *time = large(system_time_at_start + now("KeQuerySystemTimePrecise"));
}

void KeQueryTickCount(LARGE_INTEGER* count) noexcept {
    *count = large(now("KeQueryTickCount") / time_increment);
}

ULONG KeQueryTimeIncrement() noexcept {
    return static_cast<ULONG>(time_increment);
}

ULONGLONG KeQueryInterruptTime() noexcept {
    return now("KeQueryInterruptTime");
}

/// As everywhere, no two readings are the same: each step of the run takes a little.
LARGE_INTEGER KeQueryPerformanceCounter(LARGE_INTEGER* frequency) noexcept {
    if (frequency != nullptr) frequency->QuadPart = counter_per_second;
    const Kernel& kernel = enter("KeQueryPerformanceCounter", HIGH_LEVEL).kernel;
    return large(kernel.now() * counter_per_100ns + kernel.steps());
}

/// The machine stands in Greenwich.
void ExSystemTimeToLocalTime(LARGE_INTEGER* system, LARGE_INTEGER* local) noexcept {
    *local = *system;
}

UINT NdisGetVersion() noexcept {
    const std::uint32_t version = enter("NdisGetVersion", dispatch_level).ndis_version;
    return version / 100 << 16 | version % 100;
}

UCHAR NdisGeneratePartialCancelId() noexcept {
    enter("NdisGeneratePartialCancelId", dispatch_level);
    return 1;
}

}  // extern "C"
