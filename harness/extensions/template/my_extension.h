/* What the files of the extension share: one MODULE for each switch that it is attached to. */
#pragma once

#include <ndis.h>

#define MODULE_TAG 'xEyM'

typedef struct _MODULE {
    NDIS_HANDLE FilterHandle;
    NDIS_SPIN_LOCK Lock;
    BOOLEAN IsRunning;  /* under Lock, as is Calls */
    ULONG Calls;        /* of the data path that are inside */
    NDIS_EVENT NoCalls; /* set when FilterPause may go on */
} MODULE, *PMODULE;

FILTER_OID_REQUEST FilterOidRequest;
FILTER_OID_REQUEST_COMPLETE FilterOidRequestComplete;
FILTER_SEND_NET_BUFFER_LISTS FilterSend;
FILTER_SEND_NET_BUFFER_LISTS_COMPLETE FilterSendComplete;
FILTER_RECEIVE_NET_BUFFER_LISTS FilterReceive;
FILTER_RETURN_NET_BUFFER_LISTS FilterReturn;
