#pragma once
// Printing, assertions and the end of the machine. ASSERT and NT_ASSERT exist under DBG only, and
// then call RtlAssert, so that a driver's own assertions are an oracle.
// Pages: dbgprint, dbgprintex (wdm), assert, nt_assert.

#include "counted_string.h"

EXTERN_C_START

/// Formats are Microsoft's (%S, %ws, %wZ, %I64x, 32-bit %lx), never libc's.
ULONG DbgPrint(PCSTR Format, ...) WDK_NOEXCEPT;
ULONG DbgPrintEx(ULONG ComponentId, ULONG Level, PCSTR Format, ...) WDK_NOEXCEPT;
ULONG vDbgPrintEx(ULONG ComponentId, ULONG Level, PCCH Format, va_list Arguments) WDK_NOEXCEPT;
ULONG vDbgPrintExWithPrefix(PCCH Prefix, ULONG ComponentId, ULONG Level, PCCH Format,
                            va_list Arguments) WDK_NOEXCEPT;
VOID  DbgBreakPoint(VOID) WDK_NOEXCEPT;
VOID  RtlAssert(PVOID FailedAssertion, PVOID FileName, ULONG LineNumber,
                PSTR MutableMessage) WDK_NOEXCEPT;
VOID  KeBugCheck(ULONG BugCheckCode) WDK_NOEXCEPT __attribute__((noreturn));
VOID  KeBugCheckEx(ULONG BugCheckCode, ULONG_PTR BugCheckParameter1, ULONG_PTR BugCheckParameter2,
                   ULONG_PTR BugCheckParameter3, ULONG_PTR BugCheckParameter4) WDK_NOEXCEPT
    __attribute__((noreturn));

EXTERN_C_END

#define __fastfail(code) RtlFailFast(code)
#define __debugbreak()   DbgBreakPoint()
#define DbgRaiseAssertionFailure() DbgBreakPoint()

#define wdk_assert(expression, text, message)                                                 \
    ((expression) ? 1                                                                         \
                  : (RtlAssert((PVOID)(ULONG_PTR)(text), (PVOID)(ULONG_PTR)__FILE__, __LINE__, \
                               (PSTR)(ULONG_PTR)(message)),                                   \
                     0))

#if DBG
#define ASSERT(expression)                  ((void)wdk_assert(expression, #expression, 0))
#define ASSERTMSG(message, expression)      ((void)wdk_assert(expression, #expression, message))
#define RTL_SOFT_ASSERT(expression)         ((void)wdk_assert(expression, #expression, 0))
#define NT_ASSERT(expression)               wdk_assert(expression, #expression, 0)
#define NT_ASSERTMSG(message, expression)   wdk_assert(expression, #expression, message)
#define NT_FRE_ASSERT(expression)           wdk_assert(expression, #expression, 0)
#define NT_VERIFY(expression)               wdk_assert(expression, #expression, 0)
#define KdPrint(arguments)                  ((void)(DbgPrint arguments))
#define KdPrintEx(arguments)                ((void)(DbgPrintEx arguments))
#define KdBreakPoint()                      DbgBreakPoint()
#else
#define ASSERT(expression)                ((void)0)
#define ASSERTMSG(message, expression)    ((void)0)
#define RTL_SOFT_ASSERT(expression)       ((void)0)
#define NT_ASSERT(expression)             ((void)0)
#define NT_ASSERTMSG(message, expression) ((void)0)
#define NT_FRE_ASSERT(expression)         wdk_assert(expression, #expression, 0)
#define NT_VERIFY(expression)             ((void)(expression))
#define KdPrint(arguments)                ((void)0)
#define KdPrintEx(arguments)              ((void)0)
#define KdBreakPoint()                    ((void)0)
#endif
#define NT_ANALYSIS_ASSUME(expression) ((void)0)
#define NT_ASSERTMSGW                  NT_ASSERTMSG
#define NT_ASSERT_ASSUME               NT_ASSERT

#define DPFLTR_SYSTEM_ID      0
#define DPFLTR_IHVDRIVER_ID   77
#define DPFLTR_IHVVIDEO_ID    78
#define DPFLTR_IHVAUDIO_ID    79
#define DPFLTR_IHVNETWORK_ID  80
#define DPFLTR_DEFAULT_ID     101
#define DPFLTR_ERROR_LEVEL    0
#define DPFLTR_WARNING_LEVEL  1
#define DPFLTR_TRACE_LEVEL    2
#define DPFLTR_INFO_LEVEL     3
#define DPFLTR_MASK           0x80000000u
