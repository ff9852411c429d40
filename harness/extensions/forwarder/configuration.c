/*
 * What was there before us. First OID_SWITCH_PARAMETERS is asked; the NICs only when
 * the switch is active, at restart or when it says so. Notifications that come
 * meanwhile are newer than any answer.
 */
#include "forwarder.h"

#define TRIES_MAX 16

static VOID AskParameters(PFILTER_MODULE Module)
{
    PFORWARDER forwarder = ForwarderOf(Module);
    NDIS_SWITCH_PARAMETERS parameters;
    LOCK_STATE_EX lockState;
    ULONG needed;
    NDIS_STATUS status;

    RtlZeroMemory(&parameters, sizeof(parameters));
    parameters.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    parameters.Header.Revision = NDIS_SWITCH_PARAMETERS_REVISION_1;
    parameters.Header.Size = NDIS_SIZEOF_NDIS_SWITCH_PARAMETERS_REVISION_1;

    status = QuerySwitch(Module, OID_SWITCH_PARAMETERS, &parameters, sizeof(parameters), &needed);
    if (status != NDIS_STATUS_SUCCESS) {
        return;
    }
    NdisAcquireRWLockWrite(forwarder->Lock, &lockState, 0);
    forwarder->AreParametersKnown = TRUE;
    forwarder->IsActive = forwarder->IsActive || parameters.IsActive;
    NdisReleaseRWLock(forwarder->Lock, &lockState);
}

static PNDIS_SWITCH_NIC_ARRAY AllocateNicArray(ULONG Length)
{
    PNDIS_SWITCH_NIC_ARRAY nics = ExAllocatePool2(POOL_FLAG_NON_PAGED, Length, EXTENSION_TAG);

    if (nics != NULL) {
        nics->Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
        nics->Header.Revision = NDIS_SWITCH_NIC_ARRAY_REVISION_1;
        nics->Header.Size = NDIS_SIZEOF_NDIS_SWITCH_NIC_ARRAY_REVISION_1;
    }
    return nics;
}

/* The array to be freed by the caller, or NULL. */
static PNDIS_SWITCH_NIC_ARRAY AskNicArray(PFILTER_MODULE Module)
{
    ULONG length = sizeof(NDIS_SWITCH_NIC_ARRAY);
    ULONG needed = 0;
    ULONG tries;

    /* NICs may come between being told the size and asking with it. */
    for (tries = 0; tries < TRIES_MAX; ++tries) {
        PNDIS_SWITCH_NIC_ARRAY nics = AllocateNicArray(length);
        NDIS_STATUS status;

        if (nics == NULL) {
            return NULL;
        }
        status = QuerySwitch(Module, OID_SWITCH_NIC_ARRAY, nics, length, &needed);
        if (status == NDIS_STATUS_SUCCESS) {
            return nics;
        }
        ExFreePoolWithTag(nics, EXTENSION_TAG);
        if (status != NDIS_STATUS_INVALID_LENGTH || needed <= length) {
            return NULL;
        }
        length = needed;
    }
    return NULL;
}

static BOOLEAN IsDestinationState(NDIS_SWITCH_NIC_STATE State)
{
    return State == NdisSwitchNicStateConnected
        || (HAS_FLAW(CREATED_AS_CONNECTED) && State == NdisSwitchNicStateCreated);
}

static VOID AdoptNic(PFORWARDER Forwarder, PNDIS_SWITCH_NIC_PARAMETERS Parameters)
{
    BOOLEAN isBelow = Forwarder->IsNicOidBelow && Forwarder->PortIdBelow == Parameters->PortId
        && Forwarder->NicIndexBelow == Parameters->NicIndex;
    PNIC nic;

    if (isBelow || !IsDestinationState(Parameters->NicState)
        || FindNic(Forwarder, Parameters->PortId, Parameters->NicIndex) != NULL) {
        return;
    }
    nic = FindOrAddNic(Forwarder, Parameters);
    if (nic != NULL) {
        ConnectNic(Forwarder, nic);
    }
}

/* FALSE if the answer is older than what the switch has told since. */
static BOOLEAN AdoptNicArray(PFORWARDER Forwarder, PNDIS_SWITCH_NIC_ARRAY Nics, ULONG Generation)
{
    LOCK_STATE_EX lockState;
    BOOLEAN isFresh;
    ULONG index;

    NdisAcquireRWLockWrite(Forwarder->Lock, &lockState, 0);
    isFresh = Forwarder->NicOidGeneration == Generation;
    for (index = 0; isFresh && index < Nics->NumElements; ++index) {
        AdoptNic(Forwarder, NDIS_SWITCH_NIC_AT_ARRAY_INDEX(Nics, index));
    }
    NdisReleaseRWLock(Forwarder->Lock, &lockState);
    return isFresh;
}

static ULONG NicOidGeneration(PFORWARDER Forwarder)
{
    LOCK_STATE_EX lockState;
    ULONG generation;

    NdisAcquireRWLockRead(Forwarder->Lock, &lockState, 0);
    generation = Forwarder->NicOidGeneration;
    NdisReleaseRWLock(Forwarder->Lock, &lockState);
    return generation;
}

static BOOLEAN LearnNics(PFILTER_MODULE Module)
{
    PFORWARDER forwarder = ForwarderOf(Module);
    BOOLEAN isAdopted;

    do {
        ULONG generation = NicOidGeneration(forwarder);
        PNDIS_SWITCH_NIC_ARRAY nics = AskNicArray(Module);

        if (nics == NULL) {
            return FALSE;
        }
        isAdopted = AdoptNicArray(forwarder, nics, generation);
        ExFreePoolWithTag(nics, EXTENSION_TAG);
    } while (!isAdopted);
    return TRUE;
}

static BOOLEAN BeginLearning(PFORWARDER Forwarder)
{
    LOCK_STATE_EX lockState;
    BOOLEAN isOurs;

    NdisAcquireRWLockWrite(Forwarder->Lock, &lockState, 0);
    isOurs = !Forwarder->IsLearning && !Forwarder->IsConfigurationKnown;
    if (isOurs) {
        Forwarder->IsLearning = TRUE;
    }
    NdisReleaseRWLock(Forwarder->Lock, &lockState);
    return isOurs;
}

/* FALSE ends the learning: an activation that comes after this starts it anew. */
static BOOLEAN MayAskForNics(PFORWARDER Forwarder)
{
    LOCK_STATE_EX lockState;
    BOOLEAN mayAsk;

    NdisAcquireRWLockWrite(Forwarder->Lock, &lockState, 0);
    mayAsk = Forwarder->AreParametersKnown && (Forwarder->IsActive || HAS_FLAW(EARLY_QUERY));
    Forwarder->IsLearning = mayAsk;
    NdisReleaseRWLock(Forwarder->Lock, &lockState);
    return mayAsk;
}

static VOID EndLearning(PFORWARDER Forwarder, BOOLEAN IsKnown)
{
    LOCK_STATE_EX lockState;

    NdisAcquireRWLockWrite(Forwarder->Lock, &lockState, 0);
    Forwarder->IsLearning = FALSE;
    Forwarder->IsConfigurationKnown = IsKnown;
    NdisReleaseRWLock(Forwarder->Lock, &lockState);
}

/* What fails is tried again at the next restart; until then unknown NICs get nothing. */
VOID LearnConfiguration(PFILTER_MODULE Module)
{
    PFORWARDER forwarder = ForwarderOf(Module);

    if (!BeginLearning(forwarder)) {
        return;
    }
    if (!forwarder->AreParametersKnown) {
        AskParameters(Module);
    }
    if (MayAskForNics(forwarder)) {
        EndLearning(forwarder, LearnNics(Module));
    }
}

VOID ForwarderActivate(PFILTER_MODULE Module)
{
    PFORWARDER forwarder = ForwarderOf(Module);
    LOCK_STATE_EX lockState;

    NdisAcquireRWLockWrite(forwarder->Lock, &lockState, 0);
    forwarder->IsActive = TRUE;
    NdisReleaseRWLock(forwarder->Lock, &lockState);
    LearnConfiguration(Module);
}
