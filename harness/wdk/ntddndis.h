#pragma once
// Object identifiers and the structures that travel with them: a table of contents.

#include "ndis/types.h"
#include "ndis/oid.h"
#include "ndis/oidrequest.h"
#include "ndis/switch.h"
