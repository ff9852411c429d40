/* The security property of a port. */
#include "source_guard.h"

typedef struct _SECURITY_ANSWER {
    NDIS_SWITCH_PORT_PROPERTY_ENUM_PARAMETERS Parameters;
    UCHAR Room[sizeof(NDIS_SWITCH_PORT_PROPERTY_ENUM_INFO)
               + sizeof(NDIS_SWITCH_PORT_PROPERTY_SECURITY) + 2 * sizeof(ULONG64)];
} SECURITY_ANSWER, *PSECURITY_ANSWER;

static VOID PrepareQuestion(PSECURITY_ANSWER Answer, NDIS_SWITCH_PORT_ID PortId)
{
    RtlZeroMemory(Answer, sizeof(*Answer));
    Answer->Parameters.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Answer->Parameters.Header.Revision = NDIS_SWITCH_PORT_PROPERTY_ENUM_PARAMETERS_REVISION_1;
    Answer->Parameters.Header.Size =
        NDIS_SIZEOF_NDIS_SWITCH_PORT_PROPERTY_ENUM_PARAMETERS_REVISION_1;
    Answer->Parameters.PortId = PortId;
    Answer->Parameters.PropertyType = NdisSwitchPortPropertyTypeSecurity;
    Answer->Parameters.SerializationVersion = NDIS_SWITCH_OBJECT_SERIALIZATION_VERSION_1;
}

static NDIS_STATUS Ask(PFILTER_MODULE Module, PSECURITY_ANSWER Answer)
{
    OWN_REQUEST own;

    RtlZeroMemory(&own, sizeof(own));
    own.Request.RequestType = NdisRequestMethod;
    own.Request.DATA.METHOD_INFORMATION.Oid = OID_SWITCH_PORT_PROPERTY_ENUM;
    own.Request.DATA.METHOD_INFORMATION.InformationBuffer = Answer;
    own.Request.DATA.METHOD_INFORMATION.InputBufferLength = sizeof(*Answer);
    own.Request.DATA.METHOD_INFORMATION.OutputBufferLength = sizeof(*Answer);
    return OriginateRequest(Module, &own);
}

static BOOLEAN IsSpoofingAllowed(PSECURITY_ANSWER Answer)
{
    PNDIS_SWITCH_PORT_PROPERTY_ENUM_INFO info;
    PNDIS_SWITCH_PORT_PROPERTY_SECURITY security;

    if (Answer->Parameters.NumProperties == 0) {
        return FALSE;
    }
    info = NDIS_SWITCH_PORT_PROPERTY_ENUM_PARAMETERS_GET_FIRST_INFO(&Answer->Parameters);
    security = NDIS_SWITCH_PORT_PROPERTY_ENUM_INFO_GET_PROPERTY(info);
    return security->AllowMacSpoofing;
}

/* Asked under a reference, so that the port stays as long as it takes. */
BOOLEAN AskWhetherItMaySpoof(PFILTER_MODULE Module, NDIS_SWITCH_PORT_ID PortId)
{
    SECURITY_ANSWER answer;
    BOOLEAN isAllowed;

    if (Module->SwitchHandlers.ReferenceSwitchPort(Module->SwitchContext, PortId)
        != NDIS_STATUS_SUCCESS) {
        return FALSE;
    }
    PrepareQuestion(&answer, PortId);
    isAllowed = Ask(Module, &answer) == NDIS_STATUS_SUCCESS && IsSpoofingAllowed(&answer);
    Module->SwitchHandlers.DereferenceSwitchPort(Module->SwitchContext, PortId);
    return isAllowed;
}
