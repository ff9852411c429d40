#pragma once
// What a kernel source gets of <wchar.h>. Only extensions in C look here; see wdm/memory.h.

#include "../wdm/memory.h"
