#pragma once
// The integer types by another door; see wdm/types.h.

#include "wdm/types.h"
