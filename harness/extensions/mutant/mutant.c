#include "mutant.h"

CHAR InterlockMutant[64] = "none";
PDRIVER_UNLOAD GoodUnload;

static const MUTANT* const Families[] = {
    ModuleMutants,      OidMutants,       RequestMutants, PacketMutants,
    DestinationMutants, ReferenceMutants, SaveMutants,    StatusMutants,  GoodWays,
    PolicyMutants,      HeldMutants,      OffloadMutants, StoppedMutants, ContextMutants,
    KeptMutants,
    OwnMutants,
#ifdef WITH_DEVICE
    DeviceMutants,
#endif
};

static PMUTANT FindIn(PMUTANT Family)
{
    for (; Family->Name != NULL; ++Family) {
        if (strcmp(Family->Name, InterlockMutant) == 0) {
            return Family;
        }
    }
    return NULL;
}

static PMUTANT Chosen(VOID)
{
    PMUTANT found = NULL;
    ULONG index;

    for (index = 0; found == NULL && index < ARRAYSIZE(Families); ++index) {
        found = FindIn(Families[index]);
    }
    return found;
}

#define REPLACE(target, mutated)    \
    if ((mutated) != NULL) {        \
        (target) = (mutated);       \
    }

VOID Mutate(PDRIVER_OBJECT DriverObject, PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    PMUTANT mutant = Chosen();

    if (mutant == NULL) {
        return;
    }
    GoodUnload = DriverObject->DriverUnload;
    Characteristics->OidRequestHandler = LearnOidRequest;
    Characteristics->DetachHandler = ForgetAtDetach;
    REPLACE(Characteristics->AttachHandler, mutant->Attach);
    REPLACE(Characteristics->DetachHandler, mutant->Detach);
    REPLACE(Characteristics->RestartHandler, mutant->Restart);
    REPLACE(Characteristics->PauseHandler, mutant->Pause);
    REPLACE(Characteristics->OidRequestHandler, mutant->OidRequest);
    REPLACE(Characteristics->OidRequestCompleteHandler, mutant->OidRequestComplete);
    REPLACE(Characteristics->SendNetBufferListsHandler, mutant->Send);
    REPLACE(Characteristics->SendNetBufferListsCompleteHandler, mutant->SendComplete);
    REPLACE(Characteristics->ReceiveNetBufferListsHandler, mutant->Receive);
    REPLACE(Characteristics->ReturnNetBufferListsHandler, mutant->Return);
    REPLACE(Characteristics->StatusHandler, mutant->Status);
    REPLACE(Characteristics->NetPnPEventHandler, mutant->NetPnPEvent);
    REPLACE(DriverObject->DriverUnload, mutant->Unload);
#ifdef WITH_DEVICE
    MutateDevice(mutant);
#endif
    if (mutant->Register != NULL) {
        mutant->Register(Characteristics);
    }
}
