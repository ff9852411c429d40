#pragma once
// Linked lists. As on Windows, a list whose neighbours disagree stops the machine at once, here
// through RtlFailFast. Page: singly-and-doubly-linked-lists.

#include "macros.h"

EXTERN_C_START

typedef struct _LIST_ENTRY {
    struct _LIST_ENTRY *Flink;
    struct _LIST_ENTRY *Blink;
} LIST_ENTRY, *PLIST_ENTRY;

typedef struct _SINGLE_LIST_ENTRY {
    struct _SINGLE_LIST_ENTRY *Next;
} SINGLE_LIST_ENTRY, *PSINGLE_LIST_ENTRY;

typedef struct DECLSPEC_ALIGN(16) _SLIST_ENTRY {
    struct _SLIST_ENTRY *Next;
} SLIST_ENTRY, *PSLIST_ENTRY;

typedef union DECLSPEC_ALIGN(16) _SLIST_HEADER {
    struct {
        ULONGLONG Alignment;
        ULONGLONG Region;
    };
    struct {
        ULONGLONG Depth : 16;
        ULONGLONG Sequence : 48;
        ULONGLONG Reserved : 4;
        ULONGLONG NextEntry : 60;
    } HeaderX64;
} SLIST_HEADER, *PSLIST_HEADER;

#define FAST_FAIL_CORRUPT_LIST_ENTRY 3

void RtlFailFast(ULONG Code) WDK_NOEXCEPT __attribute__((noreturn));

WDK_INLINE VOID InitializeListHead(PLIST_ENTRY ListHead) {
    ListHead->Flink = ListHead;
    ListHead->Blink = ListHead;
}

WDK_INLINE BOOLEAN IsListEmpty(const LIST_ENTRY *ListHead) {
    return (BOOLEAN)(ListHead->Flink == ListHead);
}

WDK_INLINE VOID wdk_check_list_neighbours(PLIST_ENTRY before, PLIST_ENTRY after) {
    if (before->Flink != after || after->Blink != before) RtlFailFast(FAST_FAIL_CORRUPT_LIST_ENTRY);
}

/// TRUE when the list is empty afterwards.
WDK_INLINE BOOLEAN RemoveEntryList(PLIST_ENTRY Entry) {
    PLIST_ENTRY before = Entry->Blink;
    PLIST_ENTRY after  = Entry->Flink;
    if (before->Flink != Entry || after->Blink != Entry) RtlFailFast(FAST_FAIL_CORRUPT_LIST_ENTRY);
    before->Flink = after;
    after->Blink  = before;
    return (BOOLEAN)(before == after);
}

/// On an empty list both give back the head itself.
WDK_INLINE PLIST_ENTRY RemoveHeadList(PLIST_ENTRY ListHead) {
    PLIST_ENTRY entry = ListHead->Flink;
    RemoveEntryList(entry);
    return entry;
}

WDK_INLINE PLIST_ENTRY RemoveTailList(PLIST_ENTRY ListHead) {
    PLIST_ENTRY entry = ListHead->Blink;
    RemoveEntryList(entry);
    return entry;
}

WDK_INLINE VOID wdk_insert_between(PLIST_ENTRY before, PLIST_ENTRY entry, PLIST_ENTRY after) {
    wdk_check_list_neighbours(before, after);
    entry->Flink  = after;
    entry->Blink  = before;
    before->Flink = entry;
    after->Blink  = entry;
}

WDK_INLINE VOID InsertHeadList(PLIST_ENTRY ListHead, PLIST_ENTRY Entry) {
    wdk_insert_between(ListHead, Entry, ListHead->Flink);
}

WDK_INLINE VOID InsertTailList(PLIST_ENTRY ListHead, PLIST_ENTRY Entry) {
    wdk_insert_between(ListHead->Blink, Entry, ListHead);
}

/// Splices a whole ring, without its own head, before ListHead.
WDK_INLINE VOID AppendTailList(PLIST_ENTRY ListHead, PLIST_ENTRY ListToAppend) {
    PLIST_ENTRY last = ListHead->Blink;
    wdk_check_list_neighbours(last, ListHead);
    ListHead->Blink->Flink     = ListToAppend;
    ListHead->Blink            = ListToAppend->Blink;
    ListToAppend->Blink->Flink = ListHead;
    ListToAppend->Blink        = last;
}

WDK_INLINE VOID PushEntryList(PSINGLE_LIST_ENTRY ListHead, PSINGLE_LIST_ENTRY Entry) {
    Entry->Next    = ListHead->Next;
    ListHead->Next = Entry;
}

WDK_INLINE PSINGLE_LIST_ENTRY PopEntryList(PSINGLE_LIST_ENTRY ListHead) {
    PSINGLE_LIST_ENTRY first = ListHead->Next;
    if (first != 0) ListHead->Next = first->Next;
    return first;
}

EXTERN_C_END
