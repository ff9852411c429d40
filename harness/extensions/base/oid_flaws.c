#include "oid_flaws.h"

static BOOLEAN IsOid(PNDIS_OID_REQUEST Request, NDIS_OID Oid)
{
    return Request->DATA.SET_INFORMATION.Oid == Oid;
}

static BOOLEAN IsUpdate(PNDIS_OID_REQUEST Request)
{
    return IsOid(Request, OID_SWITCH_PORT_UPDATED) || IsOid(Request, OID_SWITCH_NIC_UPDATED);
}

static BOOLEAN IsCreate(PNDIS_OID_REQUEST Request)
{
    return IsOid(Request, OID_SWITCH_PORT_CREATE) || IsOid(Request, OID_SWITCH_NIC_CREATE);
}

static BOOLEAN IsGuestNic(PNDIS_SWITCH_NIC_PARAMETERS Nic)
{
    return Nic != NULL
        && (Nic->NicType == NdisSwitchNicTypeSynthetic
            || Nic->NicType == NdisSwitchNicTypeEmulated);
}

static BOOLEAN IsGuestPort(PNDIS_SWITCH_PORT_PARAMETERS Port)
{
    return Port != NULL
        && (Port->PortType == NdisSwitchPortTypeSynthetic
            || Port->PortType == NdisSwitchPortTypeEmulated);
}

/*
 * Looks at a port under a reference. The way out for "nothing to do" forgets to give it back;
 * only the clean-up at detach remembers.
 */
static VOID LeakPortReference(PFILTER_MODULE Module, PNDIS_SWITCH_PORT_PARAMETERS Port)
{
    if (Port == NULL
        || Module->SwitchHandlers.ReferenceSwitchPort(Module->SwitchContext, Port->PortId)
               != NDIS_STATUS_SUCCESS) {
        return;
    }
    if (Port->PortType != NdisSwitchPortTypeExternal
        && Module->LeakedPortCount < LEAKED_PORTS_MAX) {
        Module->LeakedPorts[Module->LeakedPortCount++] = Port->PortId;
        return;
    }
    Module->SwitchHandlers.DereferenceSwitchPort(Module->SwitchContext, Port->PortId);
}

/* Only a connected NIC may be referenced; this one was created a moment ago. */
static VOID ReferenceTooEarly(PFILTER_MODULE Module, PNDIS_SWITCH_NIC_PARAMETERS Nic)
{
    if (Nic != NULL
        && Module->SwitchHandlers.ReferenceSwitchNic(Module->SwitchContext, Nic->PortId,
                                                     Nic->NicIndex) == NDIS_STATUS_SUCCESS) {
        Module->SwitchHandlers.DereferenceSwitchNic(Module->SwitchContext, Nic->PortId,
                                                    Nic->NicIndex);
    }
}

VOID FlawOnDetach(PFILTER_MODULE Module)
{
    while (Module->LeakedPortCount > 0) {
        --Module->LeakedPortCount;
        Module->SwitchHandlers.DereferenceSwitchPort(
            Module->SwitchContext, Module->LeakedPorts[Module->LeakedPortCount]);
    }
}

BOOLEAN FlawOnRequest(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request, PNDIS_STATUS Status)
{
    if (HAS_FLAW(PARKED_OID) && IsUpdate(Request)) {
        *Status = NDIS_STATUS_PENDING;
        return TRUE;
    }
    if (HAS_FLAW(CONNECT_REFUSED) && IsOid(Request, OID_SWITCH_NIC_CONNECT)
        && IsGuestNic(NicParametersOf(Request))) {
        *Status = NDIS_STATUS_NOT_SUPPORTED;
        return TRUE;
    }
    if (HAS_FLAW(CREATE_SWALLOWED) && IsOid(Request, OID_SWITCH_PORT_CREATE)
        && IsGuestPort(PortParametersOf(Request))) {
        *Status = NDIS_STATUS_SUCCESS;
        return TRUE;
    }
    if (HAS_FLAW(REFERENCE_LEAK) && IsOid(Request, OID_SWITCH_PORT_UPDATED)) {
        LeakPortReference(Module, PortParametersOf(Request));
    }
    return FALSE;
}

VOID FlawOnComplete(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    if (HAS_FLAW(REFERENCE_TOO_EARLY) && IsOid(Request, OID_SWITCH_NIC_CREATE)
        && Status == NDIS_STATUS_SUCCESS) {
        ReferenceTooEarly(Module, NicParametersOf(Request));
    }
}

NDIS_STATUS FlawedStatus(PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    if (HAS_FLAW(STATUS_REWRITTEN) && IsCreate(Request)) {
        return NDIS_STATUS_SUCCESS;
    }
    return Status;
}

NDIS_STATUS FlawedAnswer(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    if (!(HAS_FLAW(WRITES_TO_ANSWERED) || HAS_FLAW(READS_GIVEN_AWAY)) || !IsUpdate(Request)) {
        return Status;
    }
    NdisFOidRequestComplete(Module->FilterHandle, Request, Status);
    if (HAS_FLAW(WRITES_TO_ANSWERED) || Request->DATA.SET_INFORMATION.BytesRead > MAXUSHORT) {
        Request->DATA.SET_INFORMATION.BytesRead += 1;
    }
    return NDIS_STATUS_PENDING;
}

VOID FlawCompleteOnceMore(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    if (HAS_FLAW(DOUBLE_COMPLETION) && IsUpdate(Request)) {
        NdisFOidRequestComplete(Module->FilterHandle, Request, Status);
    }
}
