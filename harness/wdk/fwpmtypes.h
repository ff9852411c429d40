#pragma once
// What the management side of the filter engine keeps: sessions, providers, sublayers, callouts,
// filters. Page: fwpmtypes.h (win32/fwp).

#include "fwptypes.h"

EXTERN_C_START

#define FWPM_SESSION_FLAG_DYNAMIC     0x00000001
#define FWPM_PROVIDER_FLAG_PERSISTENT 0x00000001
#define FWPM_PROVIDER_FLAG_DISABLED   0x00000010
#define FWPM_SUBLAYER_FLAG_PERSISTENT 0x00000001
#define FWPM_CALLOUT_FLAG_PERSISTENT  0x00010000
#define FWPM_CALLOUT_FLAG_REGISTERED  0x00040000
#define FWPM_FILTER_FLAG_NONE         0x00000000
#define FWPM_FILTER_FLAG_PERSISTENT   0x00000001
#define FWPM_FILTER_FLAG_BOOTTIME     0x00000002
#define FWPM_TXN_READ_ONLY            0x00000001

typedef enum FWPM_SERVICE_STATE_ {
    FWPM_SERVICE_STOPPED,
    FWPM_SERVICE_START_PENDING,
    FWPM_SERVICE_STOP_PENDING,
    FWPM_SERVICE_RUNNING,
    FWPM_SERVICE_STATE_MAX
} FWPM_SERVICE_STATE;

typedef struct FWPM_DISPLAY_DATA0_ {
    wchar_t *name;
    wchar_t *description;
} FWPM_DISPLAY_DATA0, FWPM_DISPLAY_DATA;

typedef struct FWPM_SESSION0_ {
    GUID               sessionKey;
    FWPM_DISPLAY_DATA0 displayData;
    UINT32             flags;
    UINT32             txnWaitTimeoutInMSec;
    ULONG              processId;
    PVOID              sid;
    wchar_t           *username;
    INT                kernelMode;
} FWPM_SESSION0, FWPM_SESSION;

typedef struct FWPM_PROVIDER0_ {
    GUID               providerKey;
    FWPM_DISPLAY_DATA0 displayData;
    UINT32             flags;
    FWP_BYTE_BLOB      providerData;
    wchar_t           *serviceName;
} FWPM_PROVIDER0, FWPM_PROVIDER;

typedef struct FWPM_SUBLAYER0_ {
    GUID               subLayerKey;
    FWPM_DISPLAY_DATA0 displayData;
    UINT32             flags;
    GUID              *providerKey;
    FWP_BYTE_BLOB      providerData;
    UINT16             weight;
} FWPM_SUBLAYER0, FWPM_SUBLAYER;

typedef struct FWPM_CALLOUT0_ {
    GUID               calloutKey;
    FWPM_DISPLAY_DATA0 displayData;
    UINT32             flags;
    GUID              *providerKey;
    FWP_BYTE_BLOB      providerData;
    GUID               applicableLayer;
    UINT32             calloutId;
} FWPM_CALLOUT0, FWPM_CALLOUT;

typedef struct FWPM_ACTION0_ {
    FWP_ACTION_TYPE type;
    union {
        GUID filterType;
        GUID calloutKey;
    };
} FWPM_ACTION0, FWPM_ACTION;

typedef struct FWPM_FILTER_CONDITION0_ {
    GUID                 fieldKey;
    FWP_MATCH_TYPE       matchType;
    FWP_CONDITION_VALUE0 conditionValue;
} FWPM_FILTER_CONDITION0, FWPM_FILTER_CONDITION;

typedef struct FWPM_FILTER0_ {
    GUID                    filterKey;
    FWPM_DISPLAY_DATA0      displayData;
    UINT32                  flags;
    GUID                   *providerKey;
    FWP_BYTE_BLOB           providerData;
    GUID                    layerKey;
    GUID                    subLayerKey;
    FWP_VALUE0              weight;
    UINT32                  numFilterConditions;
    FWPM_FILTER_CONDITION0 *filterCondition;
    FWPM_ACTION0            action;
    union {
        UINT64 rawContext;
        GUID   providerContextKey;
    };
    GUID      *reserved;
    UINT64     filterId;
    FWP_VALUE0 effectiveWeight;
} FWPM_FILTER0, FWPM_FILTER;

typedef struct FWPM_PROVIDER_CONTEXT2_ FWPM_PROVIDER_CONTEXT2;

EXTERN_C_END
