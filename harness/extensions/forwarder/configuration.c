/*
 * What was there before us. First OID_SWITCH_PARAMETERS is asked; the NICs only when
 * the switch is active, at restart or when it says so. Notifications that come
 * meanwhile are newer than any answer.
 */
#include "forwarder.h"

static VOID AskParameters(PFILTER_MODULE Module)
{
    PFORWARDER forwarder = ForwarderOf(Module);
    NDIS_SWITCH_PARAMETERS parameters;
    LOCK_STATE_EX lockState;

    if (!AskSwitchParameters(Module, &parameters)) {
        return;
    }
    NdisAcquireRWLockWrite(forwarder->Lock, &lockState, 0);
    forwarder->AreParametersKnown = TRUE;
    forwarder->IsActive = forwarder->IsActive || parameters.IsActive;
    NdisReleaseRWLock(forwarder->Lock, &lockState);
}

/* The array to be freed by the caller, or NULL. */
static PNDIS_SWITCH_NIC_ARRAY AskNicArray(PFILTER_MODULE Module)
{
    static const NDIS_OBJECT_HEADER header = {
        .Type = NDIS_OBJECT_TYPE_DEFAULT,
        .Revision = NDIS_SWITCH_NIC_ARRAY_REVISION_1,
        .Size = NDIS_SIZEOF_NDIS_SWITCH_NIC_ARRAY_REVISION_1,
    };

    return AskSwitchArray(Module, OID_SWITCH_NIC_ARRAY, header, sizeof(NDIS_SWITCH_NIC_ARRAY));
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
