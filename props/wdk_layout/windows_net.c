// The reference: mingw-w64's netioapi.h and fwpmtypes.h, compiled for 64-bit Windows.

#include <winsock2.h>
#include <ws2ipdef.h>
#include <iphlpapi.h>
#include <netioapi.h>
#include <fwpmtypes.h>

#include "table.h"

#include "net.def"
