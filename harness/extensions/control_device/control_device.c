/* A filtering extension with a control device; packets and OID requests pass. */
#include "control_device.h"

#include "../base/nbl_list.h"
#include "../base/oid.h"

const CHAR InterlockExtensionClass[] = "filtering";
NDIS_STRING ExtensionServiceName = NDIS_STRING_CONST("InterlockControlDevice");
NDIS_STRING ExtensionUniqueName = NDIS_STRING_CONST("{6F1B5C0E-31D2-4C0B-9A77-1D3A5E2B7C06}");
NDIS_STRING ExtensionFriendlyName = NDIS_STRING_CONST("Interlock control device extension");

static DEVICE_NAMES Names = {
    .Device = NDIS_STRING_CONST("\\Device\\InterlockControl"),
    .SymbolicLink = NDIS_STRING_CONST("\\DosDevices\\InterlockControl"),
};

CONTROL Control;

PDRIVER_DISPATCH DeviceRoutines[IRP_MJ_MAXIMUM_FUNCTION + 1] = {
    [IRP_MJ_CREATE] = OpenDevice,
    [IRP_MJ_CLEANUP] = CleanUpDevice,
    [IRP_MJ_CLOSE] = CloseDevice,
    [IRP_MJ_DEVICE_CONTROL] = ControlDevice,
    [IRP_MJ_READ] = ReadDevice,
    [IRP_MJ_WRITE] = WriteDevice,
};

static VOID PrepareControl(VOID)
{
    KeInitializeSpinLock(&Control.Lock);
    InitializeListHead(&Control.Waiting);
}

static NDIS_STATUS RegisterControl(NDIS_HANDLE FilterDriverHandle)
{
    NDIS_STATUS status = RegisterDevice(FilterDriverHandle, &Names, DeviceRoutines,
                                        &Control.Device, &Control.DeviceHandle);

    if (status == NDIS_STATUS_SUCCESS) {
        Control.Device->Flags |= DO_BUFFERED_IO;
    }
    return status;
}

static VOID DeregisterControl(VOID)
{
    NdisDeregisterDeviceEx(Control.DeviceHandle);
}

static VOID Count(PULONG64 Counter)
{
    KIRQL irql;

    KeAcquireSpinLock(&Control.Lock, &irql);
    ++*Counter;
    KeReleaseSpinLock(&Control.Lock, irql);
}

static VOID CountSent(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists, ULONG SendFlags)
{
    Count(&Control.Statistics.PacketListsSent);
    NdisFSendNetBufferLists(Module->FilterHandle, NetBufferLists, NDIS_DEFAULT_PORT_NUMBER,
                            SendFlags);
}

static ULONG CountOf(PNET_BUFFER_LIST NetBufferLists)
{
    ULONG count = 0;

    for (; NetBufferLists != NULL; NetBufferLists = NET_BUFFER_LIST_NEXT_NBL(NetBufferLists)) {
        ++count;
    }
    return count;
}

static VOID CountReceived(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists,
                          ULONG ReceiveFlags)
{
    Count(&Control.Statistics.PacketListsReceived);
    NdisFIndicateReceiveNetBufferLists(Module->FilterHandle, NetBufferLists,
                                       NDIS_DEFAULT_PORT_NUMBER, CountOf(NetBufferLists),
                                       ReceiveFlags);
}

static VOID TellOfNic(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    PNDIS_SWITCH_NIC_PARAMETERS parameters;
    NDIS_OID oid;

    UNREFERENCED_PARAMETER(Module);

    if (Request->RequestType != NdisRequestSetInformation || Status != NDIS_STATUS_SUCCESS) {
        return;
    }
    oid = Request->DATA.SET_INFORMATION.Oid;
    if (oid != OID_SWITCH_NIC_CONNECT && oid != OID_SWITCH_NIC_DISCONNECT) {
        return;
    }
    parameters = NicParametersOf(Request);
    if (parameters != NULL) {
        RaiseEvent(oid == OID_SWITCH_NIC_CONNECT ? EventConnected : EventDisconnected,
                   parameters->PortId, parameters->NicIndex);
    }
}

const EXTENSION_HOOKS ExtensionHooks = {
    .Load = PrepareControl,
    .Registered = RegisterControl,
    .Unload = DeregisterControl,
    .OidRequestComplete = TellOfNic,
    .Send = CountSent,
    .Receive = CountReceived,
};
