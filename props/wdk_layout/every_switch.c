/* The reference for compare_all: the switch's and the network's side of mingw-w64. */
#define UM_NDIS630 1
#define WIN32_NO_STATUS
#include <winsock2.h>
#include <ws2ipdef.h>
#include <windows.h>
#undef WIN32_NO_STATUS
#include <ntstatus.h>
#include <ntddndis.h>
#include <iphlpapi.h>
#include <netioapi.h>
#include <fwptypes.h>
#include <fwpmu.h>
#include <intsafe.h>
