/*
 * What was there before us, and what the switch allows its ports. First OID_SWITCH_PARAMETERS is
 * asked; the rest only when the switch is active, at restart or when it says so.
 */
#include "source_guard.h"

static BOOLEAN BeginLearning(PSOURCE_GUARD Guard)
{
    BOOLEAN isOurs;

    NdisAcquireSpinLock(&Guard->Lock);
    isOurs = !Guard->IsLearning;
    if (isOurs) {
        Guard->IsLearning = TRUE;
        NdisResetEvent(&Guard->LearningEnded);
    }
    NdisReleaseSpinLock(&Guard->Lock);
    return isOurs;
}

static VOID EndLearning(PSOURCE_GUARD Guard)
{
    NdisAcquireSpinLock(&Guard->Lock);
    Guard->IsLearning = FALSE;
    NdisSetEvent(&Guard->LearningEnded);
    NdisReleaseSpinLock(&Guard->Lock);
}

VOID WaitForLearning(PSOURCE_GUARD Guard)
{
    BOOLEAN isLearning;

    do {
        NdisAcquireSpinLock(&Guard->Lock);
        isLearning = Guard->IsLearning;
        NdisReleaseSpinLock(&Guard->Lock);
        if (isLearning) {
            NdisWaitEvent(&Guard->LearningEnded, 0);
        }
    } while (isLearning);
}

static VOID AskParameters(PFILTER_MODULE Module)
{
    PSOURCE_GUARD guard = GuardOf(Module);
    NDIS_SWITCH_PARAMETERS parameters;

    if (!AskSwitchParameters(Module, &parameters)) {
        return;
    }
    NdisAcquireSpinLock(&guard->Lock);
    guard->AreParametersKnown = TRUE;
    guard->IsActive = guard->IsActive || parameters.IsActive;
    NdisReleaseSpinLock(&guard->Lock);
}

/* The array to be freed by the caller, or NULL. */
static PNDIS_SWITCH_PORT_ARRAY AskPortArray(PFILTER_MODULE Module)
{
    static const NDIS_OBJECT_HEADER header = {
        .Type = NDIS_OBJECT_TYPE_DEFAULT,
        .Revision = NDIS_SWITCH_PORT_ARRAY_REVISION_1,
        .Size = NDIS_SIZEOF_NDIS_SWITCH_PORT_ARRAY_REVISION_1,
    };

    return AskSwitchArray(Module, OID_SWITCH_PORT_ARRAY, header, sizeof(NDIS_SWITCH_PORT_ARRAY));
}

/* FALSE when there is no memory for it. */
static BOOLEAN AdoptPort(PSOURCE_GUARD Guard, PNDIS_SWITCH_PORT_PARAMETERS Parameters)
{
    PGUARDED_PORT port;

    /* Of what is below at this moment, its completion tells. */
    if (Parameters->IsValidationPort || Parameters->PortId == Guard->PortIdBelow) {
        return TRUE;
    }
    port = AddPort(Guard, Parameters->PortId);
    if (port != NULL && Parameters->PortState != NdisSwitchPortStateCreated) {
        port->IsLeaving = TRUE;
    }
    return port != NULL;
}

static BOOLEAN AdoptPorts(PSOURCE_GUARD Guard, PNDIS_SWITCH_PORT_ARRAY Ports)
{
    BOOLEAN isDone = TRUE;
    ULONG index;

    NdisAcquireSpinLock(&Guard->Lock);
    for (index = 0; index < Ports->NumElements; ++index) {
        isDone = AdoptPort(Guard, NDIS_SWITCH_PORT_AT_ARRAY_INDEX(Ports, index)) && isDone;
    }
    Guard->ArePortsKnown = isDone;
    NdisReleaseSpinLock(&Guard->Lock);
    return isDone;
}

static BOOLEAN LearnPorts(PFILTER_MODULE Module)
{
    PNDIS_SWITCH_PORT_ARRAY ports = AskPortArray(Module);
    BOOLEAN isDone;

    if (ports == NULL) {
        return FALSE;
    }
    isDone = AdoptPorts(GuardOf(Module), ports);
    ExFreePoolWithTag(ports, EXTENSION_TAG);
    return isDone;
}

/* The next port that may be referenced; FALSE when there is none above that one. */
static BOOLEAN NextPort(PSOURCE_GUARD Guard, PNDIS_SWITCH_PORT_ID PortId)
{
    PGUARDED_PORT port;

    NdisAcquireSpinLock(&Guard->Lock);
    do {
        port = FindPortAbove(Guard, *PortId);
        if (port != NULL) {
            *PortId = port->PortId;
        }
    } while (port != NULL && (port->IsLeaving || port->PortId == Guard->PortIdBelow));
    NdisReleaseSpinLock(&Guard->Lock);
    return port != NULL;
}

static VOID LearnPolicies(PFILTER_MODULE Module)
{
    PSOURCE_GUARD guard = GuardOf(Module);
    NDIS_SWITCH_PORT_ID portId = NDIS_SWITCH_DEFAULT_PORT_ID;

    while (NextPort(guard, &portId)) {
        BOOLEAN maySpoof = AskWhetherItMaySpoof(Module, portId);
        PGUARDED_PORT port;

        NdisAcquireSpinLock(&guard->Lock);
        port = FindPort(guard, portId);
        if (port != NULL) {
            port->MaySpoof = maySpoof;
        }
        NdisReleaseSpinLock(&guard->Lock);
    }
}

static BOOLEAN ReadFlag(PSOURCE_GUARD Guard, const BOOLEAN* Flag)
{
    BOOLEAN value;

    NdisAcquireSpinLock(&Guard->Lock);
    value = *Flag;
    NdisReleaseSpinLock(&Guard->Lock);
    return value;
}

/* FALSE if something could not be asked. Then it is tried again at the next restart. */
static BOOLEAN Learn(PFILTER_MODULE Module)
{
    PSOURCE_GUARD guard = GuardOf(Module);

    if (!ReadFlag(guard, &guard->AreParametersKnown)) {
        AskParameters(Module);
    }
    if (!ReadFlag(guard, &guard->AreParametersKnown)) {
        return FALSE;
    }
    if (!ReadFlag(guard, &guard->IsActive)) {
        return TRUE;
    }
    if (!ReadFlag(guard, &guard->ArePortsKnown) && !LearnPorts(Module)) {
        return FALSE;
    }
    LearnPolicies(Module);
    return TRUE;
}

VOID SourceGuardRestart(PFILTER_MODULE Module)
{
    PSOURCE_GUARD guard = GuardOf(Module);
    BOOLEAN isDone;

    while (!BeginLearning(guard)) {
        WaitForLearning(guard);
    }
    isDone = Learn(Module);
    if (isDone || !HAS_FLAW(FAILURE_NOT_TOLD)) {
        EndLearning(guard);
    }
}

VOID SourceGuardActivate(PFILTER_MODULE Module)
{
    PSOURCE_GUARD guard = GuardOf(Module);

    NdisAcquireSpinLock(&guard->Lock);
    guard->IsActive = TRUE;
    NdisReleaseSpinLock(&guard->Lock);
    SourceGuardRestart(Module);
}
