/* What a filter may not do to a packet that it lets pass. */
#include "packet_flaws.h"
#include "../base/nbl_list.h"

static PNET_BUFFER_LIST Sent; /* looked at last */

static VOID FlipAddress(PNET_BUFFER_LIST NetBufferList)
{
    PNET_BUFFER first = NET_BUFFER_LIST_FIRST_NB(NetBufferList);
    PUCHAR bytes = MmGetSystemAddressForMdlSafe(NET_BUFFER_CURRENT_MDL(first),
                                                NormalPagePriority);

    if (bytes != NULL) {
        bytes[NET_BUFFER_CURRENT_MDL_OFFSET(first)] ^= 2;
    }
}

static VOID ExcludeFirst(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList)
{
    static NDIS_STRING reason = NDIS_STRING_CONST("excluded");
    PNDIS_SWITCH_FORWARDING_DESTINATION_ARRAY destinations = NULL;
    PNDIS_SWITCH_PORT_DESTINATION first;

    Module->SwitchHandlers.GetNetBufferListDestinations(Module->SwitchContext, NetBufferList,
                                                        &destinations);
    if (destinations == NULL || destinations->NumDestinations < 2) {
        return;
    }
    first = NDIS_SWITCH_PORT_DESTINATION_AT_ARRAY_INDEX(destinations, 0);
    first->IsExcluded = 1;
    Module->SwitchHandlers.ReportFilteredNetBufferLists(
        Module->SwitchContext, &ExtensionUniqueName, &ExtensionFriendlyName, first->PortId, 0, 1,
        NetBufferList, &reason);
}

VOID SpoilOnIngress(PNET_BUFFER_LIST NetBufferList)
{
    if (HAS_FLAW(SOURCE_WRITTEN)) {
        NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(NetBufferList)->SourcePortId =
            NDIS_SWITCH_DEFAULT_PORT_ID;
    }
    if (HAS_FLAW(STATUS_AFTER_SEND) || HAS_FLAW(READS_GIVEN_AWAY)) {
        Sent = NetBufferList;
    }
}

VOID SpoilSent(VOID)
{
    if (Sent == NULL) {
        return;
    }
    if (HAS_FLAW(STATUS_AFTER_SEND)) {
        NET_BUFFER_LIST_STATUS(Sent) = NDIS_STATUS_FAILURE;
    }
    if (HAS_FLAW(READS_GIVEN_AWAY) && NET_BUFFER_LIST_STATUS(Sent) != NDIS_STATUS_SUCCESS) {
        Sent = NULL;
    }
}

VOID SpoilOnEgress(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList)
{
    if (HAS_FLAW(EGRESS_REWRITTEN)) {
        FlipAddress(NetBufferList);
    }
    if (HAS_FLAW(EXCLUSION_UNCOMMITTED)) {
        ExcludeFirst(Module, NetBufferList);
    }
}
