// An extension that calls what a C library has and the kernel of Windows has not.

#include <ndis.h>

char *getenv(const char *name);
int   puts(const char *text);

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath) {
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);
    return getenv("ComSpec") ? puts("Windows") : STATUS_SUCCESS;
}
