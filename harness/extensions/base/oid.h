/* OID requests: reading those that pass, originating our own. */
#pragma once

#include "extension.h"

/* The parameters that a set request carries; NULL if its buffer is not well formed. */
PNDIS_SWITCH_NIC_PARAMETERS NicParametersOf(PNDIS_OID_REQUEST Request);
PNDIS_SWITCH_PORT_PARAMETERS PortParametersOf(PNDIS_OID_REQUEST Request);

/*
 * Sends a query of our own and waits for it: PASSIVE_LEVEL, no lock held.
 * With NDIS_STATUS_INVALID_LENGTH, *BytesNeeded is what the answer takes.
 */
NDIS_STATUS QuerySwitch(PFILTER_MODULE Module, NDIS_OID Oid, PVOID Buffer, ULONG Length,
                        PULONG BytesNeeded);

typedef struct _OWN_REQUEST {
    NDIS_OID_REQUEST Request; /* SourceReserved stays zero: that tells it from a clone */
    NDIS_EVENT Completed;
    NDIS_STATUS Status;
} OWN_REQUEST, *POWN_REQUEST;

/* Sends a request, cleared but for its RequestType and DATA, and waits as QuerySwitch does. */
NDIS_STATUS OriginateRequest(PFILTER_MODULE Module, POWN_REQUEST Own);

/* ask_switch.c: the answer to OID_SWITCH_PARAMETERS; FALSE when there is none. */
BOOLEAN AskSwitchParameters(PFILTER_MODULE Module, PNDIS_SWITCH_PARAMETERS Parameters);

/*
 * The answer to an OID that asks for an array, to be freed by the caller; or NULL.
 * Header is that of the array, Length what it takes without an element.
 */
PVOID AskSwitchArray(PFILTER_MODULE Module, NDIS_OID Oid, NDIS_OBJECT_HEADER Header,
                     ULONG Length);

/* A request that QuerySwitch sent has come back. */
VOID OwnRequestComplete(PNDIS_OID_REQUEST Request, NDIS_STATUS Status);
