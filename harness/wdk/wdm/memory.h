#pragma once
// Copying and comparing memory, pools, and the C library that a kernel has.
// In C++ the libc headers come first, so that both orders of inclusion agree; in C the functions
// are declared here, and those that depend on the width of wchar_t or on Microsoft's printf
// dialect are bound to symbols of our own (wdk_...).
// Pages: exallocatepool2, pool_flags, rtlcopymemory (wdm).

#include "macros.h"

#ifdef __cplusplus
#include <cstdlib>
#include <cstring>
#endif

EXTERN_C_START

#ifndef __cplusplus
void  *memcpy(void *to, const void *from, size_t bytes);
void  *memmove(void *to, const void *from, size_t bytes);
void  *memset(void *at, int value, size_t bytes);
int    memcmp(const void *left, const void *right, size_t bytes);
void  *memchr(const void *at, int value, size_t bytes);
size_t strlen(const char *text);
size_t strnlen(const char *text, size_t max);
int    strcmp(const char *left, const char *right);
int    strncmp(const char *left, const char *right, size_t max);
char  *strchr(const char *text, int value);
char  *strrchr(const char *text, int value);
char  *strstr(const char *text, const char *part);
char  *strcpy(char *to, const char *from);
char  *strncpy(char *to, const char *from, size_t max);
char  *strcat(char *to, const char *from);
int    toupper(int value);
int    tolower(int value);
int    isdigit(int value);
int    isalpha(int value);
int    isspace(int value);
int    isxdigit(int value);
int    atoi(const char *text);
int    abs(int value);

#define wdk_symbol(name) __asm__("wdk_" #name)
size_t   wcslen(const wchar_t *text) wdk_symbol(wcslen);
size_t   wcsnlen(const wchar_t *text, size_t max) wdk_symbol(wcsnlen);
int      wcscmp(const wchar_t *left, const wchar_t *right) wdk_symbol(wcscmp);
int      wcsncmp(const wchar_t *left, const wchar_t *right, size_t max) wdk_symbol(wcsncmp);
wchar_t *wcscpy(wchar_t *to, const wchar_t *from) wdk_symbol(wcscpy);
wchar_t *wcsncpy(wchar_t *to, const wchar_t *from, size_t max) wdk_symbol(wcsncpy);
wchar_t *wcscat(wchar_t *to, const wchar_t *from) wdk_symbol(wcscat);
wchar_t *wcschr(const wchar_t *text, wchar_t value) wdk_symbol(wcschr);
wchar_t *wcsrchr(const wchar_t *text, wchar_t value) wdk_symbol(wcsrchr);
wchar_t *wcsstr(const wchar_t *text, const wchar_t *part) wdk_symbol(wcsstr);
int      sprintf(char *to, const char *format, ...) wdk_symbol(sprintf);
int      vsprintf(char *to, const char *format, va_list arguments) wdk_symbol(vsprintf);
#endif

int _stricmp(const char *left, const char *right) WDK_NOEXCEPT;
int _strnicmp(const char *left, const char *right, size_t max) WDK_NOEXCEPT;
int _wcsicmp(const wchar_t *left, const wchar_t *right) WDK_NOEXCEPT;
int _wcsnicmp(const wchar_t *left, const wchar_t *right, size_t max) WDK_NOEXCEPT;
int _snprintf(char *to, size_t max, const char *format, ...) WDK_NOEXCEPT;
int _vsnprintf(char *to, size_t max, const char *format, va_list arguments) WDK_NOEXCEPT;
int _snwprintf(wchar_t *to, size_t max, const wchar_t *format, ...) WDK_NOEXCEPT;

SIZE_T RtlCompareMemory(const VOID *Source1, const VOID *Source2, SIZE_T Length) WDK_NOEXCEPT;

EXTERN_C_END

#define RtlCopyMemory(to, from, bytes)     memcpy((to), (from), (bytes))
#define RtlMoveMemory(to, from, bytes)     memmove((to), (from), (bytes))
#define RtlFillMemory(to, bytes, value)    memset((to), (value), (bytes))
#define RtlZeroMemory(to, bytes)           memset((to), 0, (bytes))
#define RtlSecureZeroMemory(to, bytes)     memset((to), 0, (bytes))
#define RtlCopyBytes                       RtlCopyMemory
#define RtlZeroBytes                       RtlZeroMemory
#define RtlCopyMemoryNonTemporal           RtlCopyMemory
#define RtlEqualMemory(left, right, bytes) (!memcmp((left), (right), (bytes)))

EXTERN_C_START

typedef enum _POOL_TYPE {
    NonPagedPool                         = 0,
    NonPagedPoolExecute                  = NonPagedPool,
    PagedPool                            = 1,
    NonPagedPoolMustSucceed              = 2,
    NonPagedPoolCacheAligned             = 4,
    PagedPoolCacheAligned                = 5,
    NonPagedPoolCacheAlignedMustS        = 6,
    MaxPoolType                          = 7,
    NonPagedPoolNx                       = 512,
    NonPagedPoolNxCacheAligned           = 516
} POOL_TYPE;

typedef enum _EX_POOL_PRIORITY {
    LowPoolPriority                  = 0,
    LowPoolPrioritySpecialPoolOverrun  = 8,
    LowPoolPrioritySpecialPoolUnderrun = 9,
    NormalPoolPriority               = 16,
    NormalPoolPrioritySpecialPoolOverrun  = 24,
    NormalPoolPrioritySpecialPoolUnderrun = 25,
    HighPoolPriority                 = 32,
    HighPoolPrioritySpecialPoolOverrun  = 40,
    HighPoolPrioritySpecialPoolUnderrun = 41
} EX_POOL_PRIORITY;

typedef ULONG64 POOL_FLAGS;
typedef enum _POOL_EXTENDED_PARAMETER_TYPE {
    PoolExtendedParameterInvalidType = 0,
    PoolExtendedParameterPriority,
    PoolExtendedParameterSecurePool,
    PoolExtendedParameterNumaNode,
    PoolExtendedParameterMax
} POOL_EXTENDED_PARAMETER_TYPE;
typedef struct _POOL_EXTENDED_PARAMETER POOL_EXTENDED_PARAMETER, *PPOOL_EXTENDED_PARAMETER;
typedef const POOL_EXTENDED_PARAMETER *PCPOOL_EXTENDED_PARAMETER;

#define POOL_FLAG_USE_QUOTA       0x0000000000000001ULL
#define POOL_FLAG_UNINITIALIZED   0x0000000000000002ULL
#define POOL_FLAG_SESSION         0x0000000000000004ULL
#define POOL_FLAG_CACHE_ALIGNED   0x0000000000000008ULL
#define POOL_FLAG_RAISE_ON_FAILURE 0x0000000000000020ULL
#define POOL_FLAG_NON_PAGED       0x0000000000000040ULL
#define POOL_FLAG_NON_PAGED_EXECUTE 0x0000000000000080ULL
#define POOL_FLAG_PAGED           0x0000000000000100ULL

#define POOL_NX_OPTIN_AUTO 1
#define DRIVER_TAG_NONE    0

PVOID ExAllocatePool(POOL_TYPE PoolType, SIZE_T NumberOfBytes) WDK_NOEXCEPT;
PVOID ExAllocatePool2(POOL_FLAGS Flags, SIZE_T NumberOfBytes, ULONG Tag) WDK_NOEXCEPT;
PVOID ExAllocatePool3(POOL_FLAGS Flags, SIZE_T NumberOfBytes, ULONG Tag,
                      PCPOOL_EXTENDED_PARAMETER ExtendedParameters,
                      ULONG ExtendedParametersCount) WDK_NOEXCEPT;
PVOID ExAllocatePoolWithTag(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag) WDK_NOEXCEPT;
PVOID ExAllocatePoolWithTagPriority(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag,
                                    EX_POOL_PRIORITY Priority) WDK_NOEXCEPT;
PVOID ExAllocatePoolZero(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag) WDK_NOEXCEPT;
PVOID ExAllocatePoolUninitialized(POOL_TYPE PoolType, SIZE_T NumberOfBytes,
                                  ULONG Tag) WDK_NOEXCEPT;
VOID  ExFreePool(PVOID P) WDK_NOEXCEPT;
VOID  ExFreePoolWithTag(PVOID P, ULONG Tag) WDK_NOEXCEPT;

EXTERN_C_END

#define ExInitializeDriverRuntime(flags) ((void)(flags))
#define DrvRtPoolNxOptIn                 1
