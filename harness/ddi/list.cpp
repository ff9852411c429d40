// Lists that are guarded by a spin lock, or by none. Pages: exinterlockedinserttaillist,
// exinterlockedpushentryslist (wdm), ndisinterlockedinserttaillist (ndis).

#include "harness/ddi/ddi.hpp"

using namespace interlock;
using namespace interlock::harness;

namespace {

/// Does `act` under the lock, as one step for everybody who takes the lock, too.
template <typename Act>
auto under(KSPIN_LOCK& lock, std::string_view call, Act act) {
    const std::uint8_t irql   = acquire_spin_lock(lock, LockForm::spin, call);
    const auto         result = act();
    release_spin_lock(lock, LockForm::spin, irql, call);
    return result;
}

LIST_ENTRY* first_of(LIST_ENTRY* head) {
    return IsListEmpty(head) ? nullptr : head->Flink;
}

LIST_ENTRY* insert_head(LIST_ENTRY* head, LIST_ENTRY* entry, KSPIN_LOCK& lock,
                        std::string_view call) {
    return under(lock, call, [=] {
        LIST_ENTRY* const before = first_of(head);
        InsertHeadList(head, entry);
        return before;
    });
}

LIST_ENTRY* insert_tail(LIST_ENTRY* head, LIST_ENTRY* entry, KSPIN_LOCK& lock,
                        std::string_view call) {
    return under(lock, call, [=] {
        LIST_ENTRY* const before = IsListEmpty(head) ? nullptr : head->Blink;
        InsertTailList(head, entry);
        return before;
    });
}

LIST_ENTRY* remove_head(LIST_ENTRY* head, KSPIN_LOCK& lock, std::string_view call) {
    return under(lock, call, [=] { return IsListEmpty(head) ? nullptr : RemoveHeadList(head); });
}

// A singly linked list keeps its first entry and its length in the two words of its header.
SLIST_ENTRY* first_of(const SLIST_HEADER* list) {
    return reinterpret_cast<SLIST_ENTRY*>(list->Region);
}

void set_first(SLIST_HEADER* list, SLIST_ENTRY* entry) {
    list->Region = reinterpret_cast<ULONGLONG>(entry);
}

}  // namespace

extern "C" {

LIST_ENTRY* ExInterlockedInsertHeadList(LIST_ENTRY* head, LIST_ENTRY* entry,
                                        KSPIN_LOCK* lock) noexcept {
    return insert_head(head, entry, *lock, "ExInterlockedInsertHeadList");
}

LIST_ENTRY* ExInterlockedInsertTailList(LIST_ENTRY* head, LIST_ENTRY* entry,
                                        KSPIN_LOCK* lock) noexcept {
    return insert_tail(head, entry, *lock, "ExInterlockedInsertTailList");
}

LIST_ENTRY* ExInterlockedRemoveHeadList(LIST_ENTRY* head, KSPIN_LOCK* lock) noexcept {
    return remove_head(head, *lock, "ExInterlockedRemoveHeadList");
}

LIST_ENTRY* NdisInterlockedInsertHeadList(LIST_ENTRY* head, LIST_ENTRY* entry,
                                          NDIS_SPIN_LOCK* lock) noexcept {
    return insert_head(head, entry, lock->SpinLock, "NdisInterlockedInsertHeadList");
}

LIST_ENTRY* NdisInterlockedInsertTailList(LIST_ENTRY* head, LIST_ENTRY* entry,
                                          NDIS_SPIN_LOCK* lock) noexcept {
    return insert_tail(head, entry, lock->SpinLock, "NdisInterlockedInsertTailList");
}

LIST_ENTRY* NdisInterlockedRemoveHeadList(LIST_ENTRY* head, NDIS_SPIN_LOCK* lock) noexcept {
    return remove_head(head, lock->SpinLock, "NdisInterlockedRemoveHeadList");
}

void NdisInterlockedAddUlong(ULONG* addend, ULONG increment, NDIS_SPIN_LOCK* lock) noexcept {
    under(lock->SpinLock, "NdisInterlockedAddUlong", [=] { return *addend += increment; });
}

void InitializeSListHead(SLIST_HEADER* list) noexcept {
    enter("InitializeSListHead", any_level);
    *list = {};
}

SLIST_ENTRY* ExpInterlockedPushEntrySList(SLIST_HEADER* list, SLIST_ENTRY* entry) noexcept {
    World& here = enter("ExInterlockedPushEntrySList", any_level);
    here.races.acquire(list, Through::value);
    here.races.release(list, Through::value);
    SLIST_ENTRY* const before = first_of(list);
    entry->Next               = before;
    set_first(list, entry);
    ++list->Alignment;
    return before;
}

SLIST_ENTRY* ExpInterlockedPopEntrySList(SLIST_HEADER* list) noexcept {
    World& here = enter("ExInterlockedPopEntrySList", any_level);
    here.races.acquire(list, Through::value);
    here.races.release(list, Through::value);
    SLIST_ENTRY* const entry = first_of(list);
    if (entry == nullptr) return nullptr;
    set_first(list, entry->Next);
    --list->Alignment;
    return entry;
}

USHORT ExQueryDepthSList(SLIST_HEADER* list) noexcept {
    enter("ExQueryDepthSList", dispatch_level);
    return static_cast<USHORT>(list->Alignment);
}

}  // extern "C"
