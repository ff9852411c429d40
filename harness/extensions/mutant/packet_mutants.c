/* Flaws in handing packets on and back. */
#include "mutant.h"

static VOID SendOn(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists, ULONG SendFlags)
{
    NdisFSendNetBufferLists(Module->FilterHandle, NetBufferLists, NDIS_DEFAULT_PORT_NUMBER,
                            SendFlags);
}

static VOID IndicateOn(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists, ULONG Count,
                       ULONG ReceiveFlags)
{
    NdisFIndicateReceiveNetBufferLists(Module->FilterHandle, NetBufferLists,
                                       NDIS_DEFAULT_PORT_NUMBER, Count, ReceiveFlags);
}

static VOID LoseSent(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER Port,
                     ULONG SendFlags)
{
    if (NET_BUFFER_NEXT_NB(NET_BUFFER_LIST_FIRST_NB(NetBufferLists)) == NULL) {
        FilterSendNetBufferLists(Module, NetBufferLists, Port, SendFlags);
    }
}

static VOID LoseReceived(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists,
                         NDIS_PORT_NUMBER Port, ULONG Count, ULONG ReceiveFlags)
{
    UNREFERENCED_PARAMETER(Module);
    UNREFERENCED_PARAMETER(NetBufferLists);
    UNREFERENCED_PARAMETER(Port);
    UNREFERENCED_PARAMETER(Count);
    UNREFERENCED_PARAMETER(ReceiveFlags);
}

static VOID ReturnSent(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                       NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
    UNREFERENCED_PARAMETER(Port);
    ReturnReceive(FilterModuleContext, NetBufferLists,
                  NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags) ? TRUE : FALSE);
}

static VOID IndicateAgain(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                          ULONG ReturnFlags)
{
    static BOOLEAN isDone;

    if (isDone) {
        FilterReturnNetBufferLists(FilterModuleContext, NetBufferLists, ReturnFlags);
        return;
    }
    isDone = TRUE;
    IndicateOn(FilterModuleContext, NetBufferLists, CountNetBufferLists(NetBufferLists), 0);
}

static VOID CompleteAndSend(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                            NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
    PFILTER_MODULE module = FilterModuleContext;

    NdisFSendNetBufferListsComplete(module->FilterHandle, NetBufferLists, 0);
    SendOn(module, NetBufferLists, SendFlags);
    UNREFERENCED_PARAMETER(Port);
}

static VOID ShortenAndReturn(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                             ULONG ReturnFlags)
{
    --NET_BUFFER_DATA_LENGTH(NET_BUFFER_LIST_FIRST_NB(NetBufferLists));
    FilterReturnNetBufferLists(FilterModuleContext, NetBufferLists, ReturnFlags);
}

static VOID TakeOver(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                     NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
    PFILTER_MODULE module = FilterModuleContext;

    NetBufferLists->SourceHandle = module->FilterHandle;
    FilterSendNetBufferLists(FilterModuleContext, NetBufferLists, Port, SendFlags);
}

static VOID DropSilently(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                         NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
    PFILTER_MODULE module = FilterModuleContext;

    if (module->State != ModuleRunning) {
        FilterSendNetBufferLists(FilterModuleContext, NetBufferLists, Port, SendFlags);
        return;
    }
    CompleteSend(module, NetBufferLists, NDIS_STATUS_FAILURE, FALSE);
}

static NDIS_STRING Reason = NDIS_STRING_CONST("dropped by a flaw");

static VOID DropReported(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                         NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
    PFILTER_MODULE module = FilterModuleContext;

    if (module->State != ModuleRunning || NET_BUFFER_LIST_NEXT_NBL(NetBufferLists) != NULL) {
        FilterSendNetBufferLists(FilterModuleContext, NetBufferLists, Port, SendFlags);
        return;
    }
    ReportIngressDrop(module, NetBufferLists, &Reason);
    CompleteSend(module, NetBufferLists, NDIS_STATUS_FAILURE, FALSE);
}

static VOID DropUnderAnotherPort(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                                 NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
    PFILTER_MODULE module = FilterModuleContext;

    if (module->State != ModuleRunning || NET_BUFFER_LIST_NEXT_NBL(NetBufferLists) != NULL) {
        FilterSendNetBufferLists(FilterModuleContext, NetBufferLists, Port, SendFlags);
        return;
    }
    module->SwitchHandlers.ReportFilteredNetBufferLists(
        module->SwitchContext, &ExtensionUniqueName, &ExtensionFriendlyName, 77,
        NDIS_SWITCH_REPORT_FILTERED_NBL_FLAGS_IS_INCOMING, 1, NetBufferLists, &Reason);
    CompleteSend(module, NetBufferLists, NDIS_STATUS_FAILURE, FALSE);
}

static VOID CountOneMore(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists,
                         NDIS_PORT_NUMBER Port, ULONG Count, ULONG ReceiveFlags)
{
    FilterReceiveNetBufferLists(Module, NetBufferLists, Port, Count + 1, ReceiveFlags);
}

static VOID SayOneSource(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists,
                         NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
    FilterSendNetBufferLists(Module, NetBufferLists, Port,
                             SendFlags | NDIS_SEND_FLAGS_SWITCH_SINGLE_SOURCE);
}

static VOID ReturnWithoutFlag(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                              ULONG ReturnFlags)
{
    PFILTER_MODULE module = FilterModuleContext;

    NdisFReturnNetBufferLists(module->FilterHandle, NetBufferLists,
                              ReturnFlags & ~(ULONG)NDIS_RETURN_FLAGS_SWITCH_SINGLE_SOURCE);
}

static VOID SayOneDestination(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists,
                              NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
    FilterSendNetBufferLists(Module, NetBufferLists, Port,
                             SendFlags | NDIS_SEND_FLAGS_SWITCH_DESTINATION_GROUP);
}

static VOID IndicateOneDestination(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists,
                                   NDIS_PORT_NUMBER Port, ULONG Count, ULONG ReceiveFlags)
{
    FilterReceiveNetBufferLists(Module, NetBufferLists, Port, Count,
                                ReceiveFlags | NDIS_RECEIVE_FLAGS_SWITCH_DESTINATION_GROUP);
}

static VOID AskBackAtOnce(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists,
                          NDIS_PORT_NUMBER Port, ULONG Count, ULONG ReceiveFlags)
{
    FilterReceiveNetBufferLists(Module, NetBufferLists, Port, Count,
                                ReceiveFlags | NDIS_RECEIVE_FLAGS_RESOURCES);
}

static VOID SayDispatchLevel(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                             NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
    PFILTER_MODULE module = FilterModuleContext;

    UNREFERENCED_PARAMETER(Port);
    SendOn(module, NetBufferLists, SendFlags | NDIS_SEND_FLAGS_DISPATCH_LEVEL);
}

static VOID FlipByte(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER Port,
                     ULONG Count, ULONG ReceiveFlags)
{
    PNET_BUFFER first = NET_BUFFER_LIST_FIRST_NB(NetBufferLists);
    PUCHAR bytes = MmGetSystemAddressForMdlSafe(NET_BUFFER_CURRENT_MDL(first), NormalPagePriority);

    if (bytes != NULL) {
        bytes[NET_BUFFER_CURRENT_MDL_OFFSET(first)] ^= 2;
    }
    FilterReceiveNetBufferLists(Module, NetBufferLists, Port, Count, ReceiveFlags);
}

static VOID FlipByteAfterwards(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists,
                               NDIS_PORT_NUMBER Port, ULONG Count, ULONG ReceiveFlags)
{
    PNET_BUFFER first = NET_BUFFER_LIST_FIRST_NB(NetBufferLists);
    PUCHAR bytes = MmGetSystemAddressForMdlSafe(NET_BUFFER_CURRENT_MDL(first), NormalPagePriority);
    ULONG offset = NET_BUFFER_CURRENT_MDL_OFFSET(first);

    FilterReceiveNetBufferLists(Module, NetBufferLists, Port, Count, ReceiveFlags);
    if (bytes != NULL) {
        bytes[offset] ^= 2;
    }
}

static VOID WriteToCompleted(NDIS_HANDLE Module, PNET_BUFFER_LIST NetBufferLists,
                             ULONG SendCompleteFlags)
{
    FilterSendNetBufferListsComplete(Module, NetBufferLists, SendCompleteFlags);
    NetBufferLists->Status = NDIS_STATUS_FAILURE;
}

/* Sends that come while running are kept until the module pauses. */
static NBL_LIST Kept;

static VOID KeepSent(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists,
                     NDIS_PORT_NUMBER Port, ULONG SendFlags)
{
    PFILTER_MODULE module = FilterModuleContext;

    if (module->State != ModuleRunning) {
        FilterSendNetBufferLists(FilterModuleContext, NetBufferLists, Port, SendFlags);
        return;
    }
    if (Kept.Tail == NULL) {
        NblListInitialize(&Kept);
    }
    while (NetBufferLists != NULL) {
        NblListAppend(&Kept, PopNetBufferList(&NetBufferLists));
    }
}

static NDIS_STATUS LetGoAtPause(NDIS_HANDLE FilterModuleContext,
                                PNDIS_FILTER_PAUSE_PARAMETERS Parameters)
{
    if (Kept.Tail != NULL) {
        CompleteSend(FilterModuleContext, NblListTake(&Kept), NDIS_STATUS_PAUSED, FALSE);
    }
    return FilterPause(FilterModuleContext, Parameters);
}

static NDIS_STATUS LetGoAtDisconnect(NDIS_HANDLE FilterModuleContext,
                                     PNDIS_OID_REQUEST OidRequest)
{
    if (Kept.Tail != NULL && IsOid(OidRequest, OID_SWITCH_NIC_DISCONNECT)) {
        CompleteSend(FilterModuleContext, NblListTake(&Kept), NDIS_STATUS_PAUSED, FALSE);
    }
    return LearnOidRequest(FilterModuleContext, OidRequest);
}

const MUTANT PacketMutants[] = {
    {.Name = "loses_what_is_sent", .Send = LoseSent},
    {.Name = "loses_what_is_received", .Receive = LoseReceived},
    {.Name = "returns_what_came_down", .Send = ReturnSent},
    {.Name = "indicates_again", .Return = IndicateAgain},
    {.Name = "completes_and_sends", .Send = CompleteAndSend},
    {.Name = "returns_a_shorter_packet", .Return = ShortenAndReturn},
    {.Name = "takes_a_packet_over", .Send = TakeOver},
    {.Name = "drops_silently", .Send = DropSilently},
    {.Name = "drops_and_reports", .Send = DropReported},
    {.Name = "drops_under_another_port", .Send = DropUnderAnotherPort},
    {.Name = "counts_one_more", .Receive = CountOneMore},
    {.Name = "says_one_source", .Send = SayOneSource},
    {.Name = "returns_without_the_flag", .Return = ReturnWithoutFlag},
    {.Name = "says_one_destination", .Send = SayOneDestination},
    {.Name = "indicates_one_destination", .Receive = IndicateOneDestination},
    {.Name = "asks_back_at_once", .Receive = AskBackAtOnce},
    {.Name = "says_dispatch_level", .Send = SayDispatchLevel},
    {.Name = "flips_a_byte", .Receive = FlipByte},
    {.Name = "writes_to_what_it_passed_up", .Receive = FlipByteAfterwards},
    {.Name = "writes_to_what_it_completed", .SendComplete = WriteToCompleted},
    {.Name = "keeps_what_is_sent", .Send = KeepSent, .Pause = LetGoAtPause},
    {.Name = "keeps_it_over_the_pause", .Send = KeepSent, .OidRequest = LetGoAtDisconnect},
    {.Name = NULL},
};
