#pragma once
// The basic types; see wdm/types.h.

#include "wdm/types.h"
#include "wdm/macros.h"
#include "wdm/list.h"
#include "wdm/counted_string.h"
#include "guiddef.h"
