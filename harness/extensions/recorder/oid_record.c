/* What a record says of an OID request or a status indication: model/call.hpp has the fields. */
#include "recorder.h"

#define ILL_FORMED 0x01
#define NIC_INITIALIZING 0x02
#define VF_ASSIGNED 0x04
#define VM_MAC 0x08
#define SAVE_NAMED 0x02
#define INNER_SET 0x02
#define INNER_METHOD 0x04
#define NO_INNER 0x08
#define INNER_DATA 0x10
#define OVERSTATED 0x40
#define VALIDATION_PORT 0x100
#define NUMBER_MAX 0xFFFFFF /* of what stands above eight bits of flags */

typedef struct _CARRIED {
    NDIS_OID Oid;
    PVOID Buffer;
    ULONG Bytes;
    ULONG Needed;
    BOOLEAN Overstated; /* more was written than there is room for */
} CARRIED, *PCARRIED;

static VOID CarriedBy(PNDIS_OID_REQUEST Request, PCARRIED Carried)
{
    Carried->Oid = Request->DATA.QUERY_INFORMATION.Oid;
    Carried->Buffer = Request->DATA.QUERY_INFORMATION.InformationBuffer;
    Carried->Overstated = FALSE;
    if (Request->RequestType == NdisRequestMethod) {
        Carried->Bytes = max(Request->DATA.METHOD_INFORMATION.InputBufferLength,
                             Request->DATA.METHOD_INFORMATION.OutputBufferLength);
        Carried->Needed = Request->DATA.METHOD_INFORMATION.BytesNeeded;
        Carried->Overstated = Request->DATA.METHOD_INFORMATION.BytesWritten
            > Request->DATA.METHOD_INFORMATION.OutputBufferLength;
        return;
    }
    Carried->Bytes = Request->DATA.QUERY_INFORMATION.InformationBufferLength;
    Carried->Needed = Request->DATA.QUERY_INFORMATION.BytesNeeded;
    if (Request->RequestType != NdisRequestSetInformation) {
        Carried->Overstated = Request->DATA.QUERY_INFORMATION.BytesWritten > Carried->Bytes;
    }
}

static BOOLEAN Has(PCARRIED Carried, ULONG Bytes)
{
    return Carried->Buffer != NULL && Carried->Bytes >= Bytes;
}

/* Says in the record if the buffer is out of form. FALSE: it is too short to be read at all. */
static BOOLEAN Read(PRECORDING_RECORD Record, PCARRIED Carried, ULONG SizeMin, ULONG Size)
{
    PNDIS_OBJECT_HEADER header = Carried->Buffer;

    if (!Has(Carried, sizeof(*header)) || header->Type != NDIS_OBJECT_TYPE_DEFAULT
        || header->Revision < 1 || header->Size < SizeMin || Carried->Bytes < header->Size) {
        Record->Flags |= ILL_FORMED;
    }
    return Has(Carried, Size);
}

static VOID DescribePort(PRECORDING_RECORD Record, PCARRIED Carried)
{
    PNDIS_SWITCH_PORT_PARAMETERS port = Carried->Buffer;

    if (!Read(Record, Carried, NDIS_SIZEOF_NDIS_SWITCH_PORT_PARAMETERS_REVISION_1,
              sizeof(*port))) {
        return;
    }
    Record->Port = port->PortId;
    Record->Detail = (ULONG)port->PortType | (port->IsValidationPort ? VALIDATION_PORT : 0);
}

static BOOLEAN IsZero(const VOID* Bytes, ULONG Length)
{
    const UCHAR* bytes = Bytes;
    ULONG index;

    for (index = 0; index < Length; ++index) {
        if (bytes[index] != 0) {
            return FALSE;
        }
    }
    return TRUE;
}

static VOID DescribeNic(PRECORDING_RECORD Record, PCARRIED Carried)
{
    PNDIS_SWITCH_NIC_PARAMETERS nic = Carried->Buffer;

    if (!Read(Record, Carried, NDIS_SIZEOF_NDIS_SWITCH_NIC_PARAMETERS_REVISION_1, sizeof(*nic))) {
        return;
    }
    Record->Port = nic->PortId;
    Record->Nic = nic->NicIndex;
    Record->Detail = ((ULONG)nic->NicType & 0xFF) | (min(nic->MTU, NUMBER_MAX) << 8);
    if (nic->Flags & 0x1) {
        Record->Flags |= NIC_INITIALIZING;
    }
    if (nic->VFAssigned) {
        Record->Flags |= VF_ASSIGNED;
    }
    if (!IsZero(nic->VMMacAddress, sizeof(nic->VMMacAddress))) {
        Record->Flags |= VM_MAC;
    }
}

static VOID DescribeSave(PRECORDING_RECORD Record, PCARRIED Carried)
{
    PNDIS_SWITCH_NIC_SAVE_STATE save = Carried->Buffer;

    if (!Read(Record, Carried, NDIS_SIZEOF_NDIS_SWITCH_NIC_SAVE_STATE_REVISION_1,
              sizeof(*save))) {
        return;
    }
    Record->Port = save->PortId;
    Record->Nic = save->NicIndex;
    Record->Detail = save->SaveDataSize | ((ULONG)save->SaveDataOffset << 16);
    if (!IsZero(&save->ExtensionId, sizeof(save->ExtensionId))) {
        Record->Flags |= SAVE_NAMED;
    }
}

static ULONG FormOf(PNDIS_OID_REQUEST Inner)
{
    if (Inner == NULL) {
        return NO_INNER;
    }
    if (Inner->RequestType == NdisRequestMethod) {
        return INNER_METHOD;
    }
    return Inner->RequestType == NdisRequestSetInformation ? INNER_SET : 0;
}

static VOID DescribeNicRequest(PRECORDING_RECORD Record, PCARRIED Carried)
{
    PNDIS_SWITCH_NIC_OID_REQUEST nic = Carried->Buffer;

    if (!Read(Record, Carried, NDIS_SIZEOF_NDIS_SWITCH_NIC_OID_REQUEST_REVISION_1,
              sizeof(*nic))) {
        return;
    }
    Record->Port = nic->SourcePortId;
    Record->Nic = nic->SourceNicIndex;
    Record->OtherPort = nic->DestinationPortId;
    Record->OtherNic = nic->DestinationNicIndex;
    Record->Flags |= FormOf(nic->OidRequest);
    if (nic->OidRequest != NULL) {
        Record->Detail = nic->OidRequest->DATA.QUERY_INFORMATION.Oid;
    }
}

static VOID DescribePortProperty(PRECORDING_RECORD Record, PCARRIED Carried)
{
    PNDIS_SWITCH_PORT_PROPERTY_PARAMETERS property = Carried->Buffer;
    PNDIS_SWITCH_PORT_PROPERTY_DELETE_PARAMETERS deleted = Carried->Buffer;

    if (Carried->Oid == OID_SWITCH_PORT_PROPERTY_DELETE) {
        if (Read(Record, Carried,
                 NDIS_SIZEOF_NDIS_SWITCH_PORT_PROPERTY_DELETE_PARAMETERS_REVISION_1,
                 sizeof(*deleted))) {
            Record->Port = deleted->PortId;
            Record->Detail = (ULONG)deleted->PropertyType;
        }
    } else if (Read(Record, Carried, NDIS_SIZEOF_NDIS_SWITCH_PORT_PROPERTY_PARAMETERS_REVISION_1,
                    sizeof(*property))) {
        Record->Port = property->PortId;
        Record->Detail = (ULONG)property->PropertyType;
    }
}

static VOID DescribeSwitchProperty(PRECORDING_RECORD Record, PCARRIED Carried)
{
    PNDIS_SWITCH_PROPERTY_PARAMETERS property = Carried->Buffer;
    PNDIS_SWITCH_PROPERTY_DELETE_PARAMETERS deleted = Carried->Buffer;

    if (Carried->Oid == OID_SWITCH_PROPERTY_DELETE) {
        if (Read(Record, Carried, NDIS_SIZEOF_NDIS_SWITCH_PROPERTY_DELETE_PARAMETERS_REVISION_1,
                 sizeof(*deleted))) {
            Record->Detail = (ULONG)deleted->PropertyType;
        }
    } else if (Read(Record, Carried, NDIS_SIZEOF_NDIS_SWITCH_PROPERTY_PARAMETERS_REVISION_1,
                    sizeof(*property))) {
        Record->Detail = (ULONG)property->PropertyType;
    }
}

/* A query or an enumeration: the room in its buffer, and the port that it is about. */
static VOID DescribeQuestion(PRECORDING_RECORD Record, PCARRIED Carried)
{
    PNDIS_SWITCH_PORT_PROPERTY_ENUM_PARAMETERS properties = Carried->Buffer;
    PNDIS_SWITCH_PORT_FEATURE_STATUS_PARAMETERS feature = Carried->Buffer;

    Record->Flags = min(Carried->Bytes, NUMBER_MAX) << 8;
    if (Carried->Oid == OID_SWITCH_PORT_PROPERTY_ENUM && Has(Carried, sizeof(*properties))) {
        Record->Port = properties->PortId;
    }
    if (Carried->Oid == OID_SWITCH_PORT_FEATURE_STATUS_QUERY && Has(Carried, sizeof(*feature))) {
        Record->Port = feature->PortId;
    }
}

static VOID DescribeBuffer(PRECORDING_RECORD Record, PCARRIED Carried)
{
    Record->Flags = 0;
    switch (Carried->Oid) {
    case OID_SWITCH_PORT_CREATE:
    case OID_SWITCH_PORT_UPDATED:
    case OID_SWITCH_PORT_TEARDOWN:
    case OID_SWITCH_PORT_DELETE:
        DescribePort(Record, Carried);
        break;
    case OID_SWITCH_NIC_CREATE:
    case OID_SWITCH_NIC_CONNECT:
    case OID_SWITCH_NIC_UPDATED:
    case OID_SWITCH_NIC_DISCONNECT:
    case OID_SWITCH_NIC_DELETE:
        DescribeNic(Record, Carried);
        break;
    case OID_SWITCH_NIC_SAVE:
    case OID_SWITCH_NIC_SAVE_COMPLETE:
    case OID_SWITCH_NIC_RESTORE:
    case OID_SWITCH_NIC_RESTORE_COMPLETE:
        DescribeSave(Record, Carried);
        break;
    case OID_SWITCH_NIC_REQUEST:
        DescribeNicRequest(Record, Carried);
        break;
    case OID_SWITCH_PORT_PROPERTY_ADD:
    case OID_SWITCH_PORT_PROPERTY_UPDATE:
    case OID_SWITCH_PORT_PROPERTY_DELETE:
        DescribePortProperty(Record, Carried);
        break;
    case OID_SWITCH_PROPERTY_ADD:
    case OID_SWITCH_PROPERTY_UPDATE:
    case OID_SWITCH_PROPERTY_DELETE:
        DescribeSwitchProperty(Record, Carried);
        break;
    default:
        DescribeQuestion(Record, Carried);
        break;
    }
}

VOID DescribeRequest(PRECORDING_RECORD Record, PNDIS_OID_REQUEST Request)
{
    CARRIED carried;

    CarriedBy(Request, &carried);
    Record->Object = (ULONG_PTR)Request;
    Record->Oid = carried.Oid;
    DescribeBuffer(Record, &carried);
}

/* What the switch answered. */
static VOID DescribeAnswer(PRECORDING_RECORD Record, PCARRIED Carried)
{
    PNDIS_SWITCH_PARAMETERS parameters = Carried->Buffer;

    if (Carried->Oid == OID_SWITCH_PARAMETERS && Has(Carried, sizeof(*parameters))) {
        Record->Detail = parameters->IsActive ? 1 : 0;
    }
    if (Carried->Overstated) {
        Record->Flags |= OVERSTATED;
    }
}

VOID DescribeResult(PRECORDING_RECORD Record, PNDIS_OID_REQUEST Request, NDIS_STATUS Status)
{
    CARRIED carried;

    CarriedBy(Request, &carried);
    DescribeBuffer(Record, &carried);
    if (Status == NDIS_STATUS_SUCCESS) {
        DescribeAnswer(Record, &carried);
    }
    if (Status == NDIS_STATUS_INVALID_LENGTH || Status == NDIS_STATUS_BUFFER_TOO_SHORT) {
        Record->Detail = carried.Needed;
    }
}

VOID DescribeIndication(PRECORDING_RECORD Record, PNDIS_STATUS_INDICATION Indication)
{
    PNDIS_SWITCH_NIC_STATUS_INDICATION wrapper = Indication->StatusBuffer;

    Record->Status = (ULONG)Indication->StatusCode;
    if (Indication->StatusCode != NDIS_STATUS_SWITCH_NIC_STATUS
        || Indication->StatusBufferSize < sizeof(*wrapper)) {
        return;
    }
    Record->Port = wrapper->SourcePortId;
    Record->Nic = wrapper->SourceNicIndex;
    Record->OtherPort = wrapper->DestinationPortId;
    Record->OtherNic = wrapper->DestinationNicIndex;
    Record->Flags = NO_INNER;
    if (wrapper->StatusIndication != NULL) {
        Record->Detail = (ULONG)wrapper->StatusIndication->StatusCode;
        Record->Flags = wrapper->StatusIndication->StatusBuffer != NULL
                || wrapper->StatusIndication->StatusBufferSize != 0
            ? INNER_DATA : 0;
    }
}
