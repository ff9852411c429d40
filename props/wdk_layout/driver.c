// What an extension sees: our headers, compiled as extensions are.

#include <ndis.h>

#include "table.h"

#include "kernel.def"
#include "numbers.def"
#include "switch.def"
