// Pool memory, by either name. Pages: exallocatepool2, exallocatepoolwithtag, exfreepoolwithtag
// (wdm), ndisallocatememorywithtagpriority, ndisfreememory (ndis).

#include <cstring>

#include "harness/ddi/ddi.hpp"

using namespace interlock;
using namespace interlock::harness;

namespace {

enum class Content : bool { uninitialised, zero };

void* allocate(FaultPoint call, std::size_t bytes, std::uint32_t tag, PoolKind kind,
               Content content, std::uint8_t irql_max = dispatch_level,
               NDIS_HANDLE made_for = nullptr) {
    World& here = enter(call.row().function(), irql_max);
    if (here.faults.strike(call)) return nullptr;
    void* const memory = allocate_for_driver(bytes, tag, kind, made_for);
    if (memory != nullptr && content == Content::zero) std::memset(memory, 0, bytes);
    return memory;
}

/// A lock in freed memory is no lock any more.
void forget_locks(World& here, const void* memory) {
    if (here.locks.held().empty() && here.lock_order.empty()) return;
    const Piece* const piece = here.memory.find(memory);
    if (piece == nullptr) return;
    here.lock_order.forget_within(memory, piece->bytes);
    if (!here.locks.is_held_within(memory, piece->bytes)) return;
    report_misuse(model::Misuse::lock_freed_while_held);
    here.locks.forget_within(memory, piece->bytes);
}

void release(std::string_view call, void* memory, PoolKind kind, std::uint32_t tag, bool has_tag) {
    World& here = enter(call, dispatch_level);
    if (memory == nullptr) return report_misuse(model::Misuse::bad_argument);
    forget_locks(here, memory);
    if (const Piece* const piece = here.memory.find(memory)) here.races.freed(memory, piece->bytes);
    const model::Misuse wrong = here.memory.free(memory, tag, has_tag, kind);
    if (wrong != model::Misuse::none) report_misuse(wrong);
    report_late_writes();
}

constexpr std::uint8_t irql_max_of(POOL_TYPE type) {
    return (type & PagedPool) != 0 ? apc_level : dispatch_level;
}

}  // namespace

extern "C" {

void* ExAllocatePool2(POOL_FLAGS flags, SIZE_T bytes, ULONG tag) noexcept {
    const bool kept  = (flags & POOL_FLAG_UNINITIALIZED) != 0;
    const bool paged = (flags & POOL_FLAG_PAGED) != 0;
    if (tag == 0) return nullptr;  // Documented: no tag, no memory.
    return allocate(FaultPoint("ExAllocatePool2"), bytes, tag, PoolKind::ex,
                    kept ? Content::uninitialised : Content::zero,
                    paged ? apc_level : dispatch_level);
}

void* ExAllocatePool3(POOL_FLAGS flags, SIZE_T bytes, ULONG tag, PCPOOL_EXTENDED_PARAMETER,
                      ULONG) noexcept {
    return ExAllocatePool2(flags, bytes, tag);
}

void* ExAllocatePool(POOL_TYPE type, SIZE_T bytes) noexcept {
    return allocate(FaultPoint("ExAllocatePool"), bytes, tag_of("None"), PoolKind::ex,
                    Content::uninitialised, irql_max_of(type));
}

void* ExAllocatePoolWithTag(POOL_TYPE type, SIZE_T bytes, ULONG tag) noexcept {
    return allocate(FaultPoint("ExAllocatePoolWithTag"), bytes, tag, PoolKind::ex,
                    Content::uninitialised, irql_max_of(type));
}

void* ExAllocatePoolWithTagPriority(POOL_TYPE type, SIZE_T bytes, ULONG tag,
                                    EX_POOL_PRIORITY) noexcept {
    return allocate(FaultPoint("ExAllocatePoolWithTagPriority"), bytes, tag, PoolKind::ex,
                    Content::uninitialised, irql_max_of(type));
}

void* ExAllocatePoolUninitialized(POOL_TYPE type, SIZE_T bytes, ULONG tag) noexcept {
    return allocate(FaultPoint("ExAllocatePoolUninitialized"), bytes, tag, PoolKind::ex,
                    Content::uninitialised, irql_max_of(type));
}

void* ExAllocatePoolZero(POOL_TYPE type, SIZE_T bytes, ULONG tag) noexcept {
    return allocate(FaultPoint("ExAllocatePoolZero"), bytes, tag, PoolKind::ex, Content::zero,
                    irql_max_of(type));
}

void ExFreePool(void* memory) noexcept {
    release("ExFreePool", memory, PoolKind::ex, 0, false);
}

void ExFreePoolWithTag(void* memory, ULONG tag) noexcept {
    release("ExFreePoolWithTag", memory, PoolKind::ex, tag, tag != 0);
}

void* NdisAllocateMemoryWithTagPriority(NDIS_HANDLE for_whom, UINT bytes, ULONG tag,
                                        EX_POOL_PRIORITY) noexcept {
    return allocate(FaultPoint("NdisAllocateMemoryWithTagPriority"), bytes, tag, PoolKind::ndis,
                    Content::uninitialised, dispatch_level, for_whom);
}

NDIS_STATUS NdisAllocateMemoryWithTag(void** memory, UINT bytes, ULONG tag) noexcept {
    *memory = allocate(FaultPoint("NdisAllocateMemoryWithTag"), bytes, tag, PoolKind::ndis,
                       Content::uninitialised);
    return *memory ? NDIS_STATUS_SUCCESS : NDIS_STATUS_FAILURE;
}

void NdisFreeMemory(void* memory, UINT, UINT) noexcept {
    release("NdisFreeMemory", memory, PoolKind::ndis, 0, false);
}

void NdisFreeMemoryWithTag(void* memory, ULONG tag) noexcept {
    release("NdisFreeMemoryWithTag", memory, PoolKind::ndis, tag, true);
}

void NdisFreeMemoryWithTagPriority(NDIS_HANDLE, void* memory, ULONG tag) noexcept {
    release("NdisFreeMemoryWithTagPriority", memory, PoolKind::ndis, tag, true);
}

/// The header tells what it is; the rest belongs to the driver.
NDIS_GENERIC_OBJECT* NdisAllocateGenericObject(DRIVER_OBJECT* driver, ULONG tag,
                                               USHORT bytes) noexcept {
    const std::size_t whole =
        bytes < sizeof(NDIS_GENERIC_OBJECT) ? sizeof(NDIS_GENERIC_OBJECT) : bytes;
    void* const memory = allocate(FaultPoint("NdisAllocateGenericObject"), whole, tag,
                                  PoolKind::object, Content::zero);
    if (memory == nullptr) return nullptr;
    auto* const object      = static_cast<NDIS_GENERIC_OBJECT*>(memory);
    object->Header.Type     = NDIS_OBJECT_TYPE_DEFAULT;
    object->Header.Revision = NDIS_OBJECT_REVISION_1;
    object->Header.Size     = sizeof(NDIS_GENERIC_OBJECT);
    object->DriverObject    = driver;
    return object;
}

void NdisFreeGenericObject(NDIS_GENERIC_OBJECT* object) noexcept {
    release("NdisFreeGenericObject", object, PoolKind::object, 0, false);
}

}  // extern "C"
