#pragma once

// Handlers for packets of an extension's own: its forwarding context, and what it says.
// Pages: nc-ndis-ndis_switch_<name of the function>.

#include <ndis.h>

namespace interlock::harness {

NDIS_STATUS allocate_context(NDIS_SWITCH_CONTEXT context, PNET_BUFFER_LIST nbl);
NDIS_STATUS free_context(NDIS_SWITCH_CONTEXT context, PNET_BUFFER_LIST nbl);
NDIS_STATUS set_source(NDIS_SWITCH_CONTEXT context, PNET_BUFFER_LIST nbl, NDIS_SWITCH_PORT_ID port,
                       NDIS_SWITCH_NIC_INDEX nic);
NDIS_STATUS copy_info(NDIS_SWITCH_CONTEXT context, PNET_BUFFER_LIST target, PNET_BUFFER_LIST source,
                      UINT32 flags);

}  // namespace interlock::harness
