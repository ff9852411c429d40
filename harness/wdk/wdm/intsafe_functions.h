#pragma once
// The checked integer functions, once, for two doors: <intsafe.h> returns HRESULTs and
// <ntintsafe.h> puts Rtl before the name and returns NTSTATUSes.

#include "types.h"

#define wdk_intsafe_convert(result_type, name, from, to, ok, overflow)                  \
    WDK_INLINE result_type name(from value, to *result) {                               \
        *result = (to)value;                                                            \
        if ((from)*result == value && (value < 1) == (*result < 1)) return ok;          \
        *result = (to)-1;                                                               \
        return overflow;                                                                \
    }

#define wdk_intsafe_arithmetic(result_type, name, type, builtin, ok, overflow)          \
    WDK_INLINE result_type name(type left, type right, type *result) {                  \
        if (!builtin(left, right, result)) return ok;                                   \
        *result = (type)-1;                                                             \
        return overflow;                                                                \
    }

#define wdk_intsafe_type(R, P, T, type, ok, overflow)                                   \
    wdk_intsafe_arithmetic(R, P##T##Add, type, __builtin_add_overflow, ok, overflow)    \
    wdk_intsafe_arithmetic(R, P##T##Sub, type, __builtin_sub_overflow, ok, overflow)    \
    wdk_intsafe_arithmetic(R, P##T##Mult, type, __builtin_mul_overflow, ok, overflow)

#define wdk_intsafe_family(R, P, ok, overflow)                                          \
    wdk_intsafe_type(R, P, UInt8, UINT8, ok, overflow)                                  \
    wdk_intsafe_type(R, P, UShort, USHORT, ok, overflow)                                \
    wdk_intsafe_type(R, P, UInt, UINT, ok, overflow)                                    \
    wdk_intsafe_type(R, P, ULong, ULONG, ok, overflow)                                  \
    wdk_intsafe_type(R, P, ULongLong, ULONGLONG, ok, overflow)                          \
    wdk_intsafe_type(R, P, ULongPtr, ULONG_PTR, ok, overflow)                           \
    wdk_intsafe_type(R, P, UIntPtr, UINT_PTR, ok, overflow)                             \
    wdk_intsafe_type(R, P, SIZET, SIZE_T, ok, overflow)                                 \
    wdk_intsafe_type(R, P, SizeT, SIZE_T, ok, overflow)                                 \
    wdk_intsafe_type(R, P, Long, LONG, ok, overflow)                                    \
    wdk_intsafe_type(R, P, LongLong, LONGLONG, ok, overflow)                            \
    wdk_intsafe_type(R, P, Int, INT, ok, overflow)                                      \
    wdk_intsafe_convert(R, P##ULongToUShort, ULONG, USHORT, ok, overflow)               \
    wdk_intsafe_convert(R, P##ULongToUChar, ULONG, UCHAR, ok, overflow)                 \
    wdk_intsafe_convert(R, P##ULongToUInt8, ULONG, UINT8, ok, overflow)                 \
    wdk_intsafe_convert(R, P##ULongToLong, ULONG, LONG, ok, overflow)                   \
    wdk_intsafe_convert(R, P##LongToULong, LONG, ULONG, ok, overflow)                   \
    wdk_intsafe_convert(R, P##LongToUShort, LONG, USHORT, ok, overflow)                 \
    wdk_intsafe_convert(R, P##UShortToUChar, USHORT, UCHAR, ok, overflow)               \
    wdk_intsafe_convert(R, P##UShortToUInt8, USHORT, UINT8, ok, overflow)               \
    wdk_intsafe_convert(R, P##UIntToUShort, UINT, USHORT, ok, overflow)                 \
    wdk_intsafe_convert(R, P##ULongLongToULong, ULONGLONG, ULONG, ok, overflow)         \
    wdk_intsafe_convert(R, P##ULongLongToUInt, ULONGLONG, UINT, ok, overflow)           \
    wdk_intsafe_convert(R, P##ULongLongToSizeT, ULONGLONG, SIZE_T, ok, overflow)        \
    wdk_intsafe_convert(R, P##SizeTToULong, SIZE_T, ULONG, ok, overflow)                \
    wdk_intsafe_convert(R, P##SizeTToUShort, SIZE_T, USHORT, ok, overflow)              \
    wdk_intsafe_convert(R, P##SizeTToUInt, SIZE_T, UINT, ok, overflow)                  \
    wdk_intsafe_convert(R, P##ULongPtrToULong, ULONG_PTR, ULONG, ok, overflow)          \
    wdk_intsafe_convert(R, P##ULongPtrToUShort, ULONG_PTR, USHORT, ok, overflow)
