/* Status indications go up, PnP events go on. */
#include "recorder.h"

VOID FilterStatus(NDIS_HANDLE FilterModuleContext, PNDIS_STATUS_INDICATION StatusIndication)
{
    PFILTER_MODULE module = FilterModuleContext;
    RECORDING_RECORD record;

    EnterModule(module);
    BeginRecord(&record, module, RecordedFilterStatus);
    DescribeIndication(&record, StatusIndication);
    Enter(&record);

    BeginRecord(&record, module, RecordedNdisFIndicateStatus);
    DescribeIndication(&record, StatusIndication);
    Enter(&record);
    NdisFIndicateStatus(module->FilterHandle, StatusIndication);
    Leave(&record, (NDIS_STATUS)record.Status);
    LeaveCall(module, RecordedFilterStatus, NDIS_STATUS_SUCCESS);
    LeaveModule(module);
}

NDIS_STATUS FilterNetPnPEvent(NDIS_HANDLE FilterModuleContext,
                              PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification)
{
    PFILTER_MODULE module = FilterModuleContext;
    NET_PNP_EVENT_CODE what = NetPnPEventNotification->NetPnPEvent.NetEvent;
    RECORDING_RECORD record;
    NDIS_STATUS status;

    EnterModule(module);
    BeginRecord(&record, module, RecordedFilterNetPnPEvent);
    record.Detail = (ULONG)what;
    Enter(&record);

    BeginRecord(&record, module, RecordedNdisFNetPnPEvent);
    record.Detail = (ULONG)what;
    Enter(&record);
    status = NdisFNetPnPEvent(module->FilterHandle, NetPnPEventNotification);
    Leave(&record, status);

    /* The switch is active whatever an extension above thinks of it. */
    if (what == NetEventSwitchActivate) {
        status = NDIS_STATUS_SUCCESS;
    }
    LeaveCall(module, RecordedFilterNetPnPEvent, status);
    LeaveModule(module);
    return status;
}
