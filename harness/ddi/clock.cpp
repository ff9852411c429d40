// The clocks, all of them virtual. Pages: kequerysystemtime, kequerytickcount,
// kequeryperformancecounter (wdm), ndisgetcurrentsystemtime (ndis).

#include "harness/ddi/ddi.hpp"

using namespace interlock;
using namespace interlock::harness;

namespace {

constexpr Time100ns time_increment     = 156'250;  // One tick of the clock: 15.625 ms.
constexpr LONGLONG  counter_per_second = 10'000'000;

Time100ns now(std::string_view call) {
    return enter(call, HIGH_LEVEL).kernel.now();
}

LARGE_INTEGER number(Time100ns value) {
    LARGE_INTEGER result;
    result.QuadPart = static_cast<LONGLONG>(value);
    return result;
}

}  // namespace

extern "C" {

void NdisGetCurrentSystemTime(LARGE_INTEGER* time) noexcept {
    *time = number(system_time_at_start + now("NdisGetCurrentSystemTime"));
}

/// Milliseconds.
void NdisGetSystemUpTimeEx(LARGE_INTEGER* time) noexcept {
    *time = number(now("NdisGetSystemUpTimeEx") / millisecond);
}

void KeQuerySystemTime(LARGE_INTEGER* time) noexcept {
    *time = number(system_time_at_start + now("KeQuerySystemTime"));
}

void KeQuerySystemTimePrecise(LARGE_INTEGER* time) noexcept {
    *time = number(system_time_at_start + now("KeQuerySystemTimePrecise"));
}

void KeQueryTickCount(LARGE_INTEGER* count) noexcept {
    *count = number(now("KeQueryTickCount") / time_increment);
}

ULONG KeQueryTimeIncrement() noexcept {
    return static_cast<ULONG>(time_increment);
}

ULONGLONG KeQueryInterruptTime() noexcept {
    return now("KeQueryInterruptTime");
}

LARGE_INTEGER KeQueryPerformanceCounter(LARGE_INTEGER* frequency) noexcept {
    if (frequency != nullptr) frequency->QuadPart = counter_per_second;
    return number(now("KeQueryPerformanceCounter"));
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
