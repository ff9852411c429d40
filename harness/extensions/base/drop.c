/* Announcing drops: who lets go of a packet says so while it is still his. */
#include "nbl_list.h"

static VOID Report(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList,
                   NDIS_SWITCH_PORT_ID PortId, ULONG Flags, PUNICODE_STRING Reason)
{
    Module->SwitchHandlers.ReportFilteredNetBufferLists(
        Module->SwitchContext, &ExtensionUniqueName, &ExtensionFriendlyName, PortId, Flags, 1,
        NetBufferList, Reason);
}

VOID ReportIngressDrop(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList,
                       PUNICODE_STRING Reason)
{
    Report(Module, NetBufferList,
           NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(NetBufferList)->SourcePortId,
           NDIS_SWITCH_REPORT_FILTERED_NBL_FLAGS_IS_INCOMING, Reason);
}

static PNDIS_SWITCH_FORWARDING_DESTINATION_ARRAY DestinationsOf(PFILTER_MODULE Module,
                                                                PNET_BUFFER_LIST NetBufferList)
{
    PNDIS_SWITCH_FORWARDING_DESTINATION_ARRAY destinations = NULL;

    Module->SwitchHandlers.GetNetBufferListDestinations(Module->SwitchContext, NetBufferList,
                                                        &destinations);
    return destinations;
}

VOID ReportEgressDrop(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList,
                      PUNICODE_STRING Reason)
{
    PNDIS_SWITCH_FORWARDING_DESTINATION_ARRAY destinations = DestinationsOf(Module, NetBufferList);
    BOOLEAN isReported = FALSE;
    UINT32 index;

    for (index = 0; destinations != NULL && index < destinations->NumDestinations; ++index) {
        PNDIS_SWITCH_PORT_DESTINATION destination =
            NDIS_SWITCH_PORT_DESTINATION_AT_ARRAY_INDEX(destinations, index);

        if (!destination->IsExcluded) {
            Report(Module, NetBufferList, destination->PortId, 0, Reason);
            isReported = TRUE;
        }
    }
    if (!isReported) {
        ReportIngressDrop(Module, NetBufferList, Reason);
    }
}
