/*
 * The ring. Which place is next and how many records were lost since the last one stand in one
 * word, so that who puts a record in knows exactly what is missing before it. A record is there for
 * the reader when its Number is.
 */
#include "recorder.h"

typedef struct _RING {
    PRECORDING_RECORD Records;
    volatile LONG64 State; /* low: how many were put in, modulo 2^32; high: lost since then */
    volatile LONG Taken;   /* how many were taken out, modulo 2^32 */
} RING;

static RING Ring;

BOOLEAN CreateRing(VOID)
{
    Ring.Records = ExAllocatePool2(POOL_FLAG_NON_PAGED,
                                   RECORDER_RECORDS * sizeof(RECORDING_RECORD), RECORDER_TAG);
    return Ring.Records != NULL;
}

VOID DeleteRing(VOID)
{
    ExFreePoolWithTag(Ring.Records, RECORDER_TAG);
    Ring.Records = NULL;
}

static LONG64 StateOf(ULONG Next, ULONG Lost)
{
    return (LONG64)(((ULONG64)Lost << 32) | Next);
}

static LONG64 ReadState(VOID)
{
    return InterlockedCompareExchange64(&Ring.State, 0, 0);
}

static ULONG LostIn(LONG64 State)
{
    return (ULONG)((ULONG64)State >> 32);
}

static BOOLEAN IsFull(LONG64 State)
{
    return (ULONG)State - (ULONG)ReadAcquire(&Ring.Taken) >= RECORDER_RECORDS;
}

static LONG64 After(LONG64 State, BOOLEAN Full)
{
    ULONG lost = LostIn(State);

    if (!Full) {
        return StateOf((ULONG)State + 1, 0);
    }
    return StateOf((ULONG)State, lost == MAXULONG ? lost : lost + 1);
}

/* FALSE: there is no room, and it is counted. Else the place is the caller's alone. */
static BOOLEAN Reserve(PULONG Place, PULONG Lost)
{
    LONG64 before;
    BOOLEAN full;

    do {
        before = ReadState();
        full = IsFull(before);
    } while (InterlockedCompareExchange64(&Ring.State, After(before, full), before) != before);
    *Place = (ULONG)before;
    *Lost = LostIn(before);
    return !full;
}

VOID PutRecord(PRECORDING_RECORD Record)
{
    PRECORDING_RECORD slot;
    ULONG place;

    if (!Reserve(&place, &Record->Lost)) {
        return;
    }
    slot = &Ring.Records[place & (RECORDER_RECORDS - 1)];
    Record->Number = slot->Number;
    RtlCopyMemory(slot, Record, sizeof(*slot));
    InterlockedExchange64((volatile LONG64*)&slot->Number, (ULONG)(place + 1));
}

/* What was lost at the very end, when no record follows that could tell. */
static BOOLEAN TakeLost(PRECORDING_RECORD Record, ULONG Place)
{
    LONG64 before = ReadState();

    if ((ULONG)before != Place || LostIn(before) == 0
        || InterlockedCompareExchange64(&Ring.State, StateOf(Place, 0), before) != before) {
        return FALSE;
    }
    RtlZeroMemory(Record, sizeof(*Record));
    Record->Number = Place;
    Record->Lost = LostIn(before);
    return TRUE;
}

BOOLEAN TakeRecord(PRECORDING_RECORD Record)
{
    ULONG place = (ULONG)Ring.Taken;
    PRECORDING_RECORD slot = &Ring.Records[place & (RECORDER_RECORDS - 1)];
    LONG64 number = InterlockedCompareExchange64((volatile LONG64*)&slot->Number, 0, 0);

    if (number != (LONG64)(ULONG)(place + 1)) {
        return TakeLost(Record, place);
    }
    RtlCopyMemory(Record, slot, sizeof(*Record));
    WriteRelease(&Ring.Taken, (LONG)(place + 1));
    return TRUE;
}
