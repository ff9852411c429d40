#include "etw.h"

#ifdef RECORDER_ETW

#include <TraceLoggingProvider.h>

/* {9A4C7D52-0F0E-4F6C-9B0A-5D1B6E2C8A31} */
TRACELOGGING_DEFINE_PROVIDER(RecorderProvider, "Interlock.Recorder",
                             (0x9a4c7d52, 0x0f0e, 0x4f6c, 0x9b, 0x0a, 0x5d, 0x1b, 0x6e, 0x2c, 0x8a,
                              0x31));

VOID RegisterEtw(VOID)
{
    TraceLoggingRegister(RecorderProvider);
}

VOID UnregisterEtw(VOID)
{
    TraceLoggingUnregister(RecorderProvider);
}

/* The names are those of RECORDING_RECORD: corpus/import/recorder_etw.table reads them. */
VOID TellEtw(PRECORDING_RECORD Record)
{
    TraceLoggingWrite(RecorderProvider, "Call",
                      TraceLoggingUInt8(Record->Call, "Call"),
                      TraceLoggingUInt8(Record->Phase, "Phase"),
                      TraceLoggingUInt8(Record->Irql, "Irql"),
                      TraceLoggingUInt16(Record->Cpu, "Cpu"),
                      TraceLoggingHexUInt64(Record->Thread, "Thread"),
                      TraceLoggingHexUInt64(Record->Object, "Object"),
                      TraceLoggingHexUInt64(Record->Parent, "Parent"),
                      TraceLoggingUInt32(Record->Switch, "Switch"),
                      TraceLoggingUInt32(Record->Port, "Port"),
                      TraceLoggingUInt16(Record->Nic, "Nic"),
                      TraceLoggingUInt32(Record->OtherPort, "OtherPort"),
                      TraceLoggingUInt16(Record->OtherNic, "OtherNic"),
                      TraceLoggingUInt16(Record->Count, "Count"),
                      TraceLoggingUInt16(Record->Place, "Place"),
                      TraceLoggingHexUInt32(Record->Oid, "Oid"),
                      TraceLoggingHexUInt32(Record->Status, "Status"),
                      TraceLoggingHexUInt32(Record->Flags, "Flags"),
                      TraceLoggingHexUInt32(Record->Detail, "Detail"));
}

#endif
