/*
 * What every extension here shares: one FILTER_MODULE per attached switch, and the
 * hooks through which a personality (forwarder, vlan_acl, ...) makes it its own.
 */
#pragma once

#include <ndis.h>

#include "../flaws.h"

#define EXTENSION_TAG 'xEtI'
#define LEAKED_PORTS_MAX 64

typedef enum _MODULE_STATE {
    ModulePaused,
    ModuleRunning,
    ModulePausing
} MODULE_STATE;

typedef struct _FILTER_MODULE {
    NDIS_HANDLE FilterHandle;
    NDIS_SWITCH_CONTEXT SwitchContext;
    NDIS_SWITCH_OPTIONAL_HANDLERS SwitchHandlers;

    /* Running is entered and left by exchange; the rest is guarded by Lock. */
    volatile LONG State;
    NDIS_SPIN_LOCK Lock;
    ULONG DataPathCalls;
    NDIS_EVENT DataPathIdle;
    PNDIS_OID_REQUEST OidBelow; /* the original whose clone is below; NDIS sends one at a time */

    PVOID Extension; /* the personality's own state */

    /* Only for FLAW_REFERENCE_LEAK: ports whose reference is given back at detach. */
    NDIS_SWITCH_PORT_ID LeakedPorts[LEAKED_PORTS_MAX];
    ULONG LeakedPortCount;
} FILTER_MODULE, *PFILTER_MODULE;

NDIS_DECLARE_FILTER_MODULE_CONTEXT(FILTER_MODULE);

/*
 * Hooks. NULL means: nothing to do, pass it on. Data-path hooks own the list they are
 * given and are only called while Running, inside a call that FilterPause waits for;
 * SendComplete is called in any state.
 */
typedef struct _EXTENSION_HOOKS {
    /* Of the driver: before it registers, when it has (a failure fails the load), and at unload. */
    VOID (*Load)(VOID);
    NDIS_STATUS (*Registered)(NDIS_HANDLE FilterDriverHandle);
    VOID (*Unload)(VOID);

    NDIS_STATUS (*Attach)(PFILTER_MODULE Module);
    VOID (*Detach)(PFILTER_MODULE Module);

    /* PASSIVE_LEVEL, not yet Running: OID requests may be originated and waited for. */
    VOID (*Restart)(PFILTER_MODULE Module);

    /* No data-path call is inside any more: complete and return everything that is held. */
    VOID (*Pause)(PFILTER_MODULE Module);

    /* PASSIVE_LEVEL: NetEventSwitchActivate, before it is passed on. */
    VOID (*Activate)(PFILTER_MODULE Module);

    /* Before an OID request is forwarded. Anything but success is a veto. */
    NDIS_STATUS (*OidRequest)(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request);

    /* The request came back from below (or could not be forwarded), before it goes up. */
    VOID (*OidRequestComplete)(PFILTER_MODULE Module, PNDIS_OID_REQUEST Request,
                               NDIS_STATUS Status);

    VOID (*Send)(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists, ULONG SendFlags);
    VOID (*SendComplete)(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists,
                         ULONG SendCompleteFlags);
    VOID (*CancelSend)(PFILTER_MODULE Module, PVOID CancelId);
    VOID (*Receive)(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists, ULONG ReceiveFlags);

    /* Called in any state, like SendComplete. */
    VOID (*Return)(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferLists, BOOLEAN AtDispatchLevel);
} EXTENSION_HOOKS;

/*
 * Each personality defines these. UniqueName is a GUID in braces, and the class says
 * what an INF file would: where in the stack it belongs.
 */
extern const CHAR InterlockExtensionClass[];
extern const EXTENSION_HOOKS ExtensionHooks;
extern NDIS_STRING ExtensionServiceName;
extern NDIS_STRING ExtensionUniqueName;
extern NDIS_STRING ExtensionFriendlyName;

/* module.c */
FILTER_ATTACH FilterAttach;
FILTER_DETACH FilterDetach;
FILTER_RESTART FilterRestart;
FILTER_PAUSE FilterPause;

/* FALSE unless Running. While TRUE is not given back, FilterPause does not finish. */
BOOLEAN EnterDataPath(PFILTER_MODULE Module);
VOID LeaveDataPath(PFILTER_MODULE Module);

/* oid.c */
FILTER_OID_REQUEST FilterOidRequest;
FILTER_OID_REQUEST_COMPLETE FilterOidRequestComplete;
FILTER_CANCEL_OID_REQUEST FilterCancelOidRequest;

/* events.c */
FILTER_STATUS FilterStatus;
FILTER_NET_PNP_EVENT FilterNetPnPEvent;

/* packets.c */
FILTER_SEND_NET_BUFFER_LISTS FilterSendNetBufferLists;
FILTER_SEND_NET_BUFFER_LISTS_COMPLETE FilterSendNetBufferListsComplete;
FILTER_CANCEL_SEND_NET_BUFFER_LISTS FilterCancelSendNetBufferLists;
FILTER_RECEIVE_NET_BUFFER_LISTS FilterReceiveNetBufferLists;
FILTER_RETURN_NET_BUFFER_LISTS FilterReturnNetBufferLists;
