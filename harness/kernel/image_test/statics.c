// An extension that is nothing but its statics.

#include <ndis.h>

const char InterlockExtensionClass[] = "filtering";

static ULONG counted = 5;
static ULONG zeroed[300];
static const char *text = "as loaded";
static ULONG *pointer = &counted;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath) {
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);
    counted++;
    zeroed[299]++;
    text = "as changed";
    return (NTSTATUS)(*pointer * 100 + zeroed[299] * 10 + (text[3] == 'c'));
}
