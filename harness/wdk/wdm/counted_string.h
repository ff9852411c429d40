#pragma once
// Counted strings. Lengths are bytes, never characters. Page: unicode_string (ntdef).

#include "memory.h"

EXTERN_C_START

struct _GUID;  // guiddef.h has it.

typedef struct _UNICODE_STRING {
    USHORT Length;
    USHORT MaximumLength;
    PWCH   Buffer;
} UNICODE_STRING, *PUNICODE_STRING;
typedef const UNICODE_STRING *PCUNICODE_STRING;

typedef struct _STRING {
    USHORT Length;
    USHORT MaximumLength;
    PCHAR  Buffer;
} STRING, *PSTRING, ANSI_STRING, *PANSI_STRING, OEM_STRING, *POEM_STRING;
typedef const STRING *PCANSI_STRING;

VOID     RtlInitUnicodeString(PUNICODE_STRING DestinationString, PCWSTR SourceString) WDK_NOEXCEPT;
VOID     RtlInitAnsiString(PANSI_STRING DestinationString, PCSZ SourceString) WDK_NOEXCEPT;
VOID     RtlInitString(PSTRING DestinationString, PCSZ SourceString) WDK_NOEXCEPT;
NTSTATUS RtlUnicodeStringInit(PUNICODE_STRING DestinationString, PCWSTR SourceString) WDK_NOEXCEPT;
VOID     RtlCopyUnicodeString(PUNICODE_STRING DestinationString,
                              PCUNICODE_STRING SourceString) WDK_NOEXCEPT;
BOOLEAN  RtlEqualUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2,
                               BOOLEAN CaseInSensitive) WDK_NOEXCEPT;
LONG     RtlCompareUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2,
                                 BOOLEAN CaseInSensitive) WDK_NOEXCEPT;
BOOLEAN  RtlEqualString(const STRING *String1, const STRING *String2,
                        BOOLEAN CaseInSensitive) WDK_NOEXCEPT;
NTSTATUS RtlAppendUnicodeToString(PUNICODE_STRING Destination, PCWSTR Source) WDK_NOEXCEPT;
NTSTATUS RtlAppendUnicodeStringToString(PUNICODE_STRING Destination,
                                        PCUNICODE_STRING Source) WDK_NOEXCEPT;
NTSTATUS RtlAnsiStringToUnicodeString(PUNICODE_STRING DestinationString, PCANSI_STRING SourceString,
                                      BOOLEAN AllocateDestinationString) WDK_NOEXCEPT;
NTSTATUS RtlUnicodeStringToAnsiString(PANSI_STRING DestinationString, PCUNICODE_STRING SourceString,
                                      BOOLEAN AllocateDestinationString) WDK_NOEXCEPT;
ULONG    RtlxUnicodeStringToAnsiSize(PCUNICODE_STRING UnicodeString) WDK_NOEXCEPT;
VOID     RtlFreeUnicodeString(PUNICODE_STRING UnicodeString) WDK_NOEXCEPT;
VOID     RtlFreeAnsiString(PANSI_STRING AnsiString) WDK_NOEXCEPT;
NTSTATUS RtlStringFromGUID(const struct _GUID *Guid, PUNICODE_STRING GuidString) WDK_NOEXCEPT;
NTSTATUS RtlGUIDFromString(PCUNICODE_STRING GuidString, struct _GUID *Guid) WDK_NOEXCEPT;
NTSTATUS RtlIntegerToUnicodeString(ULONG Value, ULONG Base, PUNICODE_STRING String) WDK_NOEXCEPT;
NTSTATUS RtlUnicodeStringToInteger(PCUNICODE_STRING String, ULONG Base, PULONG Value) WDK_NOEXCEPT;
WCHAR    RtlUpcaseUnicodeChar(WCHAR SourceCharacter) WDK_NOEXCEPT;

EXTERN_C_END

#define RtlUnicodeStringToAnsiSize(text) RtlxUnicodeStringToAnsiSize(text)

#define UNICODE_NULL       ((WCHAR)0)
#define ANSI_NULL          ((CHAR)0)
#define UNICODE_STRING_MAX_BYTES ((USHORT)65534)
#define UNICODE_STRING_MAX_CHARS 32767

#ifdef __cplusplus
WDK_INLINE PWCH wdk_mutable(PCWSTR text) { return const_cast<PWCH>(text); }
WDK_INLINE PCHAR wdk_mutable(PCSTR text) { return const_cast<PCHAR>(text); }
#else
#define wdk_mutable(text) (text)
#endif
#define RTL_CONSTANT_STRING(text) \
    { sizeof(text) - sizeof((text)[0]), sizeof(text), wdk_mutable(text) }
#define DECLARE_CONST_UNICODE_STRING(variable, text)                                           \
    const WCHAR          variable##_buffer[] = text;                                           \
    const UNICODE_STRING variable = {sizeof(text) - sizeof(WCHAR), sizeof(text),               \
                                     (PWCH)variable##_buffer}
#define DECLARE_UNICODE_STRING_SIZE(variable, characters)                    \
    WCHAR          variable##_buffer[characters];                            \
    UNICODE_STRING variable = {0, (characters) * sizeof(WCHAR), variable##_buffer}
#define RtlInitEmptyUnicodeString(string, buffer, bytes) \
    ((string)->Buffer = (buffer), (string)->MaximumLength = (bytes), (string)->Length = 0)
