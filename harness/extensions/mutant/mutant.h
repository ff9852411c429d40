/*
 * Extensions that are good but for one flaw, which is chosen when they are loaded: whoever loads
 * them writes the flaw's name into InterlockMutant before DriverEntry. One body serves them all.
 * What each breaks is said in mutants.txt.
 */
#pragma once

#include "../base/nbl_list.h"
#include "../base/oid.h"

/* Handlers that take the place of the good ones; NULL leaves the good one in place. */
typedef struct _MUTANT {
    const CHAR* Name;
    FILTER_ATTACH_HANDLER Attach;
    FILTER_DETACH_HANDLER Detach;
    FILTER_RESTART_HANDLER Restart;
    FILTER_PAUSE_HANDLER Pause;
    FILTER_OID_REQUEST_HANDLER OidRequest;
    FILTER_OID_REQUEST_COMPLETE_HANDLER OidRequestComplete;
    FILTER_SEND_NET_BUFFER_LISTS_HANDLER Send;
    FILTER_SEND_NET_BUFFER_LISTS_COMPLETE_HANDLER SendComplete;
    FILTER_RECEIVE_NET_BUFFER_LISTS_HANDLER Receive;
    FILTER_RETURN_NET_BUFFER_LISTS_HANDLER Return;
    FILTER_STATUS_HANDLER Status;
    FILTER_NET_PNP_EVENT_HANDLER NetPnPEvent;
    PDRIVER_UNLOAD Unload;
    PDRIVER_DISPATCH Control; /* These two only where there is a control device. */
    PDRIVER_DISPATCH CleanUp;
    VOID (*Register)(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics);
} MUTANT;
typedef const MUTANT* PMUTANT;

/* Each ends with one that has no name. */
extern const MUTANT ModuleMutants[];
extern const MUTANT OidMutants[];
extern const MUTANT RequestMutants[];
extern const MUTANT PacketMutants[];
extern const MUTANT DestinationMutants[];
extern const MUTANT OwnMutants[];
extern const MUTANT ReferenceMutants[];
extern const MUTANT SaveMutants[];
extern const MUTANT StatusMutants[];
extern const MUTANT PolicyMutants[];
extern const MUTANT HeldMutants[];
extern const MUTANT OffloadMutants[];
extern const MUTANT StoppedMutants[];
extern const MUTANT ContextMutants[];
extern const MUTANT KeptMutants[]; /* And one that may keep it. */
extern const MUTANT GoodWays[];
extern const MUTANT DeviceMutants[]; /* WITH_DEVICE */

/* Puts the handlers of the chosen flaw in place; without one nothing changes. */
VOID Mutate(PDRIVER_OBJECT DriverObject, PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics);

/* WITH_DEVICE: the same for its device. */
VOID MutateDevice(PMUTANT Mutant);

/* Of the driver; base/driver.c. */
extern NDIS_HANDLE FilterDriverHandle;

/* What DriverUnload would be. */
extern PDRIVER_UNLOAD GoodUnload;

/* seen.c: what the notifications of the switch have told of. */
typedef struct _PLACE {
    BOOLEAN IsKnown;
    NDIS_SWITCH_PORT_ID PortId;
    NDIS_SWITCH_NIC_INDEX NicIndex;
} PLACE;

typedef struct _SEEN {
    PLACE Port;     /* the port created last */
    PLACE TornDown; /* the port torn down last */
    PLACE Created;  /* the adapter created last and not connected */
    PLACE Guest;    /* the adapter with index 0 connected last, while it is */
    PLACE Physical; /* the adapter below the external one connected last, while it is */
    PLACE Gone;     /* the adapter disconnected last */
    PLACE Deleted;  /* the adapter deleted last */
    PFILTER_MODULE Module;
} SEEN;
extern SEEN Seen;

/* FilterOidRequest, which remembers what it was told. */
FILTER_OID_REQUEST LearnOidRequest;

/* FilterDetach: what comes to pass now, nobody tells. */
FILTER_DETACH ForgetAtDetach;

NDIS_OID OidOf(PNDIS_OID_REQUEST Request);
BOOLEAN IsOid(PNDIS_OID_REQUEST Request, NDIS_OID Oid);

/* own.c: requests and indications of the extension's own, of kinds that good ones do not need. */
NDIS_STATUS Encapsulate(PFILTER_MODULE Module, NDIS_REQUEST_TYPE Type, PLACE Source,
                        PLACE Destination);
/* The same with a request inside that is like another. */
NDIS_STATUS EncapsulateAs(PFILTER_MODULE Module, PNDIS_OID_REQUEST Like, PLACE Source,
                          PLACE Destination);
VOID IndicateFor(PFILTER_MODULE Module, PLACE Source, PLACE Destination, NDIS_STATUS Status);

/* Asks for the VLAN property of a port, if the switch is active. */
VOID AskProperties(PFILTER_MODULE Module, NDIS_SWITCH_PORT_ID PortId);
