#pragma once
// Safe strings. Buffers are counted in bytes (Cb) or characters (Cch), the terminator included.
// Formats are Microsoft's. Page: ntstrsafe (wdk).

#include "ntstatus.h"
#include "wdm/counted_string.h"

#define NTSTRSAFE_MAX_CCH     2147483647
#define STRSAFE_MAX_CCH       NTSTRSAFE_MAX_CCH
#define NTSTRSAFE_MAX_LENGTH  (NTSTRSAFE_MAX_CCH - 1)
#define NTSTRSAFE_UNICODE_STRING_MAX_CCH (0xffff / sizeof(wchar_t))

EXTERN_C_START

NTSTATUS RtlStringCbPrintfA(NTSTRSAFE_PSTR pszDest, size_t cbDest, NTSTRSAFE_PCSTR pszFormat,
                            ...) WDK_NOEXCEPT;
NTSTATUS RtlStringCbPrintfW(NTSTRSAFE_PWSTR pszDest, size_t cbDest, NTSTRSAFE_PCWSTR pszFormat,
                            ...) WDK_NOEXCEPT;
NTSTATUS RtlStringCbVPrintfA(NTSTRSAFE_PSTR pszDest, size_t cbDest, NTSTRSAFE_PCSTR pszFormat,
                             va_list argList) WDK_NOEXCEPT;
NTSTATUS RtlStringCbVPrintfW(NTSTRSAFE_PWSTR pszDest, size_t cbDest, NTSTRSAFE_PCWSTR pszFormat,
                             va_list argList) WDK_NOEXCEPT;
NTSTATUS RtlStringCchPrintfA(NTSTRSAFE_PSTR pszDest, size_t cchDest, NTSTRSAFE_PCSTR pszFormat,
                             ...) WDK_NOEXCEPT;
NTSTATUS RtlStringCchPrintfW(NTSTRSAFE_PWSTR pszDest, size_t cchDest, NTSTRSAFE_PCWSTR pszFormat,
                             ...) WDK_NOEXCEPT;
NTSTATUS RtlStringCbCopyA(NTSTRSAFE_PSTR pszDest, size_t cbDest,
                          NTSTRSAFE_PCSTR pszSrc) WDK_NOEXCEPT;
NTSTATUS RtlStringCbCopyW(NTSTRSAFE_PWSTR pszDest, size_t cbDest,
                          NTSTRSAFE_PCWSTR pszSrc) WDK_NOEXCEPT;
NTSTATUS RtlStringCbCopyNW(NTSTRSAFE_PWSTR pszDest, size_t cbDest, NTSTRSAFE_PCWSTR pszSrc,
                           size_t cbToCopy) WDK_NOEXCEPT;
NTSTATUS RtlStringCchCopyA(NTSTRSAFE_PSTR pszDest, size_t cchDest,
                           NTSTRSAFE_PCSTR pszSrc) WDK_NOEXCEPT;
NTSTATUS RtlStringCchCopyW(NTSTRSAFE_PWSTR pszDest, size_t cchDest,
                           NTSTRSAFE_PCWSTR pszSrc) WDK_NOEXCEPT;
NTSTATUS RtlStringCbCatA(NTSTRSAFE_PSTR pszDest, size_t cbDest,
                         NTSTRSAFE_PCSTR pszSrc) WDK_NOEXCEPT;
NTSTATUS RtlStringCbCatW(NTSTRSAFE_PWSTR pszDest, size_t cbDest,
                         NTSTRSAFE_PCWSTR pszSrc) WDK_NOEXCEPT;
NTSTATUS RtlStringCbLengthA(NTSTRSAFE_PCSTR psz, size_t cbMax, size_t *pcbLength) WDK_NOEXCEPT;
NTSTATUS RtlStringCbLengthW(NTSTRSAFE_PCWSTR psz, size_t cbMax, size_t *pcbLength) WDK_NOEXCEPT;
NTSTATUS RtlStringCchLengthA(NTSTRSAFE_PCSTR psz, size_t cchMax, size_t *pcchLength) WDK_NOEXCEPT;
NTSTATUS RtlStringCchLengthW(NTSTRSAFE_PCWSTR psz, size_t cchMax, size_t *pcchLength) WDK_NOEXCEPT;
NTSTATUS RtlUnicodeStringPrintf(PUNICODE_STRING DestinationString, NTSTRSAFE_PCWSTR pszFormat,
                                ...) WDK_NOEXCEPT;

EXTERN_C_END
