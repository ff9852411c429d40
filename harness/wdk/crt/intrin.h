#pragma once
// Intrinsics of the compiler, so far as kernel sources use them. Only extensions in C look here.

#include "../wdm/interlocked.h"
#include "../wdm/macros.h"
