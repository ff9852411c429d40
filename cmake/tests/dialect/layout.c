// Traps that only a sanitizer sees. Built twice: as an extension with such traps is to be, and
// with the checks that would stop it.
#include <ntddk.h>

// Microsoft's compiler gives `value` offset 8, whatever the packing; no flag of clang's does.
#pragma pack(push, 1)
typedef struct {
    UCHAR first;
    __declspec(align(8)) ULONG64 value;
} PACKED;
#pragma pack(pop)

typedef struct {
    ULONG count;
    ULONG entry[1];
} TRAILING;

NTSTATUS DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path) {
    UNREFERENCED_PARAMETER(driver);
    UNREFERENCED_PARAMETER(path);
    return STATUS_SUCCESS;
}

static ULONG64 read(const ULONG64 *at) { return *at; }

int packed_offset(void) { return FIELD_OFFSET(PACKED, value); }

int packed_read(void) {
    DECLSPEC_ALIGN(16) PACKED all[2] = {{1, 2}, {3, 4}};
    return (int)(read(&all[0].value) * 10 + read(&all[1].value));
}

static int sum(int count) {
    ULONG           room[8] = {3, 5, 7, 11};
    TRAILING *const array = (TRAILING *)room;
    int             sum = 0;
    for (int i = 0; i < count; i++) sum += array->entry[i];
    return sum;
}

int trailing_four(void) { return sum(4); }
