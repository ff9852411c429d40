// The reference: mingw-w64's ntddk.h, compiled for 64-bit Windows.

#include <ntddk.h>

#include "table.h"

#include "kernel.def"
