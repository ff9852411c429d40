/* How records are filled in. */
#include "etw.h"
#include "recorder.h"

VOID BeginRecord(PRECORDING_RECORD Record, PFILTER_MODULE Module, RECORDED_CALL Call)
{
    RtlZeroMemory(Record, sizeof(*Record));
    Record->Call = (UCHAR)Call;
    Record->Switch = Module == NULL ? 0 : Module->Switch;
}

static VOID PutNow(PRECORDING_RECORD Record)
{
    Record->Cpu = (USHORT)KeGetCurrentProcessorNumberEx(NULL);
    Record->Irql = KeGetCurrentIrql();
    Record->Thread = (ULONG_PTR)PsGetCurrentThreadId();
    Record->Time = (ULONG64)KeQueryPerformanceCounter(NULL).QuadPart;
    PutRecord(Record);
    TellEtw(Record);
}

VOID Enter(PRECORDING_RECORD Record)
{
    Record->Phase = 0;
    PutNow(Record);
}

VOID Leave(PRECORDING_RECORD Record, NDIS_STATUS Status)
{
    Record->Phase = 1;
    Record->Status = (ULONG)Status;
    PutNow(Record);
}

VOID EnterCall(PFILTER_MODULE Module, RECORDED_CALL Call)
{
    RECORDING_RECORD record;

    BeginRecord(&record, Module, Call);
    Enter(&record);
}

VOID LeaveCall(PFILTER_MODULE Module, RECORDED_CALL Call, NDIS_STATUS Status)
{
    RECORDING_RECORD record;

    BeginRecord(&record, Module, Call);
    Leave(&record, Status);
}

static USHORT LengthOf(PNET_BUFFER_LIST NetBufferLists)
{
    USHORT length = 0;

    for (; NetBufferLists != NULL; NetBufferLists = NET_BUFFER_LIST_NEXT_NBL(NetBufferLists)) {
        ++length;
    }
    return length;
}

static ULONG NetBuffersOf(PNET_BUFFER_LIST NetBufferList)
{
    PNET_BUFFER each;
    ULONG count = 0;

    for (each = NET_BUFFER_LIST_FIRST_NB(NetBufferList); each != NULL;
         each = NET_BUFFER_NEXT_NB(each)) {
        ++count;
    }
    return count;
}

static VOID DescribePacket(PRECORDING_RECORD Record, PNET_BUFFER_LIST NetBufferList)
{
    PNDIS_SWITCH_FORWARDING_DETAIL_NET_BUFFER_LIST_INFO detail =
        NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(NetBufferList);

    Record->Object = (ULONG_PTR)NetBufferList;
    Record->Parent = (ULONG_PTR)NetBufferList->ParentNetBufferList;
    Record->Port = detail->SourcePortId;
    Record->Nic = (USHORT)detail->SourceNicIndex;
    Record->Status = (ULONG)NET_BUFFER_LIST_STATUS(NetBufferList);
    Record->Detail =
        NetBuffersOf(NetBufferList) | (detail->NativeForwardingRequired ? 0x10000 : 0);
}

VOID EnterList(PFILTER_MODULE Module, RECORDED_CALL Call, PNET_BUFFER_LIST NetBufferLists,
               ULONG Flags)
{
    RECORDING_RECORD record;
    PNET_BUFFER_LIST each;

    BeginRecord(&record, Module, Call);
    record.Count = LengthOf(NetBufferLists);
    record.Flags = Flags;
    for (each = NetBufferLists; each != NULL; each = NET_BUFFER_LIST_NEXT_NBL(each)) {
        DescribePacket(&record, each);
        Enter(&record);
        ++record.Place;
    }
}
