/*
 * What the switch says about NICs. Rights end before the request goes down, they begin
 * when it has come back with success.
 */
#include "forwarder.h"

static VOID BeginNicOid(PFORWARDER Forwarder, PNDIS_SWITCH_NIC_PARAMETERS Nic)
{
    Forwarder->IsNicOidBelow = TRUE;
    Forwarder->PortIdBelow = Nic->PortId;
    Forwarder->NicIndexBelow = Nic->NicIndex;
    ++Forwarder->NicOidGeneration;
}

static VOID EndNicOid(PFORWARDER Forwarder)
{
    Forwarder->IsNicOidBelow = FALSE;
    ++Forwarder->NicOidGeneration;
}

/*
 * The place in the table is made now, while the switch may still be told that there is
 * none. A physical adapter may not be refused: without a place it is no destination.
 */
static NDIS_STATUS PrepareNic(PFORWARDER Forwarder, PNDIS_SWITCH_NIC_PARAMETERS Parameters)
{
    if (FindOrAddNic(Forwarder, Parameters) == NULL && Parameters->NicIndex == 0) {
        return NDIS_STATUS_RESOURCES;
    }
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS OnNicOid(PFORWARDER Forwarder, NDIS_OID Oid,
                            PNDIS_SWITCH_NIC_PARAMETERS Parameters)
{
    PNIC nic;

    if (Oid == OID_SWITCH_NIC_CREATE) {
        return PrepareNic(Forwarder, Parameters);
    }
    nic = FindNicToEnd(Forwarder, Parameters->PortId, Parameters->NicIndex);
    if (nic != NULL && Oid == OID_SWITCH_NIC_DISCONNECT) {
        ChangeNic(Forwarder, nic, FALSE);
    } else if (nic != NULL && Oid == OID_SWITCH_NIC_DELETE) {
        ApplyChanges(Forwarder);
        RemoveNic(Forwarder, nic);
    }
    return NDIS_STATUS_SUCCESS;
}

static VOID OnNicOidComplete(PFORWARDER Forwarder, NDIS_OID Oid,
                             PNDIS_SWITCH_NIC_PARAMETERS Parameters, NDIS_STATUS Status)
{
    PNIC nic = FindNic(Forwarder, Parameters->PortId, Parameters->NicIndex);

    if (Oid == OID_SWITCH_NIC_CREATE && Status != NDIS_STATUS_SUCCESS && nic != NULL) {
        RemoveNic(Forwarder, nic);
    } else if (Oid == OID_SWITCH_NIC_CREATE && HAS_FLAW(CREATED_AS_CONNECTED) && nic != NULL) {
        ConnectNic(Forwarder, nic);
    } else if (Oid == OID_SWITCH_NIC_CONNECT && Status == NDIS_STATUS_SUCCESS) {
        /* Created before we were attached, it may have no place yet. */
        nic = FindOrAddNic(Forwarder, Parameters);
        if (nic != NULL) {
            ChangeNic(Forwarder, nic, TRUE);
        }
    }
}

static BOOLEAN IsNicOid(NDIS_OID Oid)
{
    return Oid == OID_SWITCH_NIC_CREATE || Oid == OID_SWITCH_NIC_CONNECT
        || Oid == OID_SWITCH_NIC_DISCONNECT || Oid == OID_SWITCH_NIC_DELETE;
}

/* VLANs of ports are not enforced here, and who does not enforce them must say so. */
static BOOLEAN IsVlanProperty(PNDIS_OID_REQUEST Request)
{
    PNDIS_SWITCH_PORT_PROPERTY_PARAMETERS property =
        Request->DATA.SET_INFORMATION.InformationBuffer;
    NDIS_OID oid = Request->DATA.SET_INFORMATION.Oid;

    if (oid != OID_SWITCH_PORT_PROPERTY_ADD && oid != OID_SWITCH_PORT_PROPERTY_UPDATE) {
        return FALSE;
    }
    return Request->RequestType == NdisRequestSetInformation && property != NULL
        && Request->DATA.SET_INFORMATION.InformationBufferLength
               >= NDIS_SIZEOF_NDIS_SWITCH_PORT_PROPERTY_PARAMETERS_REVISION_1
        && property->PropertyType == NdisSwitchPortPropertyTypeVlan;
}

NDIS_STATUS ForwarderOidRequest(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request)
{
    PFORWARDER forwarder = ForwarderOf(Module);
    NDIS_OID oid = Request->DATA.SET_INFORMATION.Oid;
    PNDIS_SWITCH_NIC_PARAMETERS nic = IsNicOid(oid) ? NicParametersOf(Request) : NULL;
    LOCK_STATE_EX lockState;
    NDIS_STATUS status;

    if (IsVlanProperty(Request)) {
        return NDIS_STATUS_DATA_NOT_ACCEPTED;
    }
    if (nic == NULL) {
        return NDIS_STATUS_SUCCESS;
    }
    NdisAcquireRWLockWrite(forwarder->Lock, &lockState, 0);
    status = OnNicOid(forwarder, oid, nic);
    if (status == NDIS_STATUS_SUCCESS) {
        BeginNicOid(forwarder, nic);
    }
    NdisReleaseRWLock(forwarder->Lock, &lockState);
    return status;
}

VOID ForwarderOidRequestComplete(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request,
                                 NDIS_STATUS Status)
{
    PFORWARDER forwarder = ForwarderOf(Module);
    NDIS_OID oid = Request->DATA.SET_INFORMATION.Oid;
    PNDIS_SWITCH_NIC_PARAMETERS nic = IsNicOid(oid) ? NicParametersOf(Request) : NULL;
    LOCK_STATE_EX lockState;

    if (nic == NULL) {
        return;
    }
    NdisAcquireRWLockWrite(forwarder->Lock, &lockState, 0);
    OnNicOidComplete(forwarder, oid, nic, Status);
    EndNicOid(forwarder);
    NdisReleaseRWLock(forwarder->Lock, &lockState);
}
