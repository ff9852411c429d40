/* Flaws in what is said of a packet's source and destinations. */
#include "mutant.h"

static PNDIS_SWITCH_FORWARDING_DESTINATION_ARRAY DestinationsOf(PFILTER_MODULE Module,
                                                                PNET_BUFFER_LIST NetBufferList)
{
    PNDIS_SWITCH_FORWARDING_DESTINATION_ARRAY destinations = NULL;

    Module->SwitchHandlers.GetNetBufferListDestinations(Module->SwitchContext, NetBufferList,
                                                        &destinations);
    return destinations;
}

static VOID Add(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList, PLACE Place)
{
    NDIS_SWITCH_PORT_DESTINATION destination;

    RtlZeroMemory(&destination, sizeof(destination));
    destination.PortId = Place.PortId;
    destination.NicIndex = Place.NicIndex;
    if (Place.IsKnown) {
        Module->SwitchHandlers.AddNetBufferListDestination(Module->SwitchContext, NetBufferList,
                                                           &destination);
    }
}

static BOOLEAN IsOurs(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferList)
{
    PFILTER_MODULE module = FilterModuleContext;

    return module->State == ModuleRunning
        && !NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(NetBufferList)->NativeForwardingRequired;
}

static VOID AddAndPass(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER Port,
                       ULONG SendFlags, PLACE Place, UINT32 Times)
{
    if (IsOurs(Module, NetBufferLists)) {
        while (Times-- > 0) {
            Add(Module, NetBufferLists, Place);
        }
    }
    FilterSendNetBufferLists(Module, NetBufferLists, Port, SendFlags);
}

static VOID AddAnother(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER Port,
                       ULONG SendFlags)
{
    AddAndPass(Module, NetBufferLists, Port, SendFlags, Seen.Guest, 1);
}

static VOID AddTooMany(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER Port,
                       ULONG SendFlags)
{
    AddAndPass(Module, NetBufferLists, Port, SendFlags, Seen.Guest, 2);
}

static VOID AddCreated(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER Port,
                       ULONG SendFlags)
{
    AddAndPass(Module, NetBufferLists, Port, SendFlags, Seen.Created, 1);
}

static VOID AddGone(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER Port,
                    ULONG SendFlags)
{
    AddAndPass(Module, NetBufferLists, Port, SendFlags, Seen.Gone, 1);
}

static VOID AddDeleted(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER Port,
                       ULONG SendFlags)
{
    AddAndPass(Module, NetBufferLists, Port, SendFlags, Seen.Deleted, 1);
}

static VOID AddIndexZero(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists,
                         NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
    PLACE external = Seen.Physical;

    external.NicIndex = 0;
    AddAndPass(Module, NetBufferLists, Port, SendFlags, external, 1);
}

static VOID PassUnaddressed(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                            NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
    PFILTER_MODULE module = FilterModuleContext;

    if (module->State != ModuleRunning) {
        FilterSendNetBufferLists(FilterModuleContext, NetBufferLists, Port, SendFlags);
        return;
    }
    NdisFSendNetBufferLists(module->FilterHandle, NetBufferLists, Port, SendFlags);
}

static VOID UpdateStale(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                        NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
    PFILTER_MODULE module = FilterModuleContext;
    PNDIS_SWITCH_FORWARDING_DESTINATION_ARRAY first = NULL;
    PNDIS_SWITCH_FORWARDING_DESTINATION_ARRAY second = NULL;

    if (IsOurs(module, NetBufferLists)) {
        module->SwitchHandlers.GrowNetBufferListDestinations(module->SwitchContext, NetBufferLists,
                                                             4, &first);
        module->SwitchHandlers.GrowNetBufferListDestinations(module->SwitchContext, NetBufferLists,
                                                             4, &second);
        module->SwitchHandlers.UpdateNetBufferListDestinations(module->SwitchContext,
                                                               NetBufferLists, 0, first);
    }
    FilterSendNetBufferLists(FilterModuleContext, NetBufferLists, Port, SendFlags);
}

static VOID AskAfterwards(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists,
                          NDIS_PORT_NUMBER Port, ULONG Count, ULONG ReceiveFlags)
{
    FilterReceiveNetBufferLists(Module, NetBufferLists, Port, Count, ReceiveFlags);
    DestinationsOf(Module, NetBufferLists);
}

static VOID MoveDestination(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists,
                            NDIS_PORT_NUMBER Port, ULONG Count, ULONG ReceiveFlags)
{
    PNDIS_SWITCH_FORWARDING_DESTINATION_ARRAY destinations =
        DestinationsOf(Module, NetBufferLists);

    if (destinations != NULL && destinations->NumDestinations > 0) {
        NDIS_SWITCH_PORT_DESTINATION_AT_ARRAY_INDEX(destinations, 0)->PortId += 100;
    }
    FilterReceiveNetBufferLists(Module, NetBufferLists, Port, Count, ReceiveFlags);
}

static NDIS_STRING Reason = NDIS_STRING_CONST("excluded by a flaw");

static UINT32 ExcludeFirst(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList, UINT32 CountMax)
{
    PNDIS_SWITCH_FORWARDING_DESTINATION_ARRAY destinations = DestinationsOf(Module, NetBufferList);
    PNET_BUFFER_LIST next = NET_BUFFER_LIST_NEXT_NBL(NetBufferList);
    UINT32 index;

    /* What is reported is a list of its own, of one packet. */
    NET_BUFFER_LIST_NEXT_NBL(NetBufferList) = NULL;
    for (index = 0; index < destinations->NumDestinations && index < CountMax; ++index) {
        PNDIS_SWITCH_PORT_DESTINATION destination =
            NDIS_SWITCH_PORT_DESTINATION_AT_ARRAY_INDEX(destinations, index);

        destination->IsExcluded = 1;
        Module->SwitchHandlers.ReportFilteredNetBufferLists(
            Module->SwitchContext, &ExtensionUniqueName, &ExtensionFriendlyName,
            destination->PortId, 0, 1, NetBufferList, &Reason);
    }
    NET_BUFFER_LIST_NEXT_NBL(NetBufferList) = next;
    return destinations->NumDestinations;
}

static VOID ExcludeAll(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                       NDIS_PORT_NUMBER Port, ULONG Count, ULONG ReceiveFlags)
{
    PFILTER_MODULE module = FilterModuleContext;

    ExcludeFirst(module, NetBufferLists, 0xFFFF);
    module->SwitchHandlers.UpdateNetBufferListDestinations(module->SwitchContext, NetBufferLists, 0,
                                                           DestinationsOf(module, NetBufferLists));
    FilterReceiveNetBufferLists(FilterModuleContext, NetBufferLists, Port, Count, ReceiveFlags);
}

static VOID ExcludeUncommitted(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                               NDIS_PORT_NUMBER Port, ULONG Count, ULONG ReceiveFlags)
{
    if (DestinationsOf(FilterModuleContext, NetBufferLists)->NumDestinations > 1) {
        ExcludeFirst(FilterModuleContext, NetBufferLists, 1);
    }
    FilterReceiveNetBufferLists(FilterModuleContext, NetBufferLists, Port, Count, ReceiveFlags);
}

static VOID WriteSource(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER Port,
                        ULONG SendFlags)
{
    NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(NetBufferLists)->SourcePortId =
        NDIS_SWITCH_DEFAULT_PORT_ID;
    FilterSendNetBufferLists(Module, NetBufferLists, Port, SendFlags);
}

static VOID WriteNative(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER Port,
                        ULONG SendFlags)
{
    NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(NetBufferLists)->NativeForwardingRequired = 1;
    FilterSendNetBufferLists(Module, NetBufferLists, Port, SendFlags);
}

const MUTANT DestinationMutants[] = {
    {.Name = "adds_a_destination", .Send = AddAnother},
    {.Name = "adds_too_many_destinations", .Send = AddTooMany},
    {.Name = "adds_what_is_only_created", .Send = AddCreated},
    {.Name = "adds_what_is_disconnected", .Send = AddGone},
    {.Name = "adds_what_is_deleted", .Send = AddDeleted},
    {.Name = "adds_index_zero", .Send = AddIndexZero},
    {.Name = "passes_without_destination", .Send = PassUnaddressed},
    {.Name = "updates_a_stale_array", .Send = UpdateStale},
    {.Name = "asks_for_destinations_afterwards", .Receive = AskAfterwards},
    {.Name = "moves_a_destination", .Receive = MoveDestination},
    {.Name = "excludes_all", .Receive = ExcludeAll},
    {.Name = "excludes_without_update", .Receive = ExcludeUncommitted},
    {.Name = "writes_the_source", .Send = WriteSource},
    {.Name = "writes_the_native_flag", .Send = WriteNative},
    {.Name = NULL},
};
