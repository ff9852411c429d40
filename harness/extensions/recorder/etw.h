/*
 * With RECORDER_ETW each record is also an event of TraceLogging, for those who collect with
 * tracelog, wpr or logman and not from the device. Without it nothing of this is compiled.
 */
#pragma once

#include "recorder.h"

#ifdef RECORDER_ETW
VOID RegisterEtw(VOID);
VOID UnregisterEtw(VOID);
VOID TellEtw(PRECORDING_RECORD Record);
#else
#define RegisterEtw() ((VOID)0)
#define UnregisterEtw() ((VOID)0)
#define TellEtw(Record) ((VOID)0)
#endif
