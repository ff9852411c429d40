// Traps that need our headers. Each function returns what the rows of dialect_test.cpp expect.
#include <NDIS.H>
#include <ntstrsafe.h>

// Drivers bring these themselves, so our headers must leave the names free.
typedef unsigned __int64 uint64_t;
#define SIZE_MAX ((SIZE_T)-1)

int own_types(void) { return sizeof(uint64_t) + (SIZE_MAX == ~(SIZE_T)0); }

int long_wraps(void) {
    ULONG last = 0xFFFFFFFF;
    LONG  low = (LONG)last;
    return last + 1 == 0 && low == -1 && sizeof(ULONG_PTR) == 8;
}

int wide_length(void) { return (int)wcslen(L"abcde"); }

// Microsoft's dialect: %lx has 32 bits, %S and %ws are the other and the wide string.
static int prints_as(PCSTR expected, PCSTR format, ...) {
    CHAR    text[40];
    va_list values;
    va_start(values, format);
    const NTSTATUS status = RtlStringCbVPrintfA(text, sizeof(text), format, values);
    va_end(values);
    return NT_SUCCESS(status) && strcmp(text, expected) == 0;
}

int formats(void) {
    UNICODE_STRING counted = RTL_CONSTANT_STRING(L"counted");
    return prints_as("ffffffff 7", "%lx %lx", (LONG)-1, (ULONG)7) +
           prints_as("one two", "%S %ws", L"one", L"two") +
           prints_as("counted", "%wZ", &counted) +
           prints_as("123456789abcdef0", "%I64x", 0x123456789abcdef0ull);
}

static int sum(int first, ...) {
    va_list more;
    va_start(more, first);
    const int second = va_arg(more, int);
    va_end(more);
    return first + second;
}
#define sum_of(first, ...)   sum(first, ##__VA_ARGS__, 40)
#define bare_sum(first, ...) sum(first, 30, __VA_ARGS__)
#define field(object, name)  object-##>##name

int variadic(void) {
    struct { int value; } one = {2}, *at = &one;
    return sum_of(field(at, value)) + bare_sum(0, 7);
}

// Given to a driver as types of functions, and declared by them.
FILTER_ATTACH TrapAttach;
static FILTER_PAUSE TrapPause;

NDIS_STATUS TrapAttach(NDIS_HANDLE filter, NDIS_HANDLE context,
                       PNDIS_FILTER_ATTACH_PARAMETERS parameters) {
    return filter == context && parameters == NULL ? 3 : NDIS_STATUS_FAILURE;
}
static NDIS_STATUS TrapPause(NDIS_HANDLE context, PNDIS_FILTER_PAUSE_PARAMETERS parameters) {
    return context == NULL && parameters == NULL ? 4 : NDIS_STATUS_FAILURE;
}

int function_types(void) {
    NDIS_FILTER_DRIVER_CHARACTERISTICS driver = {0};
    driver.AttachHandler = TrapAttach;
    driver.PauseHandler = TrapPause;
    return driver.AttachHandler(NULL, NULL, NULL) + driver.PauseHandler(NULL, NULL);
}

int structured_exceptions(void) {
    int ran = 0;
    __try {
        __try {
            ran += 1;
            if (ran == 1) __leave;
            ran += 100;
        } __finally {
            ran += 10;
        }
    } __except (EXCEPTION_EXECUTE_HANDLER) {
        ran += 1000;
    }
    return ran;
}

// The expression is evaluated, so DBG is on, and reported where it fails.
int assertion(int holds) {
    int looked = 0;
    NT_ASSERT((looked = 1, holds));
    ASSERT(looked);
    return looked;
}

int interlocked(void) {
    UINT32        unsigned_32 = 0xFFFFFFFF;
    volatile LONG volatile_long = 4;
    UINT16        sixteen = 9;
    PVOID         pointer = &sixteen;
    return InterlockedIncrement(&unsigned_32) + (int)unsigned_32 +
           InterlockedExchangeAdd(&volatile_long, 2) + volatile_long +
           InterlockedIncrement16(&sixteen) +
           (InterlockedCompareExchangePointer(&pointer, NULL, &sixteen) == &sixteen);
}

static ULONG loads;

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
    UNREFERENCED_PARAMETER(driver);
    UNREFERENCED_PARAMETER(path);
    return (NTSTATUS)++loads;
}

int thread_got = 0;

VOID thread(PVOID context) {
    UNREFERENCED_PARAMETER(context);
    thread_got += 1;
    PsTerminateSystemThread(STATUS_SUCCESS);
    thread_got += 100;
}

int start_thread(void) {
    HANDLE handle;
    return PsCreateSystemThread(&handle, 0, NULL, NULL, NULL, thread, NULL);
}

int thread_counted(void) { return thread_got; }

int counted_bytes(void) {
    const NDIS_STRING text = NDIS_STRING_CONST("abc");
    return text.Length * 10 + text.MaximumLength;
}
