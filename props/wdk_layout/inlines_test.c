// What the WDK headers do themselves: lists, interlocked operations, accessors, checked integers,
// assertions. Prints the line of each claim that is false, and then fails.

#define DBG 1
#include <intsafe.h>
#include <ndis.h>
#include <ntintsafe.h>

int printf(const char *format, ...);

static int         falsehoods;
static int         fail_fasts;
static const char *asserted = "";

#define claim(expression) \
    ((expression) ? (void)0 : (void)(++falsehoods, printf("%d: %s\n", __LINE__, #expression)))

// The list code calls it last, so a jump out is all that "does not return" needs here.
static void *leave[5];

void RtlFailFast(ULONG Code) {
    claim(Code == FAST_FAIL_CORRUPT_LIST_ENTRY);
    ++fail_fasts;
    __builtin_longjmp(leave, 1);
}

void RtlAssert(PVOID FailedAssertion, PVOID FileName, ULONG LineNumber, PSTR MutableMessage) {
    (void)FileName;
    (void)LineNumber;
    (void)MutableMessage;
    asserted = FailedAssertion;
}

typedef struct item {
    ULONG      number;
    LIST_ENTRY link;
} item;

static void lists_keep_their_order(void) {
    LIST_ENTRY head;
    item       first  = {1, {0, 0}};
    item       second = {2, {0, 0}};
    item       third  = {3, {0, 0}};
    InitializeListHead(&head);
    claim(IsListEmpty(&head));
    InsertTailList(&head, &second.link);
    InsertHeadList(&head, &first.link);
    InsertTailList(&head, &third.link);
    claim(CONTAINING_RECORD(head.Flink, item, link)->number == 1);
    claim(CONTAINING_RECORD(RemoveTailList(&head), item, link)->number == 3);
    claim(!RemoveEntryList(&second.link));
    claim(CONTAINING_RECORD(RemoveHeadList(&head), item, link)->number == 1);
    claim(IsListEmpty(&head) && RemoveHeadList(&head) == &head);
}

__attribute__((noinline)) static void remove_twice(void) {
    LIST_ENTRY head;
    LIST_ENTRY entry;
    LIST_ENTRY other;
    InitializeListHead(&head);
    InsertTailList(&head, &entry);
    InsertTailList(&head, &other);
    RemoveEntryList(&entry);
    RemoveEntryList(&entry);
}

__attribute__((noinline)) static void a_corrupt_list_stops_the_machine(void) {
    if (__builtin_setjmp(leave) == 0) remove_twice();
    claim(fail_fasts == 1);
}

static void interlocked_takes_any_type(void) {
    UINT32        wide   = 0xffffffffu;
    volatile LONG number = 5;
    UINT16        narrow = 7;
    PVOID         where  = &wide;
    LONG64        large  = 1;
    claim(InterlockedIncrement(&wide) == 0 && wide == 0);
    claim(NdisInterlockedDecrement(&number) == 4);
    claim(InterlockedAdd(&number, 6) == 10 && InterlockedExchangeAdd(&number, 1) == 10);
    claim(InterlockedCompareExchange(&number, 1, 99) == 11 && number == 11);
    claim(InterlockedCompareExchange(&number, 1, 11) == 11 && number == 1);
    claim(InterlockedExchange16(&narrow, 9) == 7 && narrow == 9);
    claim(InterlockedCompareExchange16(&narrow, 1, 9) == 9 && narrow == 1);
    claim(InterlockedExchangePointer(&where, 0) == (PVOID)&wide && where == 0);
    claim(InterlockedAdd64(&large, 0x100000000LL) == 0x100000001LL);
    claim(!InterlockedBitTestAndSet(&wide, 3) && InterlockedBitTestAndSet(&wide, 3) && wide == 8);
}

static void accessors_find_what_is_stored(void) {
    NET_BUFFER_LIST nbl;
    UCHAR           group[6] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    ULONGLONG       buffer[64];
    RtlZeroMemory(&nbl, sizeof(nbl));
    RtlZeroMemory(buffer, sizeof(buffer));
    NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(&nbl)->SourcePortId   = 0x1234;
    NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(&nbl)->SourceNicIndex = 2;
    claim((ULONG_PTR)nbl.NetBufferListInfo[SwitchForwardingDetail] == 0x0000000212340000ULL);
    claim(ETH_IS_BROADCAST(group) && ETH_IS_MULTICAST(group));
    group[0] = 2;
    claim(!ETH_IS_BROADCAST(group) && !ETH_IS_MULTICAST(group));
    claim(NDIS_TEST_SEND_FLAG(0x21, NDIS_SEND_FLAGS_SWITCH_SINGLE_SOURCE));
    claim(!NDIS_TEST_SEND_AT_DISPATCH_LEVEL(0x20));

    PNDIS_SWITCH_PROPERTY_ENUM_PARAMETERS parameters = (PVOID)buffer;
    parameters->FirstPropertyOffset                  = 64;
    PNDIS_SWITCH_PROPERTY_ENUM_INFO info =
        NDIS_SWITCH_PROPERTY_ENUM_PARAMETERS_GET_FIRST_INFO(parameters);
    claim((PUCHAR)info == (PUCHAR)buffer + 64);
    info->QwordAlignedPropertyBufferLength = 16;
    info->PropertyBufferOffset             = sizeof(*info);
    claim(NDIS_SWITCH_PROPERTY_ENUM_INFO_GET_PROPERTY(info) == (PVOID)(info + 1));
    claim((PUCHAR)NDIS_SWITCH_PROPERTY_ENUM_INFO_GET_NEXT(info) == (PUCHAR)(info + 1) + 16);

    PNDIS_SWITCH_NIC_ARRAY array = (PVOID)buffer;
    array->FirstElementOffset    = 24;
    array->ElementSize           = 2208;
    claim((PUCHAR)NDIS_SWITCH_NIC_AT_ARRAY_INDEX(array, 2) == (PUCHAR)buffer + 24 + 2 * 2208);
}

static void checked_integers_overflow_aloud(void) {
    ULONG  sum;
    USHORT narrow;
    claim(RtlULongAdd(0xfffffff0u, 0x0f, &sum) == STATUS_SUCCESS && sum == 0xffffffffu);
    claim(RtlULongAdd(0xfffffff0u, 0x10, &sum) == STATUS_INTEGER_OVERFLOW && sum == 0xffffffffu);
    claim(ULongMult(0x10000, 0x10000, &sum) == INTSAFE_E_ARITHMETIC_OVERFLOW);
    claim(ULongSub(1, 2, &sum) != S_OK);
    claim(RtlULongToUShort(0xffff, &narrow) == STATUS_SUCCESS && narrow == 0xffff);
    claim(RtlULongToUShort(0x10000, &narrow) == STATUS_INTEGER_OVERFLOW);
    claim(LongToULong(-1, &sum) != S_OK && ULongToLong(0x80000000u, (LONG *)&sum) != S_OK);
}

static void strings_count_bytes(void) {
    NDIS_STRING                name = NDIS_STRING_CONST("switch");
    static const UNICODE_STRING also = RTL_CONSTANT_STRING(L"port");
    claim(name.Length == 12 && name.MaximumLength == 14 && name.Buffer[5] == L'h');
    claim(also.Length == 8);
}

static void assertions_and_guards_run(void) {
    int guarded = 0;
    ASSERT(1 + 1 == 2);
    claim(asserted[0] == 0);
    NT_ASSERT(guarded == 7);
    claim(strcmp(asserted, "guarded == 7") == 0);
    __try {
        guarded = 1;
        if (guarded == 1) __leave;
        guarded = 2;
    } __except (EXCEPTION_EXECUTE_HANDLER) {
        guarded = 3;
    }
    claim(guarded == 1);
    __try {
        guarded = 4;
    } __finally {
        guarded += 10;
    }
    claim(guarded == 14);
}

int main(void) {
    lists_keep_their_order();
    a_corrupt_list_stops_the_machine();
    interlocked_takes_any_type();
    accessors_find_what_is_stored();
    checked_integers_overflow_aloud();
    strings_count_bytes();
    assertions_and_guards_run();
    return falsehoods != 0;
}
