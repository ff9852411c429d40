/*
 * A recorder: an extension that lets everything pass and writes down each call at its own two
 * edges. Installed above a suspect it sees what the suspect is given and what it gives back
 * upwards; installed below it, the same downwards. docs/recorder.md.
 */
#pragma once

#include <ndis.h>

#include "recording.h"

#define RECORDER_TAG 'cRtI'

/* A power of two: so many records are kept until somebody reads them. */
#ifndef RECORDER_RECORDS
#define RECORDER_RECORDS 65536
#endif

C_ASSERT(sizeof(RECORDING_HEAD) == RECORDING_SIZE);
C_ASSERT(sizeof(RECORDING_RECORD) == RECORDING_SIZE);
C_ASSERT((RECORDER_RECORDS & (RECORDER_RECORDS - 1)) == 0);

/* One for each switch that it is attached to. */
typedef struct _FILTER_MODULE {
    NDIS_HANDLE FilterHandle;
    NET_IFINDEX Switch;
    NDIS_SPIN_LOCK Lock; /* guards what follows */
    BOOLEAN IsRunning;
    ULONG Sends;          /* calls that pass packets on and that FilterPause waits for, */
    NDIS_EVENT NoSends;   /* set when there are none; */
    ULONG Callbacks;      /* all that are inside, which FilterDetach waits for, */
    NDIS_EVENT NobodyIn;  /* set when there are none */
    PNDIS_OID_REQUEST OidHeld; /* the request that is being passed on; NDIS gives one at a time */
    PNDIS_OID_REQUEST OidBelow; /* its clone, while that is below */
} FILTER_MODULE, *PFILTER_MODULE;

NDIS_DECLARE_FILTER_MODULE_CONTEXT(FILTER_MODULE);

/* What is different in the one that goes above and the one that goes below: driver.c. */
extern const CHAR RecorderName[RECORDING_NAME_MAX];
extern const ULONG RecorderClass;
extern NDIS_STRING RecorderDeviceName;
extern NDIS_STRING RecorderSymbolicName;

/* ring.c: any number of threads put records in, at any IRQL; one at a time takes them out. */
BOOLEAN CreateRing(VOID);
VOID DeleteRing(VOID);

/* Where there is no room it is counted as lost. */
VOID PutRecord(PRECORDING_RECORD Record);

/* FALSE: there is none yet. */
BOOLEAN TakeRecord(PRECORDING_RECORD Record);

/* record.c. Module may be NULL: a call of the driver itself. */
VOID BeginRecord(PRECORDING_RECORD Record, PFILTER_MODULE Module, RECORDED_CALL Call);

/* Says when and where, and puts the record into the ring. */
VOID Enter(PRECORDING_RECORD Record);

/* The call that Record told of has come back. */
VOID Leave(PRECORDING_RECORD Record, NDIS_STATUS Status);

/* A call of which there is nothing more to say, */
VOID EnterCall(PFILTER_MODULE Module, RECORDED_CALL Call);
/* and its return. */
VOID LeaveCall(PFILTER_MODULE Module, RECORDED_CALL Call, NDIS_STATUS Status);

/* One record for each packet of the list. */
VOID EnterList(PFILTER_MODULE Module, RECORDED_CALL Call, PNET_BUFFER_LIST NetBufferLists,
               ULONG Flags);

/* oid_record.c */
VOID DescribeRequest(PRECORDING_RECORD Record, PNDIS_OID_REQUEST Request);
/* The request is finished with Status. */
VOID DescribeResult(PRECORDING_RECORD Record, PNDIS_OID_REQUEST Request, NDIS_STATUS Status);
VOID DescribeIndication(PRECORDING_RECORD Record, PNDIS_STATUS_INDICATION Indication);

/* module.c */
FILTER_SET_MODULE_OPTIONS FilterSetModuleOptions;
FILTER_ATTACH FilterAttach;
FILTER_DETACH FilterDetach;
FILTER_RESTART FilterRestart;
FILTER_PAUSE FilterPause;

/*
 * What a callback has completed or given back is not there to keep the module attached until the
 * callback has written down that it is over: FilterDetach waits for LeaveModule.
 */
VOID EnterModule(PFILTER_MODULE Module);
VOID LeaveModule(PFILTER_MODULE Module);

/* FALSE unless it runs. While TRUE is not given back, FilterPause does not finish. */
BOOLEAN EnterDataPath(PFILTER_MODULE Module);
VOID LeaveDataPath(PFILTER_MODULE Module);

/* oid.c */
FILTER_OID_REQUEST FilterOidRequest;
FILTER_OID_REQUEST_COMPLETE FilterOidRequestComplete;
FILTER_CANCEL_OID_REQUEST FilterCancelOidRequest;
FILTER_STATUS FilterStatus;
FILTER_NET_PNP_EVENT FilterNetPnPEvent;

/* packets.c */
FILTER_SEND_NET_BUFFER_LISTS FilterSendNetBufferLists;
FILTER_SEND_NET_BUFFER_LISTS_COMPLETE FilterSendNetBufferListsComplete;
FILTER_CANCEL_SEND_NET_BUFFER_LISTS FilterCancelSendNetBufferLists;
FILTER_RECEIVE_NET_BUFFER_LISTS FilterReceiveNetBufferLists;
FILTER_RETURN_NET_BUFFER_LISTS FilterReturnNetBufferLists;

/* device.c */
NDIS_STATUS RegisterRecorderDevice(NDIS_HANDLE FilterDriverHandle);
VOID DeregisterRecorderDevice(VOID);
