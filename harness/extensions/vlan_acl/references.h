/* References to ports and NICs that are told to have changed. */
#pragma once

#include "../base/oid.h"

/* An OidRequest hook: never a veto. Takes a reference on what was updated, and gives it back. */
NDIS_STATUS LookUnderReference(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request);
