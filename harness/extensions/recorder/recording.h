/*
 * A recording, as it comes out of the recorder's device and lies in a file: a head, then records of
 * the same size, in the order in which they were made. All numbers are little-endian. Whoever reads
 * it needs no header of the WDK; harness/trace/recording.cpp turns it into a trace.
 */
#pragma once

#define RECORDING_MARK 0x474E4443524B4C49ULL /* the bytes "ILKRCDNG" */
#define RECORDING_VERSION 1
#define RECORDING_SIZE 96 /* of the head, and of each record */
#define RECORDING_NAME_MAX 48

typedef struct _RECORDING_HEAD {
    unsigned long long Mark;
    unsigned int Version;
    unsigned int RecordSize;
    unsigned long long Frequency; /* ticks of RECORDING_RECORD.Time in a second */
    unsigned long long Began;     /* such a tick: when the recorder was loaded */
    unsigned long long BeganAt;   /* the same moment as system time: 100 ns since 1601 */
    unsigned int NdisVersion;     /* as NdisGetVersion says it: 0x0006001E is 6.30 */
    unsigned int ExtensionClass;  /* of the recorder: 1 capturing, 2 filtering */
    char Name[RECORDING_NAME_MAX];
} RECORDING_HEAD, *PRECORDING_HEAD;

/* The calls at the recorder's own two edges. Numbers are never used for another call. */
typedef enum _RECORDED_CALL {
    RecordedNothing = 0, /* only Lost counts */
    RecordedDriverEntry = 1,
    RecordedNdisFRegisterFilterDriver = 2,
    RecordedFilterSetModuleOptions = 3,
    RecordedFilterAttach = 4,
    RecordedFilterDetach = 5,
    RecordedFilterRestart = 6,
    RecordedFilterPause = 7,
    RecordedFilterNetPnPEvent = 8,
    RecordedFilterStatus = 9,
    RecordedNdisFSetAttributes = 10,
    RecordedNdisFGetOptionalSwitchHandlers = 11,
    RecordedNdisFNetPnPEvent = 12,
    RecordedNdisFIndicateStatus = 13,
    RecordedFilterOidRequest = 14,
    RecordedFilterOidRequestComplete = 15,
    RecordedFilterCancelOidRequest = 16,
    RecordedNdisAllocateCloneOidRequest = 17,
    RecordedNdisFreeCloneOidRequest = 18,
    RecordedNdisFOidRequest = 19,
    RecordedNdisFOidRequestComplete = 20,
    RecordedNdisFCancelOidRequest = 21,
    RecordedFilterSendNetBufferLists = 22,
    RecordedNdisFSendNetBufferLists = 23,
    RecordedFilterSendNetBufferListsComplete = 24,
    RecordedNdisFSendNetBufferListsComplete = 25,
    RecordedFilterCancelSendNetBufferLists = 26,
    RecordedNdisFCancelSendNetBufferLists = 27,
    RecordedFilterReceiveNetBufferLists = 28,
    RecordedNdisFIndicateReceiveNetBufferLists = 29,
    RecordedFilterReturnNetBufferLists = 30,
    RecordedNdisFReturnNetBufferLists = 31,
    RecordedCalls
} RECORDED_CALL;

/*
 * One call, or with Phase 1 its return. A call with a list of packets gives a record for each of
 * them. What the fields say of each call stands in model/call.hpp; what does not apply is 0.
 */
typedef struct _RECORDING_RECORD {
    unsigned long long Number; /* from 1, one more than that of the record before, modulo 2^32 */
    unsigned long long Time;
    unsigned long long Thread;
    unsigned long long Object; /* address of the OID request or NET_BUFFER_LIST */
    unsigned long long Parent; /* address of what it is a clone of */
    unsigned int Switch;       /* BaseMiniportIfIndex of the switch; 0: of the driver itself */
    unsigned int Lost;         /* so many records had no room just before this one */
    unsigned int Port;
    unsigned int OtherPort;
    unsigned int Oid;
    unsigned int Status;
    unsigned int Flags;
    unsigned int Detail;
    unsigned short Nic;
    unsigned short OtherNic;
    unsigned short Count;
    unsigned short Place;
    unsigned short Cpu;
    unsigned char Call; /* RECORDED_CALL */
    unsigned char Phase;
    unsigned char Irql;
    unsigned char Reserved[11];
} RECORDING_RECORD, *PRECORDING_RECORD;
