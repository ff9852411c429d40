// Memory descriptor lists. There is one address space and every page is resident, so that mapping
// and locking only say so. Pages: mmgetsystemaddressformdlsafe, ioallocatemdl,
// iobuildpartialmdl (wdm).

#include "harness/ddi/ddi.hpp"

using namespace interlock;
using namespace interlock::harness;

namespace {

void* address_of(const MDL* mdl) {
    return static_cast<char*>(mdl->StartVa) + mdl->ByteOffset;
}

void describe(MDL& mdl, void* address, ULONG bytes) {
    MmInitializeMdl(&mdl, address, bytes);
    mdl.MappedSystemVa = nullptr;
    mdl.Process        = nullptr;
}

void map(MDL& mdl, int flag) {
    mdl.MappedSystemVa = address_of(&mdl);
    mdl.MdlFlags       = static_cast<CSHORT>(mdl.MdlFlags | flag);
}

}  // namespace

extern "C" {

SIZE_T MmSizeOfMdl(void* base, SIZE_T bytes) noexcept {
    return sizeof(MDL) + ADDRESS_AND_SIZE_TO_SPAN_PAGES(base, bytes) * sizeof(ULONG_PTR);
}

void* MmGetSystemAddressForMdlSafe(MDL* mdl, ULONG) noexcept {
    World&        here   = enter("MmGetSystemAddressForMdlSafe", dispatch_level);
    constexpr int mapped = MDL_MAPPED_TO_SYSTEM_VA | MDL_SOURCE_IS_NONPAGED_POOL;
    if (mdl->MdlFlags & mapped) return mdl->MappedSystemVa;
    if (here.faults.strike(FaultPoint("MmGetSystemAddressForMdlSafe"))) return nullptr;
    map(*mdl, MDL_MAPPED_TO_SYSTEM_VA);
    return mdl->MappedSystemVa;
}

void* MmMapLockedPagesSpecifyCache(MDL*  mdl, KPROCESSOR_MODE, MEMORY_CACHING_TYPE, void*, ULONG,
                                   ULONG priority) noexcept {
    return MmGetSystemAddressForMdlSafe(mdl, priority);
}

void MmUnmapLockedPages(void*, MDL* mdl) noexcept {
    enter("MmUnmapLockedPages", dispatch_level);
    mdl->MdlFlags = static_cast<CSHORT>(mdl->MdlFlags & ~MDL_MAPPED_TO_SYSTEM_VA);
}

void MmBuildMdlForNonPagedPool(MDL* mdl) noexcept {
    enter("MmBuildMdlForNonPagedPool", dispatch_level);
    map(*mdl, MDL_SOURCE_IS_NONPAGED_POOL);
}

void MmProbeAndLockPages(MDL* mdl, KPROCESSOR_MODE, LOCK_OPERATION) noexcept {
    enter("MmProbeAndLockPages", dispatch_level);
    mdl->MdlFlags = static_cast<CSHORT>(mdl->MdlFlags | MDL_PAGES_LOCKED);
}

void MmUnlockPages(MDL* mdl) noexcept {
    enter("MmUnlockPages", dispatch_level);
    mdl->MdlFlags = static_cast<CSHORT>(mdl->MdlFlags & ~MDL_PAGES_LOCKED);
}

PMDL IoAllocateMdl(void* address, ULONG bytes, BOOLEAN, BOOLEAN, struct _IRP*) noexcept {
    World& here = enter("IoAllocateMdl", dispatch_level);
    if (here.faults.strike(FaultPoint("IoAllocateMdl"))) return nullptr;
    MDL* const mdl = make_object<MDL>(mdl_tag);
    describe(*mdl, address, bytes);
    return mdl;
}

void IoFreeMdl(MDL* mdl) noexcept {
    enter("IoFreeMdl", dispatch_level);
    free_object(mdl, mdl_tag);
}

void IoBuildPartialMdl(MDL* source, MDL* target, void* address, ULONG bytes) noexcept {
    enter("IoBuildPartialMdl", dispatch_level);
    const auto offset =
        static_cast<char*>(address) - static_cast<char*>(MmGetMdlVirtualAddress(source));
    if (bytes == 0) bytes = source->ByteCount - static_cast<ULONG>(offset);
    MDL* const next = target->Next;
    describe(*target, address, bytes);
    target->Next     = next;
    target->MdlFlags = MDL_PARTIAL;
    if (source->MdlFlags & (MDL_MAPPED_TO_SYSTEM_VA | MDL_SOURCE_IS_NONPAGED_POOL)) {
        map(*target, MDL_MAPPED_TO_SYSTEM_VA);
    }
}

void ProbeForRead(const volatile void*, SIZE_T, ULONG) noexcept {
    enter("ProbeForRead", apc_level);
}

void ProbeForWrite(volatile void*, SIZE_T, ULONG) noexcept {
    enter("ProbeForWrite", apc_level);
}

}  // extern "C"
