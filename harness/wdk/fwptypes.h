#pragma once
// Values and names that all of the Windows Filtering Platform shares. Page: fwptypes.h (win32/fwp).

#include "guiddef.h"
#include "wdm/types.h"

EXTERN_C_START

#define FWP_ACTION_FLAG_TERMINATING     0x00001000
#define FWP_ACTION_FLAG_NON_TERMINATING 0x00002000
#define FWP_ACTION_FLAG_CALLOUT         0x00004000
#define FWP_ACTION_BLOCK                (0x1 | FWP_ACTION_FLAG_TERMINATING)
#define FWP_ACTION_PERMIT               (0x2 | FWP_ACTION_FLAG_TERMINATING)
#define FWP_ACTION_CALLOUT_TERMINATING  \
    (0x3 | FWP_ACTION_FLAG_CALLOUT | FWP_ACTION_FLAG_TERMINATING)
#define FWP_ACTION_CALLOUT_INSPECTION   \
    (0x4 | FWP_ACTION_FLAG_CALLOUT | FWP_ACTION_FLAG_NON_TERMINATING)
#define FWP_ACTION_CALLOUT_UNKNOWN      (0x5 | FWP_ACTION_FLAG_CALLOUT)
#define FWP_ACTION_CONTINUE             (0x6 | FWP_ACTION_FLAG_NON_TERMINATING)
#define FWP_ACTION_NONE                 0x7
#define FWP_ACTION_NONE_NO_MATCH        0x8

#define FWP_CONDITION_FLAG_IS_LOOPBACK       0x00000001
#define FWP_CONDITION_FLAG_IS_FRAGMENT       0x00000020
#define FWP_CONDITION_FLAG_IS_FRAGMENT_GROUP 0x00000040
#define FWP_CONDITION_FLAG_IS_REASSEMBLED    0x00000400

#define FWP_CALLOUT_FLAG_CONDITIONAL_ON_FLOW         0x00000001
#define FWP_CALLOUT_FLAG_ALLOW_OFFLOAD               0x00000002
#define FWP_CALLOUT_FLAG_ENABLE_COMMIT_ADD_NOTIFY    0x00000004
#define FWP_CALLOUT_FLAG_ALLOW_MID_STREAM_INSPECTION 0x00000008
#define FWP_CALLOUT_FLAG_ALLOW_RECLASSIFY            0x00000010
#define FWP_CALLOUT_FLAG_ALLOW_RSC                   0x00000040
#define FWP_CALLOUT_FLAG_ALLOW_L2_BATCH_CLASSIFY     0x00000080

typedef UINT32 FWP_ACTION_TYPE;

typedef enum FWP_DIRECTION_ {
    FWP_DIRECTION_OUTBOUND,
    FWP_DIRECTION_INBOUND,
    FWP_DIRECTION_MAX
} FWP_DIRECTION;

typedef enum FWP_DATA_TYPE_ {
    FWP_EMPTY,
    FWP_UINT8,
    FWP_UINT16,
    FWP_UINT32,
    FWP_UINT64,
    FWP_INT8,
    FWP_INT16,
    FWP_INT32,
    FWP_INT64,
    FWP_FLOAT,
    FWP_DOUBLE,
    FWP_BYTE_ARRAY16_TYPE,
    FWP_BYTE_BLOB_TYPE,
    FWP_SID,
    FWP_SECURITY_DESCRIPTOR_TYPE,
    FWP_TOKEN_INFORMATION_TYPE,
    FWP_TOKEN_ACCESS_INFORMATION_TYPE,
    FWP_UNICODE_STRING_TYPE,
    FWP_BYTE_ARRAY6_TYPE,
    FWP_SINGLE_DATA_TYPE_MAX = 0xff,
    FWP_V4_ADDR_MASK         = 0x100,
    FWP_V6_ADDR_MASK         = 0x101,
    FWP_RANGE_TYPE           = 0x102,
    FWP_DATA_TYPE_MAX        = 0x103
} FWP_DATA_TYPE;

typedef enum FWP_MATCH_TYPE_ {
    FWP_MATCH_EQUAL,
    FWP_MATCH_GREATER,
    FWP_MATCH_LESS,
    FWP_MATCH_GREATER_OR_EQUAL,
    FWP_MATCH_LESS_OR_EQUAL,
    FWP_MATCH_RANGE,
    FWP_MATCH_FLAGS_ALL_SET,
    FWP_MATCH_FLAGS_ANY_SET,
    FWP_MATCH_FLAGS_NONE_SET,
    FWP_MATCH_EQUAL_CASE_INSENSITIVE,
    FWP_MATCH_NOT_EQUAL,
    FWP_MATCH_TYPE_MAX = 11
} FWP_MATCH_TYPE;

typedef struct FWP_BYTE_ARRAY6_ {
    UINT8 byteArray6[6];
} FWP_BYTE_ARRAY6;

typedef struct FWP_BYTE_ARRAY16_ {
    UINT8 byteArray16[16];
} FWP_BYTE_ARRAY16;

typedef struct FWP_BYTE_BLOB_ {
    UINT32 size;
    UINT8 *data;
} FWP_BYTE_BLOB;

typedef struct FWP_TOKEN_INFORMATION_ FWP_TOKEN_INFORMATION;

// What a value and the value of a condition both may hold.
#define WDK_FWP_SINGLE_VALUES               \
    UINT8                  uint8;           \
    UINT16                 uint16;          \
    UINT32                 uint32;          \
    UINT64                *uint64;          \
    INT8                   int8;            \
    INT16                  int16;           \
    INT32                  int32;           \
    INT64                 *int64;           \
    float                  float32;         \
    double                *double64;        \
    FWP_BYTE_ARRAY16      *byteArray16;     \
    FWP_BYTE_BLOB         *byteBlob;        \
    PVOID                  sid;             \
    FWP_BYTE_BLOB         *sd;              \
    FWP_TOKEN_INFORMATION *tokenInformation; \
    FWP_BYTE_BLOB         *tokenAccessInformation; \
    LPWSTR                 unicodeString;   \
    FWP_BYTE_ARRAY6       *byteArray6

typedef struct FWP_VALUE0_ {
    FWP_DATA_TYPE type;
    union {
        WDK_FWP_SINGLE_VALUES;
    };
} FWP_VALUE0, FWP_VALUE;

typedef struct FWP_V4_ADDR_AND_MASK_ {
    UINT32 addr;
    UINT32 mask;
} FWP_V4_ADDR_AND_MASK;

typedef struct FWP_V6_ADDR_AND_MASK_ {
    UINT8 addr[16];
    UINT8 prefixLength;
} FWP_V6_ADDR_AND_MASK;

typedef struct FWP_RANGE0_ {
    FWP_VALUE0 valueLow;
    FWP_VALUE0 valueHigh;
} FWP_RANGE0, FWP_RANGE;

typedef struct FWP_CONDITION_VALUE0_ {
    FWP_DATA_TYPE type;
    union {
        WDK_FWP_SINGLE_VALUES;
        FWP_V4_ADDR_AND_MASK *v4AddrMask;
        FWP_V6_ADDR_AND_MASK *v6AddrMask;
        FWP_RANGE0           *rangeValue;
    };
} FWP_CONDITION_VALUE0, FWP_CONDITION_VALUE;

EXTERN_C_END
