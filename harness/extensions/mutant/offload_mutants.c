/* Flaws with requests that allocate or free something of an adapter below, and ways of redirecting
 * one and of making one's own in place of it. */
#include "mutant.h"

static const PLACE Nobody;

static PNDIS_SWITCH_NIC_OID_REQUEST EncapsulatedIn(PNDIS_OID_REQUEST OidRequest)
{
    return IsOid(OidRequest, OID_SWITCH_NIC_REQUEST)
        ? OidRequest->DATA.METHOD_INFORMATION.InformationBuffer : NULL;
}

static BOOLEAN Asks(PNDIS_OID_REQUEST OidRequest, NDIS_OID Inner)
{
    PNDIS_SWITCH_NIC_OID_REQUEST encapsulated = EncapsulatedIn(OidRequest);

    return encapsulated != NULL && IsOid(encapsulated->OidRequest, Inner);
}

static BOOLEAN ReferenceNic(PFILTER_MODULE Module, PLACE Place)
{
    return Place.IsKnown
        && Module->SwitchHandlers.ReferenceSwitchNic(Module->SwitchContext, Place.PortId,
                                                     Place.NicIndex) == NDIS_STATUS_SUCCESS;
}

static VOID DereferenceNic(PFILTER_MODULE Module, PLACE Place)
{
    Module->SwitchHandlers.DereferenceSwitchNic(Module->SwitchContext, Place.PortId,
                                                Place.NicIndex);
}

/* NDIS hands over one request at a time, so there is one redirection at most. */
static PLACE Redirected;

static VOID EndRedirection(PFILTER_MODULE Module)
{
    PLACE to = Redirected;

    Redirected.IsKnown = FALSE;
    if (to.IsKnown) {
        DereferenceNic(Module, to);
    }
}

static NDIS_STATUS Redirect(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PNDIS_SWITCH_NIC_OID_REQUEST encapsulated = EncapsulatedIn(OidRequest);
    NDIS_STATUS status;

    if (encapsulated != NULL && encapsulated->DestinationPortId == 0
        && ReferenceNic(FilterModuleContext, Seen.Physical)) {
        Redirected = Seen.Physical;
        encapsulated->DestinationPortId = Redirected.PortId;
        encapsulated->DestinationNicIndex = Redirected.NicIndex;
    }
    status = LearnOidRequest(FilterModuleContext, OidRequest);
    if (status != NDIS_STATUS_PENDING) {
        EndRedirection(FilterModuleContext);
    }
    return status;
}

static VOID RedirectedComplete(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest,
                               NDIS_STATUS Status)
{
    if (IsOid(OidRequest, OID_SWITCH_NIC_REQUEST)) {
        EndRedirection(FilterModuleContext);
    }
    FilterOidRequestComplete(FilterModuleContext, OidRequest, Status);
}

/* What was allocated in place of another is freed like any other, by who asked for that one. */
static NDIS_STATUS AllocateInstead(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PLACE adapter = Seen.Physical;
    NDIS_STATUS status;

    if (!Asks(OidRequest, OID_NIC_SWITCH_ALLOCATE_VF)
        || EncapsulatedIn(OidRequest)->SourcePortId != 0
        || !ReferenceNic(FilterModuleContext, adapter)) {
        return LearnOidRequest(FilterModuleContext, OidRequest);
    }
    status = EncapsulateAs(FilterModuleContext, EncapsulatedIn(OidRequest)->OidRequest, Nobody,
                           adapter);
    DereferenceNic(FilterModuleContext, adapter);
    return status;
}

static NDIS_STATUS AllocateAsWell(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PLACE adapter = Seen.Physical;
    NDIS_STATUS status = LearnOidRequest(FilterModuleContext, OidRequest);

    if (status != NDIS_STATUS_PENDING && Asks(OidRequest, OID_NIC_SWITCH_ALLOCATE_VF)
        && ReferenceNic(FilterModuleContext, adapter)) {
        EncapsulateAs(FilterModuleContext, EncapsulatedIn(OidRequest)->OidRequest, Nobody,
                      adapter);
        DereferenceNic(FilterModuleContext, adapter);
    }
    return status;
}

static NDIS_STATUS FailFree(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    return Asks(OidRequest, OID_NIC_SWITCH_FREE_VF)
        ? NDIS_STATUS_FAILURE : LearnOidRequest(FilterModuleContext, OidRequest);
}

const MUTANT OffloadMutants[] = {
    {.Name = "redirects_under_a_reference",
     .OidRequest = Redirect,
     .OidRequestComplete = RedirectedComplete},
    {.Name = "allocates_in_place_of_another", .OidRequest = AllocateInstead},
    {.Name = "allocates_as_well", .OidRequest = AllocateAsWell},
    {.Name = "fails_a_free", .OidRequest = FailFree},
    {.Name = NULL},
};
