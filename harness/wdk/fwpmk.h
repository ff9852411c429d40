#pragma once
// The management side of the filter engine, as a driver calls it. Pages: fwpmengineopen0,
// fwpmcalloutadd0, fwpmbfestatesubscribechanges0 (fwpmk); the rest: fwpmu.h (win32/fwp).

#include "fwpmtypes.h"
#include "fwpmk/keys.h"

EXTERN_C_START

#define RPC_C_AUTHN_WINNT   10
#define RPC_C_AUTHN_DEFAULT 0xffffffffu

typedef VOID (*FWPM_SERVICE_STATE_CHANGE_CALLBACK0)(PVOID context, FWPM_SERVICE_STATE newState);

FWPM_SERVICE_STATE FwpmBfeStateGet0(VOID) WDK_NOEXCEPT;
NTSTATUS           FwpmBfeStateSubscribeChanges0(PVOID                               deviceObject,
                                                 FWPM_SERVICE_STATE_CHANGE_CALLBACK0 callback,
                                                 PVOID context, HANDLE *changeHandle) WDK_NOEXCEPT;
NTSTATUS           FwpmBfeStateUnsubscribeChanges0(HANDLE changeHandle) WDK_NOEXCEPT;

NTSTATUS FwpmEngineOpen0(const wchar_t *serverName, UINT32 authnService, PVOID authIdentity,
                         const FWPM_SESSION0 *session, HANDLE *engineHandle) WDK_NOEXCEPT;
NTSTATUS FwpmEngineClose0(HANDLE engineHandle) WDK_NOEXCEPT;

NTSTATUS FwpmTransactionBegin0(HANDLE engineHandle, UINT32 flags) WDK_NOEXCEPT;
NTSTATUS FwpmTransactionCommit0(HANDLE engineHandle) WDK_NOEXCEPT;
NTSTATUS FwpmTransactionAbort0(HANDLE engineHandle) WDK_NOEXCEPT;

NTSTATUS FwpmProviderAdd0(HANDLE engineHandle, const FWPM_PROVIDER0 *provider,
                          PVOID sd) WDK_NOEXCEPT;
NTSTATUS FwpmProviderDeleteByKey0(HANDLE engineHandle, const GUID *key) WDK_NOEXCEPT;
NTSTATUS FwpmSubLayerAdd0(HANDLE engineHandle, const FWPM_SUBLAYER0 *subLayer,
                          PVOID sd) WDK_NOEXCEPT;
NTSTATUS FwpmSubLayerDeleteByKey0(HANDLE engineHandle, const GUID *key) WDK_NOEXCEPT;
NTSTATUS FwpmCalloutAdd0(HANDLE engineHandle, const FWPM_CALLOUT0 *callout, PVOID sd,
                         UINT32 *id) WDK_NOEXCEPT;
NTSTATUS FwpmCalloutDeleteById0(HANDLE engineHandle, UINT32 id) WDK_NOEXCEPT;
NTSTATUS FwpmCalloutDeleteByKey0(HANDLE engineHandle, const GUID *key) WDK_NOEXCEPT;
NTSTATUS FwpmFilterAdd0(HANDLE engineHandle, const FWPM_FILTER0 *filter, PVOID sd,
                        UINT64 *id) WDK_NOEXCEPT;
NTSTATUS FwpmFilterDeleteById0(HANDLE engineHandle, UINT64 id) WDK_NOEXCEPT;
NTSTATUS FwpmFilterDeleteByKey0(HANDLE engineHandle, const GUID *key) WDK_NOEXCEPT;

EXTERN_C_END

#define FwpmBfeStateGet                FwpmBfeStateGet0
#define FwpmBfeStateSubscribeChanges   FwpmBfeStateSubscribeChanges0
#define FwpmBfeStateUnsubscribeChanges FwpmBfeStateUnsubscribeChanges0
#define FwpmEngineOpen                 FwpmEngineOpen0
#define FwpmEngineClose                FwpmEngineClose0
#define FwpmTransactionBegin           FwpmTransactionBegin0
#define FwpmTransactionCommit          FwpmTransactionCommit0
#define FwpmTransactionAbort           FwpmTransactionAbort0
#define FwpmProviderAdd                FwpmProviderAdd0
#define FwpmProviderDeleteByKey        FwpmProviderDeleteByKey0
#define FwpmSubLayerAdd                FwpmSubLayerAdd0
#define FwpmSubLayerDeleteByKey        FwpmSubLayerDeleteByKey0
#define FwpmCalloutAdd                 FwpmCalloutAdd0
#define FwpmCalloutDeleteById          FwpmCalloutDeleteById0
#define FwpmCalloutDeleteByKey         FwpmCalloutDeleteByKey0
#define FwpmFilterAdd                  FwpmFilterAdd0
#define FwpmFilterDeleteById           FwpmFilterDeleteById0
#define FwpmFilterDeleteByKey          FwpmFilterDeleteByKey0
