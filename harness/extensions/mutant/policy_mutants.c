/* Flaws in policies of the switch and in the status of features, and a way of answering for one. */
#include "mutant.h"

#define STATUS_BYTES 8

static const GUID OurFeature = {
    0x1D4C0C1E, 0x0003, 0x4000, {0x80, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03}};

static BOOLEAN IsOurs(const GUID* FeatureId)
{
    return RtlCompareMemory(FeatureId, &OurFeature, sizeof(OurFeature)) == sizeof(OurFeature);
}

/* Where the status goes; NULL, and how many bytes are needed, if there is too little room. */
static PVOID RoomIn(PNDIS_OID_REQUEST Request, ULONG Parameters, ULONG Custom)
{
    ULONG needed = Parameters + Custom + STATUS_BYTES;

    if (Request->DATA.METHOD_INFORMATION.OutputBufferLength < needed) {
        Request->DATA.METHOD_INFORMATION.BytesNeeded = needed;
        return NULL;
    }
    Request->DATA.METHOD_INFORMATION.BytesWritten = needed;
    return (PUCHAR)Request->DATA.METHOD_INFORMATION.InformationBuffer + Parameters;
}

static NDIS_STATUS AnswerOfSwitch(PNDIS_OID_REQUEST Request)
{
    PNDIS_SWITCH_FEATURE_STATUS_PARAMETERS parameters =
        Request->DATA.METHOD_INFORMATION.InformationBuffer;
    PNDIS_SWITCH_FEATURE_STATUS_CUSTOM custom =
        RoomIn(Request, sizeof(*parameters), sizeof(*custom));

    if (custom == NULL) {
        return NDIS_STATUS_INVALID_LENGTH;
    }
    parameters->FeatureStatusBufferOffset = sizeof(*parameters);
    parameters->FeatureStatusBufferLength = sizeof(*custom) + STATUS_BYTES;
    RtlZeroMemory(custom, sizeof(*custom) + STATUS_BYTES);
    custom->Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    custom->Header.Revision = NDIS_SWITCH_FEATURE_STATUS_CUSTOM_REVISION_1;
    custom->Header.Size = NDIS_SIZEOF_NDIS_SWITCH_FEATURE_STATUS_CUSTOM_REVISION_1;
    custom->FeatureStatusCustomBufferLength = STATUS_BYTES;
    custom->FeatureStatusCustomBufferOffset = sizeof(*custom);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS AnswerOfPort(PNDIS_OID_REQUEST Request)
{
    PNDIS_SWITCH_PORT_FEATURE_STATUS_PARAMETERS parameters =
        Request->DATA.METHOD_INFORMATION.InformationBuffer;
    PNDIS_SWITCH_PORT_FEATURE_STATUS_CUSTOM custom =
        RoomIn(Request, sizeof(*parameters), sizeof(*custom));

    if (custom == NULL) {
        return NDIS_STATUS_INVALID_LENGTH;
    }
    parameters->FeatureStatusBufferOffset = sizeof(*parameters);
    parameters->FeatureStatusBufferLength = sizeof(*custom) + STATUS_BYTES;
    RtlZeroMemory(custom, sizeof(*custom) + STATUS_BYTES);
    custom->Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    custom->Header.Revision = NDIS_SWITCH_PORT_FEATURE_STATUS_CUSTOM_REVISION_1;
    custom->Header.Size = NDIS_SIZEOF_NDIS_SWITCH_PORT_FEATURE_STATUS_CUSTOM_REVISION_1;
    custom->FeatureStatusBufferLength = STATUS_BYTES;
    custom->FeatureStatusBufferOffset = sizeof(*custom);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS AnswerForFeature(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PVOID buffer = OidRequest->DATA.METHOD_INFORMATION.InformationBuffer;

    if (IsOid(OidRequest, OID_SWITCH_FEATURE_STATUS_QUERY)
        && IsOurs(&((PNDIS_SWITCH_FEATURE_STATUS_PARAMETERS)buffer)->FeatureStatusId)) {
        return AnswerOfSwitch(OidRequest);
    }
    if (IsOid(OidRequest, OID_SWITCH_PORT_FEATURE_STATUS_QUERY)
        && IsOurs(&((PNDIS_SWITCH_PORT_FEATURE_STATUS_PARAMETERS)buffer)->FeatureStatusId)) {
        return AnswerOfPort(OidRequest);
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS WantRoomUnsaid(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    NDIS_STATUS status = AnswerForFeature(FilterModuleContext, OidRequest);

    if (status == NDIS_STATUS_INVALID_LENGTH) {
        OidRequest->DATA.METHOD_INFORMATION.BytesNeeded = 0;
    }
    return status;
}

static NDIS_STATUS ChangeQuestion(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    if (IsOid(OidRequest, OID_SWITCH_FEATURE_STATUS_QUERY)) {
        PNDIS_SWITCH_FEATURE_STATUS_PARAMETERS parameters =
            OidRequest->DATA.METHOD_INFORMATION.InformationBuffer;

        parameters->FeatureStatusVersion = NDIS_SWITCH_CREATE_FEATURE_STATUS_VERSION(9, 9);
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

static NDIS_STATUS TakeUnknownInstance(NDIS_HANDLE FilterModuleContext,
                                       PNDIS_OID_REQUEST OidRequest)
{
    return IsOid(OidRequest, OID_SWITCH_PROPERTY_UPDATE)
        ? NDIS_STATUS_SUCCESS : LearnOidRequest(FilterModuleContext, OidRequest);
}

const MUTANT PolicyMutants[] = {
    {.Name = "answers_for_its_feature", .OidRequest = AnswerForFeature},
    {.Name = "wants_room_to_answer_unsaid", .OidRequest = WantRoomUnsaid},
    {.Name = "changes_a_question", .OidRequest = ChangeQuestion},
    {.Name = "takes_an_unknown_instance", .OidRequest = TakeUnknownInstance},
    {.Name = NULL},
};
