/*
 * Flaws in making packets of one's own.
 * Pages: originating-packet-traffic, cloning-or-duplicating-packet-traffic.
 */
#include "mutant.h"

#define FRAME_LENGTH 60

static NDIS_HANDLE Pool;

static VOID CreatePool(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;

    UNREFERENCED_PARAMETER(Characteristics);
    RtlZeroMemory(&parameters, sizeof(parameters));
    parameters.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    parameters.Header.Revision = NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    parameters.Header.Size = NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    parameters.fAllocateNetBuffer = TRUE;
    parameters.DataSize = FRAME_LENGTH;
    parameters.PoolTag = EXTENSION_TAG;
    Pool = NdisAllocateNetBufferListPool(NULL, &parameters);
}

static VOID DeletePool(PDRIVER_OBJECT DriverObject)
{
    NdisFreeNetBufferListPool(Pool);
    GoodUnload(DriverObject);
}

static BOOLEAN IsOwn(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList)
{
    return NetBufferList->SourceHandle == Module->FilterHandle;
}

static VOID AllocateContext(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList)
{
    Module->SwitchHandlers.AllocateNetBufferListForwardingContext(Module->SwitchContext,
                                                                  NetBufferList);
}

static VOID FreeContext(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList)
{
    Module->SwitchHandlers.FreeNetBufferListForwardingContext(Module->SwitchContext, NetBufferList);
}

/* A broadcast, without a forwarding context. */
static PNET_BUFFER_LIST MakeBare(PFILTER_MODULE Module)
{
    PNET_BUFFER_LIST made = NdisAllocateNetBufferList(Pool, 0, 0);
    PNET_BUFFER buffer = NET_BUFFER_LIST_FIRST_NB(made);

    NdisRetreatNetBufferDataStart(buffer, FRAME_LENGTH, 0, NULL);
    RtlFillMemory(NdisGetDataBuffer(buffer, FRAME_LENGTH, NULL, 1, 0), FRAME_LENGTH, 0xFF);
    made->SourceHandle = Module->FilterHandle;
    return made;
}

static PNET_BUFFER_LIST Make(PFILTER_MODULE Module)
{
    PNET_BUFFER_LIST made = MakeBare(Module);

    AllocateContext(Module, made);
    NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(made)->IsPacketDataSafe = TRUE;
    return made;
}

static PNET_BUFFER_LIST Clone(PFILTER_MODULE Module, PNET_BUFFER_LIST Original, UINT32 CopyFlags)
{
    PNET_BUFFER_LIST clone = NdisAllocateCloneNetBufferList(Original, NULL, NULL, 0);

    clone->SourceHandle = Module->FilterHandle;
    clone->ParentNetBufferList = Original;
    AllocateContext(Module, clone);
    Module->SwitchHandlers.CopyNetBufferListInfo(Module->SwitchContext, clone, Original, CopyFlags);
    return clone;
}

static VOID Free(PNET_BUFFER_LIST Own)
{
    if (NdisGetPoolFromNetBufferList(Own) == NULL) {
        NdisFreeCloneNetBufferList(Own, 0);
    } else {
        NdisFreeNetBufferList(Own);
    }
}

static VOID SendOwn(PFILTER_MODULE Module, PNET_BUFFER_LIST Own)
{
    NdisFSendNetBufferLists(Module->FilterHandle, Own, NDIS_DEFAULT_PORT_NUMBER,
                            SendFlagsFor(Own, FALSE));
}

static VOID IndicateOwn(PFILTER_MODULE Module, PNET_BUFFER_LIST Own)
{
    NdisFIndicateReceiveNetBufferLists(Module->FilterHandle, Own, NDIS_DEFAULT_PORT_NUMBER, 1,
                                       NDIS_RECEIVE_FLAGS_SWITCH_SINGLE_SOURCE);
}

/* Takes a list apart: what is our own goes to `Dispose`, the rest is the result. */
static PNET_BUFFER_LIST DisposeOfOwn(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists,
                                     VOID (*Dispose)(PFILTER_MODULE, PNET_BUFFER_LIST))
{
    NBL_LIST others;

    NblListInitialize(&others);
    while (NetBufferLists != NULL) {
        PNET_BUFFER_LIST current = PopNetBufferList(&NetBufferLists);

        if (IsOwn(Module, current)) {
            Dispose(Module, current);
        } else {
            NblListAppend(&others, current);
        }
    }
    return others.Head;
}

static VOID Unmake(PFILTER_MODULE Module, PNET_BUFFER_LIST Own)
{
    FreeContext(Module, Own);
    Free(Own);
}

static VOID UnmakeKeepingContext(PFILTER_MODULE Module, PNET_BUFFER_LIST Own)
{
    UNREFERENCED_PARAMETER(Module);
    Free(Own);
}

static VOID SendCompleteBy(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                           ULONG Flags, VOID (*Dispose)(PFILTER_MODULE, PNET_BUFFER_LIST))
{
    PNET_BUFFER_LIST others = DisposeOfOwn(FilterModuleContext, NetBufferLists, Dispose);

    if (others != NULL) {
        FilterSendNetBufferListsComplete(FilterModuleContext, others, Flags);
    }
}

static VOID TakeBack(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists, ULONG Flags)
{
    SendCompleteBy(Module, NetBufferLists, Flags, Unmake);
}

static VOID TakeBackWithContext(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists, ULONG Flags)
{
    SendCompleteBy(Module, NetBufferLists, Flags, UnmakeKeepingContext);
}

static VOID TakeBackUp(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                       ULONG Flags)
{
    PNET_BUFFER_LIST others = DisposeOfOwn(FilterModuleContext, NetBufferLists, Unmake);

    if (others != NULL) {
        FilterReturnNetBufferLists(FilterModuleContext, others, Flags);
    }
}

/* Calls `Flaw` with the first of a list that is sent while the module runs, and passes it on. */
static VOID SendAfter(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                      NDIS_PORT_NUMBER Port, ULONG SendFlags,
                      VOID (*Flaw)(PFILTER_MODULE, PNET_BUFFER_LIST))
{
    PFILTER_MODULE module = FilterModuleContext;

    if (module->State == ModuleRunning) {
        Flaw(module, NetBufferLists);
    }
    FilterSendNetBufferLists(FilterModuleContext, NetBufferLists, Port, SendFlags);
}

#define SENDS_AFTER(flaw)                                                                   \
    static VOID flaw##First(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists,            \
                            NDIS_PORT_NUMBER Port, ULONG SendFlags)                         \
    {                                                                                       \
        SendAfter(Module, NetBufferLists, Port, SendFlags, flaw);                           \
    }

static VOID SendMade(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList)
{
    UNREFERENCED_PARAMETER(NetBufferList);
    SendOwn(Module, Make(Module));
}
SENDS_AFTER(SendMade)

static VOID SendBare(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList)
{
    UNREFERENCED_PARAMETER(NetBufferList);
    SendOwn(Module, MakeBare(Module));
}
SENDS_AFTER(SendBare)

static VOID SendUnsafe(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList)
{
    PNET_BUFFER_LIST made = Make(Module);

    UNREFERENCED_PARAMETER(NetBufferList);
    NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(made)->IsPacketDataSafe = FALSE;
    SendOwn(Module, made);
}
SENDS_AFTER(SendUnsafe)

static VOID CopyOverSource(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList)
{
    PNET_BUFFER_LIST made = Make(Module);

    Module->SwitchHandlers.SetNetBufferListSource(Module->SwitchContext, made,
                                                  NDIS_SWITCH_DEFAULT_PORT_ID,
                                                  NDIS_SWITCH_DEFAULT_NIC_INDEX);
    Module->SwitchHandlers.CopyNetBufferListInfo(Module->SwitchContext, made, NetBufferList, 0);
    Unmake(Module, made);
}
SENDS_AFTER(CopyOverSource)

static VOID SourceFromGone(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList)
{
    UNREFERENCED_PARAMETER(NetBufferList);
    if (Seen.Gone.IsKnown) {
        PNET_BUFFER_LIST made = Make(Module);

        Module->SwitchHandlers.SetNetBufferListSource(Module->SwitchContext, made, Seen.Gone.PortId,
                                                      Seen.Gone.NicIndex);
        Unmake(Module, made);
    }
}
SENDS_AFTER(SourceFromGone)

static VOID IndicateMade(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList)
{
    UNREFERENCED_PARAMETER(NetBufferList);
    IndicateOwn(Module, Make(Module));
}
SENDS_AFTER(IndicateMade)

static VOID IndicateClone(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList)
{
    IndicateOwn(Module, Clone(Module, NetBufferList,
                              NDIS_SWITCH_COPY_NBL_INFO_FLAGS_PRESERVE_DESTINATIONS));
}
SENDS_AFTER(IndicateClone)

/*
 * Clones go down in place of their originals, which are kept until their clones are home: each is
 * in ParentNetBufferList of its clone, or for want of that in its Scratch.
 */
static VOID FinishOriginal(PFILTER_MODULE Module, PNET_BUFFER_LIST Own)
{
    PNET_BUFFER_LIST original = Own->Scratch;

    Unmake(Module, Own);
    if (original != NULL) {
        CompleteSend(Module, original, NDIS_STATUS_SUCCESS, FALSE);
    }
}

static VOID TakeBackBoth(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists, ULONG Flags)
{
    SendCompleteBy(Module, NetBufferLists, Flags, FinishOriginal);
}

static VOID SendInItsPlace(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                           NDIS_PORT_NUMBER Port, ULONG SendFlags, UINT32 CopyFlags,
                           BOOLEAN NamesParent)
{
    PFILTER_MODULE module = FilterModuleContext;

    if (module->State != ModuleRunning) {
        FilterSendNetBufferLists(FilterModuleContext, NetBufferLists, Port, SendFlags);
        return;
    }
    while (NetBufferLists != NULL) {
        PNET_BUFFER_LIST current = PopNetBufferList(&NetBufferLists);
        PNET_BUFFER_LIST clone = Clone(module, current, CopyFlags);

        clone->Scratch = current;
        if (!NamesParent) {
            clone->ParentNetBufferList = NULL;
        }
        SendOwn(module, clone);
    }
}

static VOID SendClones(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER Port,
                       ULONG SendFlags)
{
    SendInItsPlace(Module, NetBufferLists, Port, SendFlags, 0, TRUE);
}

static VOID SendClonesAddressed(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists,
                                NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
    SendInItsPlace(Module, NetBufferLists, Port, SendFlags,
                   NDIS_SWITCH_COPY_NBL_INFO_FLAGS_PRESERVE_DESTINATIONS, TRUE);
}

static VOID SendOrphans(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER Port,
                        ULONG SendFlags)
{
    SendInItsPlace(Module, NetBufferLists, Port, SendFlags, 0, FALSE);
}

/* Their originals are finished when the clones come by on their way up. */
static VOID FinishOriginalsEarly(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                                 NDIS_PORT_NUMBER Port, ULONG Count, ULONG ReceiveFlags)
{
    PFILTER_MODULE module = FilterModuleContext;
    PNET_BUFFER_LIST each;

    for (each = NetBufferLists; each != NULL; each = NET_BUFFER_LIST_NEXT_NBL(each)) {
        if (IsOwn(module, each) && each->Scratch != NULL) {
            CompleteSend(module, each->Scratch, NDIS_STATUS_SUCCESS, FALSE);
            each->Scratch = NULL;
        }
    }
    FilterReceiveNetBufferLists(FilterModuleContext, NetBufferLists, Port, Count, ReceiveFlags);
}

/* One that comes by on its way up is taken for one that is home. */
static VOID FreeOnTheWay(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                         NDIS_PORT_NUMBER Port, ULONG Count, ULONG ReceiveFlags)
{
    if (IsOwn(FilterModuleContext, NetBufferLists)) {
        NdisFreeNetBufferList(NetBufferLists);
    }
    FilterReceiveNetBufferLists(FilterModuleContext, NetBufferLists, Port, Count, ReceiveFlags);
}

static NDIS_STATUS SendWhilePaused(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest)
{
    PFILTER_MODULE module = FilterModuleContext;

    if (module->State == ModulePaused) {
        SendOwn(module, Make(module));
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

#define WITH_POOL .Register = CreatePool, .Unload = DeletePool

const MUTANT OwnMutants[] = {
    {.Name = "sends_without_a_context", .Send = SendBareFirst, .SendComplete = TakeBack, WITH_POOL},
    {.Name = "keeps_the_context", .Send = SendMadeFirst, .SendComplete = TakeBackWithContext,
     WITH_POOL},
    {.Name = "copies_over_the_source", .Send = CopyOverSourceFirst, WITH_POOL},
    {.Name = "sends_clones_with_destinations", .Send = SendClonesAddressed,
     .SendComplete = TakeBackBoth},
    {.Name = "sends_unsafe_data", .Send = SendUnsafeFirst, .SendComplete = TakeBack, WITH_POOL},
    {.Name = "completes_its_own", .Send = SendMadeFirst, WITH_POOL},
    {.Name = "frees_what_is_under_way", .Send = SendMadeFirst, .SendComplete = TakeBack,
     .Receive = FreeOnTheWay, WITH_POOL},
    {.Name = "indicates_what_it_made", .Send = IndicateMadeFirst, .Return = TakeBackUp, WITH_POOL},
    {.Name = "indicates_a_clone_of_what_is_sent", .Send = IndicateCloneFirst,
     .Return = TakeBackUp},
    {.Name = "sends_clones_without_parent", .Send = SendOrphans, .SendComplete = TakeBackBoth},
    {.Name = "finishes_originals_early", .Send = SendClones, .SendComplete = TakeBackBoth,
     .Receive = FinishOriginalsEarly},
    {.Name = "sends_from_what_is_disconnected", .Send = SourceFromGoneFirst, WITH_POOL},
    {.Name = "does_not_wait_for_its_own", .Send = SendMadeFirst, .SendComplete = TakeBack,
     WITH_POOL},
    {.Name = "sends_while_paused", .OidRequest = SendWhilePaused, .SendComplete = TakeBack,
     WITH_POOL},
    {.Name = NULL},
};
