#pragma once
// What a kernel source gets of <memory.h>. Only extensions in C look here; see wdm/memory.h.

#include "../wdm/memory.h"
