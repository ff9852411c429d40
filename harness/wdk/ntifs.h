#pragma once
// The kernel headers have one content here; see wdm.h.

#include "wdm.h"
