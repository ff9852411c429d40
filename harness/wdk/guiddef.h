// No `#pragma once`: after `#define INITGUID`, including this again makes DEFINE_GUID define.
// GUIDs. DEFINE_GUID declares, or with INITGUID defines. Page: guid (guiddef).

#include "wdm/memory.h"

#ifndef GUID_DEFINED
#define GUID_DEFINED

EXTERN_C_START
typedef struct _GUID {
    ULONG  Data1;
    USHORT Data2;
    USHORT Data3;
    UCHAR  Data4[8];
} GUID, *LPGUID, *PGUID;
typedef const GUID *LPCGUID;
typedef GUID        IID, CLSID, FMTID, UUID;
EXTERN_C_END

#ifdef __cplusplus
typedef const GUID &REFGUID, &REFIID, &REFCLSID;
inline bool operator==(const GUID &left, const GUID &right) {
    return memcmp(&left, &right, sizeof(GUID)) == 0;
}
inline bool operator!=(const GUID &left, const GUID &right) { return !(left == right); }
#define InlineIsEqualGUID(left, right) ((left) == (right))
#define IsEqualGUID(left, right)       ((left) == (right))
#else
typedef const GUID *REFGUID, *REFIID, *REFCLSID;
#define InlineIsEqualGUID(left, right) (!memcmp((left), (right), sizeof(GUID)))
#define IsEqualGUID(left, right)       (!memcmp((left), (right), sizeof(GUID)))
#endif
#define IsEqualIID(left, right)   IsEqualGUID(left, right)
#define IsEqualCLSID(left, right) IsEqualGUID(left, right)

#endif

#undef DEFINE_GUID
#ifdef INITGUID
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) \
    EXTERN_C const GUID __attribute__((weak)) name;                  \
    const GUID name = {l, w1, w2, {b1, b2, b3, b4, b5, b6, b7, b8}}
#else
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) EXTERN_C const GUID name
#endif
