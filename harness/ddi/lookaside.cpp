// Lookaside lists. Nothing is kept aside here: each entry is a piece of its own, so that its bounds
// and its end are seen. Pages: exinitializenpagedlookasidelist and kin (wdm).

#include "harness/ddi/ddi.hpp"

using namespace interlock;
using namespace interlock::harness;

namespace {

/// What stands in the reserved words of a list.
struct Lookaside {
    ALLOCATE_FUNCTION* allocate;
    FREE_FUNCTION*     free;
    SIZE_T             bytes;
    ULONG              tag;
};
static_assert(sizeof(Lookaside) <= sizeof(NPAGED_LOOKASIDE_LIST));

Lookaside& inside(NPAGED_LOOKASIDE_LIST* list) {
    return *reinterpret_cast<Lookaside*>(list);
}

}  // namespace

extern "C" {

void ExInitializeNPagedLookasideList(NPAGED_LOOKASIDE_LIST* list, ALLOCATE_FUNCTION* allocate,
                                     FREE_FUNCTION* free, ULONG, SIZE_T bytes, ULONG tag,
                                     USHORT) noexcept {
    enter("ExInitializeNPagedLookasideList", dispatch_level);
    *list        = {};
    inside(list) = {.allocate = allocate ? allocate : &ExAllocatePoolWithTag,
                    .free     = free ? free : &ExFreePool,
                    .bytes    = bytes,
                    .tag      = tag};
}

void ExDeleteNPagedLookasideList(NPAGED_LOOKASIDE_LIST*) noexcept {
    enter("ExDeleteNPagedLookasideList", dispatch_level);
}

void* ExAllocateFromNPagedLookasideList(NPAGED_LOOKASIDE_LIST* list) noexcept {
    const Lookaside& entries = inside(list);
    return entries.allocate(NonPagedPoolNx, entries.bytes, entries.tag);
}

void ExFreeToNPagedLookasideList(NPAGED_LOOKASIDE_LIST* list, void* entry) noexcept {
    inside(list).free(entry);
}

}  // extern "C"
