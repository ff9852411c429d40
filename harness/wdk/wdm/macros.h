#pragma once
// Macros over types and fields. Pages: CONTAINING_RECORD, FIELD_OFFSET, RTL_NUMBER_OF and kin.

#include "types.h"

#define FIELD_OFFSET(type, field)  ((LONG)__builtin_offsetof(type, field))
#define UFIELD_OFFSET(type, field) ((ULONG)__builtin_offsetof(type, field))
#define CONTAINING_RECORD(address, type, field) \
    ((type *)(void *)((char *)(address) - __builtin_offsetof(type, field)))
#define RTL_FIELD_SIZE(type, field) (sizeof(((type *)0)->field))
#define RTL_SIZEOF_THROUGH_FIELD(type, field) \
    (FIELD_OFFSET(type, field) + RTL_FIELD_SIZE(type, field))
#define RTL_CONTAINS_FIELD(structure, bytes, field)                    \
    ((char *)(&(structure)->field) + sizeof((structure)->field) <=     \
     (char *)(structure) + (bytes))
#define RTL_NUMBER_OF(array)             (sizeof(array) / sizeof((array)[0]))
#define RTL_NUMBER_OF_FIELD(type, field) (RTL_NUMBER_OF(((type *)0)->field))
#define ARRAYSIZE(array)                 RTL_NUMBER_OF(array)
#define _ARRAYSIZE(array)                RTL_NUMBER_OF(array)
#define TYPE_ALIGNMENT(type)             __builtin_offsetof(struct { char x; type test; }, test)

#define ALIGN_DOWN_BY(length, alignment) ((ULONG_PTR)(length) & ~((ULONG_PTR)(alignment) - 1))
#define ALIGN_UP_BY(length, alignment) \
    (ALIGN_DOWN_BY(((ULONG_PTR)(length) + (alignment) - 1), alignment))
#define ALIGN_DOWN(length, type) ALIGN_DOWN_BY(length, sizeof(type))
#define ALIGN_UP(length, type)   ALIGN_UP_BY(length, sizeof(type))
#define ALIGN_DOWN_POINTER_BY(address, alignment) ((PVOID)ALIGN_DOWN_BY(address, alignment))
#define ALIGN_UP_POINTER_BY(address, alignment)   ((PVOID)ALIGN_UP_BY(address, alignment))
#define ROUND_TO_SIZE(length, alignment) \
    (((ULONG_PTR)(length) + ((alignment) - 1)) & ~(ULONG_PTR)((alignment) - 1))

#define Add2Ptr(pointer, bytes) ((PVOID)((PUCHAR)(pointer) + (bytes)))
#define PtrOffset(base, pointer) ((ULONG)((ULONG_PTR)(pointer) - (ULONG_PTR)(base)))
#define PTR_DIFF(left, right)   ((ULONG)((PUCHAR)(left) - (PUCHAR)(right)))
#define PtrToUlong(pointer)     ((ULONG)(ULONG_PTR)(pointer))
#define PtrToUint(pointer)      ((UINT)(UINT_PTR)(pointer))
#define PtrToLong(pointer)      ((LONG)(LONG_PTR)(pointer))
#define UlongToPtr(number)      ((PVOID)(ULONG_PTR)(ULONG)(number))
#define LongToPtr(number)       ((PVOID)(LONG_PTR)(LONG)(number))
#define UlongToHandle(number)   ((HANDLE)(ULONG_PTR)(ULONG)(number))
#define HandleToUlong(handle)   ((ULONG)(ULONG_PTR)(handle))
#define HandleToULong(handle)   HandleToUlong(handle)

#define LOWORD(number) ((USHORT)((ULONG_PTR)(number) & 0xffff))
#define HIWORD(number) ((USHORT)(((ULONG_PTR)(number) >> 16) & 0xffff))
#define LOBYTE(number) ((UCHAR)((ULONG_PTR)(number) & 0xff))
#define HIBYTE(number) ((UCHAR)(((ULONG_PTR)(number) >> 8) & 0xff))

#define FlagOn(flags, flag)          ((flags) & (flag))
#define BooleanFlagOn(flags, flag)   ((BOOLEAN)(((flags) & (flag)) != 0))
#define SetFlag(flags, flag)         ((flags) |= (flag))
#define ClearFlag(flags, flag)       ((flags) &= ~(flag))

#define _byteswap_ushort(number) __builtin_bswap16(number)
#define _byteswap_ulong(number)  __builtin_bswap32(number)
#define _byteswap_uint64(number) ((ULONGLONG)__builtin_bswap64(number))
#define RtlUshortByteSwap(number)    __builtin_bswap16((USHORT)(number))
#define RtlUlongByteSwap(number)     __builtin_bswap32((ULONG)(number))
#define RtlUlonglongByteSwap(number) ((ULONGLONG)__builtin_bswap64((ULONGLONG)(number)))

#define TEXT(quote)  L##quote
#define _T(quote)    L##quote
#define __TEXT(quote) L##quote
