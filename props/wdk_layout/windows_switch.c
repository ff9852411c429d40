// The reference: mingw-w64's ntddndis.h and ntstatus.h, compiled for 64-bit Windows.

#define UM_NDIS630 1
#define WIN32_NO_STATUS
#include <winsock2.h>
#include <windows.h>
#undef WIN32_NO_STATUS
#include <ntstatus.h>
#include <ntddndis.h>

#include "table.h"

#include "switch.def"
#include "numbers.def"
