/*
 * A learning forwarder. The table of NICs says who may be a destination, the table of
 * stations behind which NIC a MAC address was last seen. Both are guarded by Lock;
 * destinations are committed under it, so that a NIC which was marked disconnected
 * gets no commit any more.
 */
#pragma once

#include "../base/frame.h"
#include "../base/nbl_list.h"
#include "../base/oid.h"

#define STATION_COUNT 64

typedef struct _NIC {
    LIST_ENTRY Link;
    NDIS_SWITCH_PORT_ID PortId;
    NDIS_SWITCH_NIC_INDEX NicIndex;
    BOOLEAN IsExternal;
    BOOLEAN IsConnected;
    ULONG64 Incarnation; /* given anew with every connect, never 0 then */
} NIC, *PNIC;

typedef struct _STATION {
    UCHAR Mac[MAC_LENGTH];
    NDIS_SWITCH_PORT_ID PortId;
    NDIS_SWITCH_NIC_INDEX NicIndex;
    ULONG64 Incarnation; /* 0: the place is free */
} STATION, *PSTATION;

/* Only with a queue of changes: what became of a NIC and is not in the table yet. */
typedef struct _NIC_CHANGE {
    struct _NIC_CHANGE* Before;
    NDIS_SWITCH_PORT_ID PortId;
    NDIS_SWITCH_NIC_INDEX NicIndex;
    BOOLEAN IsConnected;
} NIC_CHANGE, *PNIC_CHANGE;

typedef struct _FORWARDER {
    PNDIS_RW_LOCK_EX Lock;
    LIST_ENTRY Nics;
    ULONG64 LastIncarnation;
    STATION Stations[STATION_COUNT];

    /* The switch's NIC notification that is below at this moment. */
    BOOLEAN IsNicOidBelow;
    NDIS_SWITCH_PORT_ID PortIdBelow;
    NDIS_SWITCH_NIC_INDEX NicIndexBelow;

    /* Counts beginnings and ends of NIC notifications: an answer that spans one is stale. */
    ULONG NicOidGeneration;

    PNIC_CHANGE LastChange;

    BOOLEAN IsActive;
    BOOLEAN AreParametersKnown;
    BOOLEAN IsLearning;
    BOOLEAN IsConfigurationKnown;
} FORWARDER, *PFORWARDER;

static __inline PFORWARDER ForwarderOf(PFILTER_MODULE Module)
{
    return Module->Extension;
}

/* nic_table.c: Lock is held, for writing where the table changes. */
PNIC FindNic(PFORWARDER Forwarder, NDIS_SWITCH_PORT_ID PortId, NDIS_SWITCH_NIC_INDEX NicIndex);
PNIC FindNicToEnd(PFORWARDER Forwarder, NDIS_SWITCH_PORT_ID PortId, NDIS_SWITCH_NIC_INDEX NicIndex);
PNIC FindOrAddNic(PFORWARDER Forwarder, PNDIS_SWITCH_NIC_PARAMETERS Parameters);
VOID ConnectNic(PFORWARDER Forwarder, PNIC Nic);
VOID DisconnectNic(PFORWARDER Forwarder, PNIC Nic);
VOID RemoveNic(PFORWARDER Forwarder, PNIC Nic);
VOID RemoveAllNics(PFORWARDER Forwarder);

/* changes.c: Lock is held for writing. At once, or with a queue when they are applied. */
VOID ChangeNic(PFORWARDER Forwarder, PNIC Nic, BOOLEAN IsConnected);
VOID ApplyChanges(PFORWARDER Forwarder);

/* Takes the lock to choose by a table that has all changes in it. */
VOID LockUpToDate(PFORWARDER Forwarder, PLOCK_STATE_EX LockState);

/* The connected physical adapter of the external port through which packets leave; or NULL. */
PNIC FindUplink(PFORWARDER Forwarder, NDIS_SWITCH_PORT_ID PortId);

/* stations.c: Lock is held, for writing where the table changes. */
PSTATION FindStation(PFORWARDER Forwarder, const UCHAR* Mac);
BOOLEAN IsStationAt(PFORWARDER Forwarder, const UCHAR* Mac, PNIC Nic);
VOID LearnStation(PFORWARDER Forwarder, const UCHAR* Mac, PNIC Nic);
VOID ForgetStationsOf(PFORWARDER Forwarder, PNIC Nic);

/* nic_oids.c */
NDIS_STATUS ForwarderOidRequest(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request);
VOID ForwarderOidRequestComplete(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request,
                                 NDIS_STATUS Status);

/* configuration.c: asks, once, for what was there before us; PASSIVE_LEVEL. */
VOID LearnConfiguration(PFILTER_MODULE Module);
VOID ForwarderActivate(PFILTER_MODULE Module);

/* destinations.c: chooses and commits; FALSE if the packet has nowhere to go. */
BOOLEAN CommitDestinations(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList);

/* ingress.c */
VOID ForwarderSend(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists, ULONG SendFlags);
