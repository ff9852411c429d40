/* The reference for compare_all: the kernel's side of mingw-w64. */
#include <ntifs.h>
#include <ntddk.h>
