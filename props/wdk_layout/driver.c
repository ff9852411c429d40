// What an extension sees: our headers, compiled as extensions are.

#include <fwpmk.h>
#include <fwpsk.h>
#include <ndis.h>
#include <netioapi.h>

#include "table.h"

#include "kernel.def"
#include "net.def"
#include "numbers.def"
#include "switch.def"
