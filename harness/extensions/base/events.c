/* Status indications go up, PnP events go on; nothing is swallowed. */
#include "extension.h"

VOID FilterStatus(NDIS_HANDLE FilterModuleContext, PNDIS_STATUS_INDICATION StatusIndication)
{
    PFILTER_MODULE module = FilterModuleContext;

    NdisFIndicateStatus(module->FilterHandle, StatusIndication);
}

NDIS_STATUS FilterNetPnPEvent(NDIS_HANDLE FilterModuleContext,
                              PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification)
{
    PFILTER_MODULE module = FilterModuleContext;
    BOOLEAN activated = NetPnPEventNotification->NetPnPEvent.NetEvent == NetEventSwitchActivate;
    NDIS_STATUS status;

    if (activated && ExtensionHooks.Activate != NULL) {
        ExtensionHooks.Activate(module);
    }
    status = NdisFNetPnPEvent(module->FilterHandle, NetPnPEventNotification);

    /* The switch is active whatever an extension above thinks of it. */
    return activated ? NDIS_STATUS_SUCCESS : status;
}
