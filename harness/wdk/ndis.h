#pragma once
// NDIS as a filter driver sees it: a table of contents.

#include "ntddk.h"
#include "netpnp.h"
#include "ndis/version.h"
#include "ndis/types.h"
#include "ndis/status.h"
#include "ndis/flags.h"
#include "ndis/nbl.h"
#include "ndis/nbl_api.h"
#include "ntddndis.h"
#include "ndis/indication.h"
#include "ndis/filter_handlers.h"
#include "ndis/filter_api.h"
#include "ndis/switch_forwarding.h"
#include "ndis/switch_handlers.h"
#include "ndis/locks.h"
#include "ndis/services.h"
