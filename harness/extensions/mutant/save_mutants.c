/* Flaws in saving and restoring run-time data, and two ways of doing it right. */
#include "mutant.h"

static PNDIS_SWITCH_NIC_SAVE_STATE SaveStateOf(PNDIS_OID_REQUEST OidRequest)
{
    return OidRequest->DATA.METHOD_INFORMATION.InformationBuffer;
}

/* Data is saved, and nobody says whose it is. */
static NDIS_STATUS SaveUnnamed(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    if (!IsOid(OidRequest, OID_SWITCH_NIC_SAVE)) {
        return LearnOidRequest(FilterModuleContext, OidRequest);
    }
    SaveStateOf(OidRequest)->SaveDataSize = 8;
    OidRequest->DATA.METHOD_INFORMATION.BytesWritten = sizeof(NDIS_SWITCH_NIC_SAVE_STATE) + 8;
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS WantMoreUnsaid(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    if (!IsOid(OidRequest, OID_SWITCH_NIC_SAVE)) {
        return LearnOidRequest(FilterModuleContext, OidRequest);
    }
    OidRequest->DATA.METHOD_INFORMATION.BytesNeeded = 0;
    return NDIS_STATUS_BUFFER_TOO_SHORT;
}

/* More room is wanted, and the switch is told how much. */
static NDIS_STATUS WantMore(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    const ULONG wanted = sizeof(NDIS_SWITCH_NIC_SAVE_STATE) + 200;

    if (!IsOid(OidRequest, OID_SWITCH_NIC_SAVE)
        || OidRequest->DATA.METHOD_INFORMATION.InputBufferLength >= wanted) {
        return LearnOidRequest(FilterModuleContext, OidRequest);
    }
    OidRequest->DATA.METHOD_INFORMATION.BytesNeeded = wanted;
    return NDIS_STATUS_BUFFER_TOO_SHORT;
}

static NDIS_STATUS ChangeSave(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    if (IsOid(OidRequest, OID_SWITCH_NIC_SAVE)) {
        SaveStateOf(OidRequest)->SaveDataSize = 8;
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

static const GUID Ourselves = {
    0x6F1B5C0E, 0x31D2, 0x4C0B, {0x9A, 0x77, 0x1D, 0x3A, 0x5E, 0x2B, 0x7C, 0x06}};

/* Saves a chunk of its own, as it should; then it has nothing more to save. */
static NDIS_STATUS SaveOnce(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    static BOOLEAN isSaved;

    if (isSaved || !IsOid(OidRequest, OID_SWITCH_NIC_SAVE)) {
        isSaved = isSaved && !IsOid(OidRequest, OID_SWITCH_NIC_SAVE_COMPLETE);
        return LearnOidRequest(FilterModuleContext, OidRequest);
    }
    isSaved = TRUE;
    SaveStateOf(OidRequest)->ExtensionId = Ourselves;
    SaveStateOf(OidRequest)->SaveDataSize = 8;
    OidRequest->DATA.METHOD_INFORMATION.BytesWritten = sizeof(NDIS_SWITCH_NIC_SAVE_STATE) + 8;
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS TakeForeign(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    return IsOid(OidRequest, OID_SWITCH_NIC_RESTORE)
        ? NDIS_STATUS_SUCCESS : SaveOnce(FilterModuleContext, OidRequest);
}

static NDIS_STATUS FailForeign(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    return IsOid(OidRequest, OID_SWITCH_NIC_RESTORE)
        ? NDIS_STATUS_FAILURE : SaveOnce(FilterModuleContext, OidRequest);
}

const MUTANT SaveMutants[] = {
    {.Name = "saves_once", .OidRequest = SaveOnce},
    {.Name = "saves_without_a_name", .OidRequest = SaveUnnamed},
    {.Name = "wants_more_room_unsaid", .OidRequest = WantMoreUnsaid},
    {.Name = "wants_more_room", .OidRequest = WantMore},
    {.Name = "changes_a_save_it_passes_on", .OidRequest = ChangeSave},
    {.Name = "takes_anothers_chunk", .OidRequest = TakeForeign},
    {.Name = "fails_anothers_chunk", .OidRequest = FailForeign},
    {.Name = NULL},
};
