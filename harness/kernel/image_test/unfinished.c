// An extension that calls functions which nobody has.

#include <ndis.h>

NTSTATUS InterlockHasNotThis(void);
NTSTATUS InterlockHasNotThatEither(void);

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath) {
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);
    return InterlockHasNotThis() + InterlockHasNotThatEither();
}
