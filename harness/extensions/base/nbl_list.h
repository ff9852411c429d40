/* Lists of packets that are taken apart and put together again, and their call flags. */
#pragma once

#include "extension.h"

typedef struct _NBL_LIST {
    PNET_BUFFER_LIST Head;
    PNET_BUFFER_LIST* Tail;
    ULONG Count;
} NBL_LIST, *PNBL_LIST;

VOID NblListInitialize(PNBL_LIST List);
VOID NblListAppend(PNBL_LIST List, PNET_BUFFER_LIST NetBufferList);

/* Takes everything out; the result is NULL-terminated, and NULL if the list was empty. */
PNET_BUFFER_LIST NblListTake(PNBL_LIST List);

/* Unlinks the first of a chain and steps to the next. */
PNET_BUFFER_LIST PopNetBufferList(PNET_BUFFER_LIST* Chain);

ULONG CountNetBufferLists(PNET_BUFFER_LIST NetBufferLists);

/*
 * The flags for a call that ends or restarts the journey of these packets: the
 * DISPATCH_LEVEL bit as in the call that we are in, SINGLE_SOURCE as the list says.
 */
ULONG SendFlagsFor(PNET_BUFFER_LIST NetBufferLists, BOOLEAN AtDispatchLevel);
ULONG SendCompleteFlagsFor(PNET_BUFFER_LIST NetBufferLists, BOOLEAN AtDispatchLevel);
ULONG ReturnFlagsFor(PNET_BUFFER_LIST NetBufferLists, BOOLEAN AtDispatchLevel);

/* Completes a chain upward, each packet with the given status. NULL is allowed. */
VOID CompleteSend(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists, NDIS_STATUS Status,
                  BOOLEAN AtDispatchLevel);

/* Returns a chain downward. NULL is allowed. */
VOID ReturnReceive(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists, BOOLEAN AtDispatchLevel);

/*
 * Announces that one packet (unlinked, still ours) is dropped: on ingress under its
 * source port, on egress under each destination that it would have reached.
 */
VOID ReportIngressDrop(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList,
                       PUNICODE_STRING Reason);
VOID ReportEgressDrop(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList,
                      PUNICODE_STRING Reason);
