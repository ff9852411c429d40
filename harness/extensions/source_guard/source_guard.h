/*
 * A filtering extension that lets a guest send only from the address that its adapter has, unless
 * the security property of its port allows others or somebody has exempted the port.
 *
 * The switch tells of ports and adapters; a program exempts ports. A port is an object of both: it
 * stays until neither has it any more. The tables are guarded by Lock. While the configuration is
 * being read from the switch, its notifications wait, so that no answer is ever older than them.
 */
#pragma once

#include "../base/frame.h"
#include "../base/nbl_list.h"
#include "../base/oid.h"

typedef struct _GUARDED_PORT {
    LIST_ENTRY Link;       /* in Ports, while IsOnSwitch */
    LIST_ENTRY ExemptLink; /* in Exempt, while IsExempt */
    NDIS_SWITCH_PORT_ID PortId;
    BOOLEAN IsOnSwitch;
    BOOLEAN IsExempt;
    BOOLEAN IsLeaving; /* its teardown has come by */
    BOOLEAN MaySpoof;
} GUARDED_PORT, *PGUARDED_PORT;

typedef struct _GUARDED_NIC {
    LIST_ENTRY Link;
    NDIS_SWITCH_PORT_ID PortId;
    NDIS_SWITCH_NIC_INDEX NicIndex;
    UCHAR Mac[MAC_LENGTH];
    PGUARDED_PORT Port;
    ULONG64 Passed;
    ULONG64 Dropped;
    ULONG Mtu;
} GUARDED_NIC, *PGUARDED_NIC;

typedef struct _SOURCE_GUARD {
    NDIS_SPIN_LOCK Lock;
    LIST_ENTRY Ports;
    LIST_ENTRY Exempt;
    LIST_ENTRY Nics; /* of guests */

    /* The port whose notification is below at this moment; or none. */
    NDIS_SWITCH_PORT_ID PortIdBelow;

    NDIS_EVENT LearningEnded;
    BOOLEAN IsLearning;
    BOOLEAN IsActive;
    BOOLEAN AreParametersKnown;
    BOOLEAN ArePortsKnown;
} SOURCE_GUARD, *PSOURCE_GUARD;

static __inline PSOURCE_GUARD GuardOf(PFILTER_MODULE Module)
{
    return Module->Extension;
}

/* source_guard.c */
NDIS_STATUS SourceGuardAttach(PFILTER_MODULE Module);
VOID SourceGuardDetach(PFILTER_MODULE Module);

/* tables.c: Lock is held. */
PGUARDED_PORT FindPort(PSOURCE_GUARD Guard, NDIS_SWITCH_PORT_ID PortId);
PGUARDED_PORT FindExemptPort(PSOURCE_GUARD Guard, NDIS_SWITCH_PORT_ID PortId);

/* Of the ports on the switch the one with the lowest id above that; or NULL. */
PGUARDED_PORT FindPortAbove(PSOURCE_GUARD Guard, NDIS_SWITCH_PORT_ID Above);

/* The switch has the port, or has it no more. NULL: there is no memory. */
PGUARDED_PORT AddPort(PSOURCE_GUARD Guard, NDIS_SWITCH_PORT_ID PortId);
VOID RemovePort(PGUARDED_PORT Port);

/* The same of a program. */
PGUARDED_PORT ExemptPort(PSOURCE_GUARD Guard, NDIS_SWITCH_PORT_ID PortId);
VOID EndExemption(PGUARDED_PORT Port);

PGUARDED_NIC FindGuardedNic(PSOURCE_GUARD Guard, NDIS_SWITCH_PORT_ID PortId,
                            NDIS_SWITCH_NIC_INDEX NicIndex);
PGUARDED_NIC AddGuardedNic(PSOURCE_GUARD Guard, PGUARDED_PORT Port,
                           PNDIS_SWITCH_NIC_PARAMETERS Parameters);
VOID SetAddress(PGUARDED_NIC Nic, PNDIS_SWITCH_NIC_PARAMETERS Parameters);
VOID RemoveGuardedNic(PGUARDED_NIC Nic);

VOID RemoveAll(PSOURCE_GUARD Guard);

/* notifications.c */
NDIS_STATUS SourceGuardOidRequest(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request);
VOID SourceGuardOidRequestComplete(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request,
                                   NDIS_STATUS Status);

/* learning.c: asks what was there before us, and each time for the policies; PASSIVE_LEVEL. */
VOID SourceGuardRestart(PFILTER_MODULE Module);
VOID SourceGuardActivate(PFILTER_MODULE Module);
VOID WaitForLearning(PSOURCE_GUARD Guard);

/* policies.c: whether the switch lets the port send from any address. */
BOOLEAN AskWhetherItMaySpoof(PFILTER_MODULE Module, NDIS_SWITCH_PORT_ID PortId);

/* ingress.c */
VOID SourceGuardSend(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists, ULONG SendFlags);
