/* What takes longer than a look is done under a reference, so that the port or NIC stays. */
#include "references.h"

static VOID LookAtPort(PFILTER_MODULE Module, PNDIS_SWITCH_PORT_PARAMETERS Port)
{
    if (Port == NULL
        || Module->SwitchHandlers.ReferenceSwitchPort(Module->SwitchContext, Port->PortId)
               != NDIS_STATUS_SUCCESS) {
        return;
    }
    /* Here a real one would ask for the port's properties. */
    Module->SwitchHandlers.DereferenceSwitchPort(Module->SwitchContext, Port->PortId);
}

static VOID LookAtNic(PFILTER_MODULE Module, PNDIS_SWITCH_NIC_PARAMETERS Nic)
{
    if (Nic == NULL
        || Module->SwitchHandlers.ReferenceSwitchNic(Module->SwitchContext, Nic->PortId,
                                                     Nic->NicIndex) != NDIS_STATUS_SUCCESS) {
        return;
    }
    /* Here a real one would send the adapter a request. */
    Module->SwitchHandlers.DereferenceSwitchNic(Module->SwitchContext, Nic->PortId, Nic->NicIndex);
}

NDIS_STATUS LookUnderReference(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request)
{
    switch (Request->DATA.SET_INFORMATION.Oid) {
    case OID_SWITCH_PORT_UPDATED:
        LookAtPort(Module, PortParametersOf(Request));
        break;
    case OID_SWITCH_NIC_UPDATED:
        LookAtNic(Module, NicParametersOf(Request));
        break;
    default:
        break;
    }
    return NDIS_STATUS_SUCCESS;
}
