#pragma once
// The filter engine as a callout driver sees it. The names without a version are those of
// Windows 8 and later. Pages: fwpscalloutregister2, fwpscalloutunregisterbyid0,
// fwps_callout_classify_fn2, fwps_callout_notify_fn2 (fwpsk).

#include "fwpstypes.h"

EXTERN_C_START

typedef enum FWPS_CALLOUT_NOTIFY_TYPE_ {
    FWPS_CALLOUT_NOTIFY_ADD_FILTER,
    FWPS_CALLOUT_NOTIFY_DELETE_FILTER,
    FWPS_CALLOUT_NOTIFY_ADD_FILTER_POST_COMMIT,
    FWPS_CALLOUT_NOTIFY_TYPE_MAX
} FWPS_CALLOUT_NOTIFY_TYPE;

typedef VOID     (*FWPS_CALLOUT_CLASSIFY_FN2)(const FWPS_INCOMING_VALUES0 *inFixedValues,
                                          const FWPS_INCOMING_METADATA_VALUES0 *inMetaValues,
                                          PVOID layerData, const VOID *classifyContext,
                                          const FWPS_FILTER2 *filter, UINT64 flowContext,
                                          FWPS_CLASSIFY_OUT0 *classifyOut);
typedef NTSTATUS (*FWPS_CALLOUT_NOTIFY_FN2)(FWPS_CALLOUT_NOTIFY_TYPE notifyType,
                                            const GUID *filterKey, FWPS_FILTER2 *filter);
typedef VOID     (*FWPS_CALLOUT_FLOW_DELETE_NOTIFY_FN0)(UINT16 layerId, UINT32 calloutId,
                                                    UINT64 flowContext);

typedef struct FWPS_CALLOUT2_ {
    GUID                                calloutKey;
    UINT32                              flags;
    FWPS_CALLOUT_CLASSIFY_FN2           classifyFn;
    FWPS_CALLOUT_NOTIFY_FN2             notifyFn;
    FWPS_CALLOUT_FLOW_DELETE_NOTIFY_FN0 flowDeleteFn;
} FWPS_CALLOUT2, FWPS_CALLOUT;

NTSTATUS FwpsCalloutRegister2(PVOID deviceObject, const FWPS_CALLOUT2 *callout,
                              UINT32 *calloutId) WDK_NOEXCEPT;
NTSTATUS FwpsCalloutUnregisterById0(const UINT32 calloutId) WDK_NOEXCEPT;
NTSTATUS FwpsCalloutUnregisterByKey0(const GUID *calloutKey) WDK_NOEXCEPT;
NTSTATUS FwpsFlowAssociateContext0(UINT64 flowId, UINT16 layerId, UINT32 calloutId,
                                   UINT64 flowContext) WDK_NOEXCEPT;
NTSTATUS FwpsFlowRemoveContext0(UINT64 flowId, UINT16 layerId, UINT32 calloutId) WDK_NOEXCEPT;

EXTERN_C_END

#define FwpsCalloutRegister        FwpsCalloutRegister2
#define FwpsCalloutUnregisterById  FwpsCalloutUnregisterById0
#define FwpsCalloutUnregisterByKey FwpsCalloutUnregisterByKey0
#define FwpsFlowAssociateContext   FwpsFlowAssociateContext0
#define FwpsFlowRemoveContext      FwpsFlowRemoveContext0
