/*
 * Not the WDK's: it says only what kind of argument each macro of TraceLogging takes that the
 * recorder uses, so that what is behind RECORDER_ETW is compiled here, too. It tells nobody.
 */
#pragma once

#include <ndis.h>

#define TRACELOGGING_DEFINE_PROVIDER(Variable, Name, Guid) \
    static const CHAR* const Variable = (Name)

#define TraceLoggingRegister(Provider) ((VOID)(Provider))
#define TraceLoggingUnregister(Provider) ((VOID)(Provider))

typedef struct _TRACE_LOGGING_FIELD {
    ULONG64 Value;
    const CHAR* Name;
} TRACE_LOGGING_FIELD;

static inline TRACE_LOGGING_FIELD TraceLoggingField(ULONG64 Value, const CHAR* Name)
{
    TRACE_LOGGING_FIELD field = {Value, Name};

    return field;
}

#define TraceLoggingUInt8(Value, Name) TraceLoggingField((UCHAR)(Value), (Name))
#define TraceLoggingUInt16(Value, Name) TraceLoggingField((USHORT)(Value), (Name))
#define TraceLoggingUInt32(Value, Name) TraceLoggingField((ULONG)(Value), (Name))
#define TraceLoggingHexUInt32(Value, Name) TraceLoggingField((ULONG)(Value), (Name))
#define TraceLoggingHexUInt64(Value, Name) TraceLoggingField((ULONG64)(Value), (Name))

#define TraceLoggingWrite(Provider, Event, ...)                      \
    do {                                                             \
        const TRACE_LOGGING_FIELD fields[] = {__VA_ARGS__};          \
        (VOID)(Provider);                                            \
        (VOID)(Event);                                               \
        (VOID)fields;                                                \
    } while (0)
