// IRQL and processors. Pages: kegetcurrentirql, keraiseirql, kelowerirql,
// kegetcurrentprocessornumberex (wdm).

#include "harness/ddi/ddi.hpp"

using namespace interlock;
using namespace interlock::harness;

namespace {

KIRQL change_irql(std::string_view call, KIRQL to, bool fits) {
    World&      here   = enter(call, HIGH_LEVEL);
    Task&       task   = here.kernel.current();
    const KIRQL before = task.irql;
    if (!fits || to > HIGH_LEVEL) {
        report_misuse(model::Misuse::bad_argument);
        return before;
    }
    task.irql = to;
    if (to < before) here.kernel.yield(call);
    return before;
}

}  // namespace

extern "C" {

KIRQL KeGetCurrentIrql() noexcept {
    return enter("KeGetCurrentIrql", HIGH_LEVEL).kernel.current().irql;
}

KIRQL KfRaiseIrql(KIRQL irql) noexcept {
    return change_irql("KeRaiseIrql", irql, irql >= world().kernel.current().irql);
}

KIRQL KeRaiseIrqlToDpcLevel() noexcept {
    return change_irql("KeRaiseIrqlToDpcLevel", dispatch_level,
                       world().kernel.current().irql <= dispatch_level);
}

void KfLowerIrql(KIRQL irql) noexcept {
    change_irql("KeLowerIrql", irql, irql <= world().kernel.current().irql);
}

void KeEnterCriticalRegion() noexcept {
    enter("KeEnterCriticalRegion", apc_level);
}

void KeLeaveCriticalRegion() noexcept {
    enter("KeLeaveCriticalRegion", apc_level);
}

/// There are no APCs here: nobody can tell.
BOOLEAN KeAreApcsDisabled() noexcept {
    return enter("KeAreApcsDisabled", dispatch_level).kernel.current().irql >= apc_level;
}

ULONG KeGetCurrentProcessorNumberEx(PROCESSOR_NUMBER* number) noexcept {
    const std::uint8_t cpu =
        enter("KeGetCurrentProcessorNumberEx", HIGH_LEVEL).kernel.current().cpu;
    if (number != nullptr) *number = {.Group = 0, .Number = cpu, .Reserved = 0};
    return cpu;
}

ULONG NdisCurrentProcessorIndex() noexcept {
    return KeGetCurrentProcessorNumberEx(nullptr);
}

ULONG KeQueryActiveProcessorCountEx(USHORT group) noexcept {
    return group == 0 || group == ALL_PROCESSOR_GROUPS ? cpu_count : 0;
}

ULONG KeQueryMaximumProcessorCountEx(USHORT group) noexcept {
    return KeQueryActiveProcessorCountEx(group);
}

ULONG KeQueryActiveProcessorCount(KAFFINITY* active) noexcept {
    if (active != nullptr) *active = (KAFFINITY{1} << cpu_count) - 1;
    return cpu_count;
}

USHORT KeQueryActiveGroupCount() noexcept {
    return 1;
}

USHORT KeQueryMaximumGroupCount() noexcept {
    return 1;
}

ULONG KeGetProcessorIndexFromNumber(PROCESSOR_NUMBER* number) noexcept {
    return number->Group == 0 && number->Number < cpu_count ? number->Number : ~ULONG{0};
}

NTSTATUS KeGetProcessorNumberFromIndex(ULONG index, PROCESSOR_NUMBER* number) noexcept {
    if (index >= cpu_count) return STATUS_INVALID_PARAMETER;
    *number = {.Group = 0, .Number = static_cast<UCHAR>(index), .Reserved = 0};
    return STATUS_SUCCESS;
}

}  // extern "C"
