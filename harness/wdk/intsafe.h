#pragma once
// Checked integer arithmetic, user-mode door: results are HRESULTs. Each function fails without
// touching its operands, and then stores all ones. Page: intsafe.h functions (win32/menurc).

#include "windef.h"
#include "wdm/intsafe_functions.h"

#define S_OK                        ((HRESULT)0)
#define S_FALSE                     ((HRESULT)1)
#define INTSAFE_E_ARITHMETIC_OVERFLOW ((HRESULT)0x80070216)
#ifndef SUCCEEDED
#define SUCCEEDED(result) (((HRESULT)(result)) >= 0)
#define FAILED(result)    (((HRESULT)(result)) < 0)
#endif

wdk_intsafe_family(HRESULT, , S_OK, INTSAFE_E_ARITHMETIC_OVERFLOW)

#ifndef UINT8_MAX
#define INT8_MAX   0x7f
#define INT16_MAX  0x7fff
#define INT32_MAX  0x7fffffff
#define INT64_MAX  0x7fffffffffffffffLL
#define UINT8_MAX  0xff
#define UINT16_MAX 0xffff
#define UINT32_MAX 0xffffffffu
#define UINT64_MAX 0xffffffffffffffffULL
#endif
#define ULONG_ERROR  0xffffffffu
#define USHORT_MAX   0xffff
#define UCHAR_MAX    0xff
#define DWORD_MAX    0xffffffffu
#define ULONGLONG_MAX 0xffffffffffffffffULL
#define ULONG_PTR_MAX (~(ULONG_PTR)0)
#define SIZE_T_MAX    (~(SIZE_T)0)
#ifndef LONG_MAX
#define LONG_MAX  0x7fffffff
#define LONG_MIN  (-LONG_MAX - 1)
#define ULONG_MAX 0xffffffffu
#endif
#ifndef INT_MAX
#define INT_MAX  0x7fffffff
#define INT_MIN  (-INT_MAX - 1)
#define UINT_MAX 0xffffffffu
#endif
