#pragma once
// What the sources expect of Microsoft's compiler, said in terms of clang and g++.
// C sources are compiled with -fms-extensions, where __int64, __declspec and __forceinline are
// keywords; the C++ host has none of that, so our own headers never use those.

#include <stdarg.h>
#include <stddef.h>

#include "../driverspecs.h"

#ifdef __cplusplus
#define EXTERN_C       extern "C"
#define EXTERN_C_START extern "C" {
#define EXTERN_C_END   }
// A faked kernel call never throws: the world behind it may stop the run, but not by exception.
#define WDK_NOEXCEPT noexcept
#else
#define EXTERN_C extern
#define EXTERN_C_START
#define EXTERN_C_END
#define WDK_NOEXCEPT
#endif

// Our own inline functions: never a symbol of their own.
#define WDK_INLINE static inline __attribute__((always_inline, unused))

#ifndef __cplusplus
#define __cdecl
#define __stdcall
#define __fastcall
#define __vectorcall
#define __assume(expression) ((void)0)
#define __noop(...)          ((void)0)
#endif
#define NTAPI
#define FASTCALL
#define STDCALL
#define CDECL
#define WINAPI
#define APIENTRY
#define CALLBACK
#define DECLSPEC_IMPORT
#define DECLSPEC_NORETURN        __attribute__((noreturn))
#define DECLSPEC_NOINLINE        __attribute__((noinline))
#define DECLSPEC_ALIGN(boundary) __attribute__((aligned(boundary)))
#define DECLSPEC_CACHEALIGN      DECLSPEC_ALIGN(64)
#define DECLSPEC_SELECTANY       __attribute__((weak))
#define FORCEINLINE              inline __attribute__((always_inline))
#define CFORCEINLINE             FORCEINLINE
#define NTSYSAPI
#define NTKERNELAPI
#define NTHALAPI
#define NTSYSCALLAPI
#define UNALIGNED
#define RESTRICTED_POINTER __restrict
#define POINTER_ALIGNMENT  DECLSPEC_ALIGN(8)

#ifndef CONST
#define CONST const
#endif
#ifndef __cplusplus
#define IN
#define OUT
#define OPTIONAL
#endif

#define MAX_NATURAL_ALIGNMENT       8
#define MEMORY_ALLOCATION_ALIGNMENT 16
#define SYSTEM_CACHE_ALIGNMENT_SIZE 64

// The target a driver source asks for: a 64-bit x86 Windows. Not in C++, where these names would
// lead the host's own libraries astray.
#ifndef __cplusplus
#ifndef _WIN64
#define _WIN64 1
#endif
#ifndef _AMD64_
#define _AMD64_ 1
#endif
#endif

#ifdef __cplusplus
#define C_ASSERT(expression) static_assert(expression, #expression)
#else
#define C_ASSERT(expression) _Static_assert(expression, #expression)
#endif
#define UNREFERENCED_PARAMETER(parameter)      ((void)(parameter))
#define UNREFERENCED_LOCAL_VARIABLE(variable)  ((void)(variable))
#if DBG
#define DBG_UNREFERENCED_PARAMETER(parameter)
#define DBG_UNREFERENCED_LOCAL_VARIABLE(variable)
#else
#define DBG_UNREFERENCED_PARAMETER(parameter)     ((void)(parameter))
#define DBG_UNREFERENCED_LOCAL_VARIABLE(variable) ((void)(variable))
#endif
#define DEFAULT_UNREACHABLE default: __builtin_unreachable()

#if !defined(__cplusplus) && !defined(NOMINMAX)
#ifndef min
#define min(a, b) (((a) < (b)) ? (a) : (b))
#endif
#ifndef max
#define max(a, b) (((a) > (b)) ? (a) : (b))
#endif
#endif
