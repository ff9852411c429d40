/*
 * A filtering extension that makes packets of its own: in place of every third packet that is
 * sent a clone or a copy of it, in place of every fifth that is indicated a faithful clone; a
 * probe when an adapter is connected; an answer to every ARP frame.
 *
 * Whatever is out counts as a call on the data path, so that a pause waits until it is home.
 */
#pragma once

#include "../base/frame.h"
#include "../base/nbl_list.h"
#include "../base/oid.h"

#define PROBE_SPACE 128

typedef struct _CLONER {
    struct _CLONER* Next;   /* Only for FLAW_POOLS_FREED_AT_UNLOAD */
    NDIS_HANDLE ListPool;   /* NBLs alone */
    NDIS_HANDLE ProbePool;  /* with a NET_BUFFER and PROBE_SPACE bytes */
    NDIS_HANDLE BufferPool; /* NET_BUFFERs alone */
    volatile LONG Sent;
    volatile LONG Received;
} CLONER, *PCLONER;

static __inline PCLONER ClonerOf(PFILTER_MODULE Module)
{
    return Module->Extension;
}

typedef enum _OWN_KIND {
    OwnClone,   /* shares the data of its original, which is kept until it is home */
    OwnCloneUp, /* the same, indicated */
    OwnCopy,    /* has the data in memory of its own; the original is kept all the same */
    OwnProbe    /* made from nothing */
} OWN_KIND;

/* What stands in the context of each packet of our own. */
typedef struct DECLSPEC_ALIGN(MEMORY_ALLOCATION_ALIGNMENT) _OWN {
    PNET_BUFFER_LIST Original; /* NULL of a probe */
    OWN_KIND Kind;
    BOOLEAN IsToGoAgain; /* once it is home, as it is */
} OWN, *POWN;

static __inline POWN OwnOf(PNET_BUFFER_LIST NetBufferList)
{
    return (POWN)NET_BUFFER_LIST_CONTEXT_DATA_START(NetBufferList);
}

BOOLEAN IsOwn(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList);

/* pools.c */
NDIS_STATUS CreatePools(PFILTER_MODULE Module, PCLONER Cloner);
VOID DeletePools(PCLONER Cloner);

/* own.c: a forwarding context, and away with packet and context; data and NBL are the caller's. */
BOOLEAN Prepare(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList);
VOID Unprepare(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList);

/* A packet is home: it goes. The result is its original, which is ours to finish; or NULL. */
PNET_BUFFER_LIST TakeHome(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList);

/* clones.c, copies.c: NULL when there is no memory; then the original is as it was. */
PNET_BUFFER_LIST MakeClone(PFILTER_MODULE Module, PNET_BUFFER_LIST Original, OWN_KIND Kind);
VOID FreeClone(PNET_BUFFER_LIST Clone);
PNET_BUFFER_LIST MakeCopy(PFILTER_MODULE Module, PNET_BUFFER_LIST Original);
VOID FreeCopy(PNET_BUFFER_LIST Copy);

/* probes.c */
VOID SendProbe(PFILTER_MODULE Module, NDIS_SWITCH_PORT_ID PortId, NDIS_SWITCH_NIC_INDEX NicIndex);
VOID AnswerIfAsked(PFILTER_MODULE Module, PNET_BUFFER_LIST Asking, ULONG SendFlags);
VOID FreeProbe(PNET_BUFFER_LIST Probe);

/* A packet that is home goes again, in the same context, if it is to and may. */
BOOLEAN SendAgain(PFILTER_MODULE Module, PNET_BUFFER_LIST Probe, BOOLEAN AtDispatchLevel);

/* paths.c */
VOID ClonerSend(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists, ULONG SendFlags);
VOID ClonerSendComplete(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists,
                        ULONG SendCompleteFlags);
VOID ClonerReceive(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists, ULONG ReceiveFlags);
VOID ClonerReturn(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists, BOOLEAN AtDispatchLevel);
