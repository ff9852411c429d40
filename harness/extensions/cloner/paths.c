/* What goes by, what is sent in its place, and what comes home. */
#include "cloner.h"

#define SENT_CYCLE 3
#define RECEIVED_CYCLE 5

static BOOLEAN IsTurn(volatile LONG* Count, LONG Cycle)
{
    return InterlockedIncrement(Count) % Cycle == 0;
}

/* Not sent at all: the module pauses meanwhile, and the original goes itself. */
static BOOLEAN IsTooLate(PFILTER_MODULE Module, PNET_BUFFER_LIST Own)
{
    if (Module->State == ModuleRunning) {
        return FALSE;
    }
    TakeHome(Module, Own);
    return TRUE;
}

/* Clones and copies take turns. NULL: the original goes itself. */
static PNET_BUFFER_LIST InItsPlace(PFILTER_MODULE Module, PNET_BUFFER_LIST Original)
{
    PCLONER cloner = ClonerOf(Module);
    PNET_BUFFER_LIST own;

    if (!IsTurn(&cloner->Sent, SENT_CYCLE) || !EnterDataPath(Module)) {
        return NULL;
    }
    own = ReadNoFence(&cloner->Sent) / SENT_CYCLE % 2 == 0
              ? MakeCopy(Module, Original)
              : MakeClone(Module, Original, OwnClone);
    if (own == NULL || IsTooLate(Module, own)) {
        LeaveDataPath(Module);
        return NULL;
    }
    return own;
}

VOID ClonerSend(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists, ULONG SendFlags)
{
    NBL_LIST sending;

    NblListInitialize(&sending);
    while (NetBufferLists != NULL) {
        PNET_BUFFER_LIST current = PopNetBufferList(&NetBufferLists);
        PNET_BUFFER_LIST own;

        AnswerIfAsked(Module, current, SendFlags);
        own = InItsPlace(Module, current);
        NblListAppend(&sending, own != NULL ? own : current);
        if (HAS_FLAW(CLONE_FOR_ORIGINAL) && own != NULL
            && NET_BUFFER_NEXT_NB(NET_BUFFER_LIST_FIRST_NB(current)) != NULL) {
            TakeHome(Module, own);
        }
    }
    NdisFSendNetBufferLists(Module->FilterHandle, sending.Head, NDIS_DEFAULT_PORT_NUMBER,
                            SendFlags & ~(ULONG)NDIS_SEND_FLAGS_SWITCH_DESTINATION_GROUP);
}

/* Packets that come home are out no more only when their originals are finished, too. */
static VOID LeaveFor(PFILTER_MODULE Module, ULONG Count)
{
    while (Count-- > 0) {
        LeaveDataPath(Module);
    }
}

VOID ClonerSendComplete(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists,
                        ULONG SendCompleteFlags)
{
    BOOLEAN atDispatchLevel = NDIS_TEST_SEND_COMPLETE_AT_DISPATCH_LEVEL(SendCompleteFlags);
    NBL_LIST finished;
    ULONG home = 0;

    NblListInitialize(&finished);
    while (NetBufferLists != NULL) {
        PNET_BUFFER_LIST current = PopNetBufferList(&NetBufferLists);

        if (IsOwn(Module, current)) {
            ++home;
            current = SendAgain(Module, current, atDispatchLevel) ? NULL
                                                                  : TakeHome(Module, current);
        }
        if (current != NULL) {
            NblListAppend(&finished, current);
        }
    }
    if (finished.Head != NULL) {
        NdisFSendNetBufferListsComplete(Module->FilterHandle, finished.Head,
                                        SendCompleteFlagsFor(finished.Head, atDispatchLevel));
    }
    LeaveFor(Module, home);
}

/* Our own that come by on their way up are passed on like anybody's. */
static PNET_BUFFER_LIST UpInItsPlace(PFILTER_MODULE Module, PNET_BUFFER_LIST Original)
{
    PNET_BUFFER_LIST clone;

    if (IsOwn(Module, Original) || !IsTurn(&ClonerOf(Module)->Received, RECEIVED_CYCLE)
        || !EnterDataPath(Module)) {
        return NULL;
    }
    clone = MakeClone(Module, Original, OwnCloneUp);
    if (clone == NULL) {
        LeaveDataPath(Module);
    }
    return clone;
}

VOID ClonerReceive(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists, ULONG ReceiveFlags)
{
    NBL_LIST indicating;

    NblListInitialize(&indicating);
    while (NetBufferLists != NULL) {
        PNET_BUFFER_LIST current = PopNetBufferList(&NetBufferLists);
        PNET_BUFFER_LIST clone = UpInItsPlace(Module, current);

        NblListAppend(&indicating, clone != NULL ? clone : current);
    }
    NdisFIndicateReceiveNetBufferLists(Module->FilterHandle, indicating.Head,
                                       NDIS_DEFAULT_PORT_NUMBER, indicating.Count, ReceiveFlags);
}

VOID ClonerReturn(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists, BOOLEAN AtDispatchLevel)
{
    NBL_LIST returning;
    ULONG home = 0;

    NblListInitialize(&returning);
    while (NetBufferLists != NULL) {
        PNET_BUFFER_LIST current = PopNetBufferList(&NetBufferLists);

        if (IsOwn(Module, current) && OwnOf(current)->Kind == OwnCloneUp) {
            current = TakeHome(Module, current);
            ++home;
        }
        NblListAppend(&returning, current);
    }
    ReturnReceive(Module, returning.Head, AtDispatchLevel);
    LeaveFor(Module, home);
}
