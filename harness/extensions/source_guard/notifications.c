/*
 * What the switch says about ports and adapters. What is made is in the tables before its create
 * goes down, and out of them again when that comes back with a failure.
 */
#include "source_guard.h"

static BOOLEAN IsPortOid(NDIS_OID Oid)
{
    return Oid == OID_SWITCH_PORT_CREATE || Oid == OID_SWITCH_PORT_TEARDOWN
        || Oid == OID_SWITCH_PORT_DELETE;
}

static BOOLEAN IsNicOid(NDIS_OID Oid)
{
    return Oid == OID_SWITCH_NIC_CREATE || Oid == OID_SWITCH_NIC_UPDATED
        || Oid == OID_SWITCH_NIC_DELETE;
}

/* On a port that serves to validate settings nothing is reserved. */
static NDIS_STATUS OnPortOid(PSOURCE_GUARD Guard, NDIS_OID Oid,
                             PNDIS_SWITCH_PORT_PARAMETERS Parameters)
{
    PGUARDED_PORT port = FindPort(Guard, Parameters->PortId);

    if (Parameters->IsValidationPort) {
        return NDIS_STATUS_SUCCESS;
    }
    if (Oid == OID_SWITCH_PORT_CREATE && AddPort(Guard, Parameters->PortId) == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    if (Oid == OID_SWITCH_PORT_TEARDOWN && port != NULL) {
        port->IsLeaving = TRUE;
    } else if (Oid == OID_SWITCH_PORT_DELETE && port != NULL) {
        RemovePort(port);
    }
    Guard->PortIdBelow = Parameters->PortId;
    return NDIS_STATUS_SUCCESS;
}

static BOOLEAN IsGuest(PNDIS_SWITCH_NIC_PARAMETERS Parameters)
{
    return Parameters->NicType == NdisSwitchNicTypeSynthetic
        || Parameters->NicType == NdisSwitchNicTypeEmulated;
}

/* There is no adapter without its port, once all ports are known. */
static NDIS_STATUS OnNicCreate(PSOURCE_GUARD Guard, PNDIS_SWITCH_NIC_PARAMETERS Parameters)
{
    PGUARDED_PORT port = FindPort(Guard, Parameters->PortId);

    if (port == NULL) {
        return Guard->ArePortsKnown ? NDIS_STATUS_DATA_NOT_ACCEPTED : NDIS_STATUS_SUCCESS;
    }
    if (IsGuest(Parameters) && AddGuardedNic(Guard, port, Parameters) == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    return NDIS_STATUS_SUCCESS;
}

static VOID OnNicDelete(PSOURCE_GUARD Guard, PNDIS_SWITCH_NIC_PARAMETERS Parameters)
{
    PGUARDED_NIC nic = FindGuardedNic(Guard, Parameters->PortId, Parameters->NicIndex);
    PGUARDED_PORT port = FindPort(Guard, Parameters->PortId);

    if (nic != NULL) {
        RemoveGuardedNic(nic);
    }
    if (HAS_FLAW(PORT_GONE_WITH_NIC) && port != NULL) {
        RemovePort(port);
    }
}

static NDIS_STATUS OnNicOid(PSOURCE_GUARD Guard, NDIS_OID Oid,
                            PNDIS_SWITCH_NIC_PARAMETERS Parameters)
{
    PGUARDED_NIC nic;

    if (Oid == OID_SWITCH_NIC_CREATE) {
        return OnNicCreate(Guard, Parameters);
    }
    nic = FindGuardedNic(Guard, Parameters->PortId, Parameters->NicIndex);
    if (Oid == OID_SWITCH_NIC_UPDATED && nic != NULL) {
        SetAddress(nic, Parameters);
    } else if (Oid == OID_SWITCH_NIC_DELETE) {
        OnNicDelete(Guard, Parameters);
    }
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS SourceGuardOidRequest(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request)
{
    PSOURCE_GUARD guard = GuardOf(Module);
    NDIS_OID oid = Request->DATA.SET_INFORMATION.Oid;
    PNDIS_SWITCH_PORT_PARAMETERS port = IsPortOid(oid) ? PortParametersOf(Request) : NULL;
    PNDIS_SWITCH_NIC_PARAMETERS nic = IsNicOid(oid) ? NicParametersOf(Request) : NULL;
    NDIS_STATUS status = NDIS_STATUS_SUCCESS;

    if (port == NULL && nic == NULL) {
        return NDIS_STATUS_SUCCESS;
    }
    WaitForLearning(guard);
    NdisAcquireSpinLock(&guard->Lock);
    if (port != NULL) {
        status = OnPortOid(guard, oid, port);
    } else {
        status = OnNicOid(guard, oid, nic);
    }
    NdisReleaseSpinLock(&guard->Lock);
    return status;
}

static VOID OnPortOidComplete(PSOURCE_GUARD Guard, NDIS_OID Oid, NDIS_SWITCH_PORT_ID PortId,
                              NDIS_STATUS Status)
{
    PGUARDED_PORT port = FindPort(Guard, PortId);
    NDIS_OID undone = HAS_FLAW(CREATE_NOT_UNDONE) ? OID_SWITCH_NIC_CREATE : OID_SWITCH_PORT_CREATE;

    Guard->PortIdBelow = NDIS_SWITCH_DEFAULT_PORT_ID;
    if (Oid == undone && Status != NDIS_STATUS_SUCCESS && port != NULL) {
        RemovePort(port);
    }
}

static VOID OnNicOidComplete(PSOURCE_GUARD Guard, NDIS_OID Oid,
                             PNDIS_SWITCH_NIC_PARAMETERS Parameters, NDIS_STATUS Status)
{
    PGUARDED_NIC nic = FindGuardedNic(Guard, Parameters->PortId, Parameters->NicIndex);

    if (Oid == OID_SWITCH_NIC_CREATE && Status != NDIS_STATUS_SUCCESS && nic != NULL) {
        RemoveGuardedNic(nic);
    }
}

VOID SourceGuardOidRequestComplete(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request,
                                   NDIS_STATUS Status)
{
    PSOURCE_GUARD guard = GuardOf(Module);
    NDIS_OID oid = Request->DATA.SET_INFORMATION.Oid;
    PNDIS_SWITCH_PORT_PARAMETERS port = IsPortOid(oid) ? PortParametersOf(Request) : NULL;
    PNDIS_SWITCH_NIC_PARAMETERS nic = IsNicOid(oid) ? NicParametersOf(Request) : NULL;

    NdisAcquireSpinLock(&guard->Lock);
    if (port != NULL) {
        OnPortOidComplete(guard, oid, port->PortId, Status);
    } else if (nic != NULL) {
        OnNicOidComplete(guard, oid, nic, Status);
    }
    NdisReleaseSpinLock(&guard->Lock);
}
