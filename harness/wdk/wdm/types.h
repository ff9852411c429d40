#pragma once
// The scalar types of the kernel, safe on LP64: LONG and ULONG have 32 bits, whatever `long` has.
// Never <stdint.h>: driver sources define uint64_t and SIZE_MAX themselves.
// Page: windows-data-types (win32/winprog).

#include "compiler.h"

EXTERN_C_START

typedef void VOID;
typedef void *PVOID, *LPVOID;
typedef const void *PCVOID, *LPCVOID;

typedef char CHAR, *PCHAR, *LPCH, *PCH;
typedef signed char SCHAR, *PSCHAR;
typedef unsigned char UCHAR, *PUCHAR;
typedef short SHORT, *PSHORT, CSHORT, *PCSHORT;
typedef unsigned short USHORT, *PUSHORT;
typedef int INT, *PINT;
typedef unsigned int UINT, *PUINT;
typedef int LONG, *PLONG;
typedef unsigned int ULONG, *PULONG;
typedef long long LONGLONG, *PLONGLONG;
typedef unsigned long long ULONGLONG, *PULONGLONG, DWORDLONG, *PDWORDLONG;
typedef const UCHAR *PCUCHAR;
typedef const ULONG *PCULONG;

typedef signed char INT8, *PINT8;
typedef unsigned char UINT8, *PUINT8;
typedef short INT16, *PINT16;
typedef unsigned short UINT16, *PUINT16;
typedef int INT32, *PINT32, LONG32, *PLONG32;
typedef unsigned int UINT32, *PUINT32, ULONG32, *PULONG32, DWORD32, *PDWORD32;
typedef long long INT64, *PINT64, LONG64, *PLONG64;
typedef unsigned long long UINT64, *PUINT64, ULONG64, *PULONG64, DWORD64, *PDWORD64;

typedef __PTRDIFF_TYPE__ INT_PTR, *PINT_PTR, LONG_PTR, *PLONG_PTR, SSIZE_T, *PSSIZE_T;
typedef __SIZE_TYPE__ UINT_PTR, *PUINT_PTR, ULONG_PTR, *PULONG_PTR, SIZE_T, *PSIZE_T;
typedef ULONG_PTR DWORD_PTR, *PDWORD_PTR, KAFFINITY, *PKAFFINITY;

typedef UCHAR BOOLEAN, *PBOOLEAN;
typedef float FLOAT, *PFLOAT;
typedef double DOUBLE;
typedef CHAR CCHAR, *PCCHAR;
typedef CCHAR KPROCESSOR_MODE;
typedef UCHAR KIRQL, *PKIRQL;
typedef LONG KPRIORITY;
typedef LONG NTSTATUS, *PNTSTATUS;
typedef LONG HRESULT;
typedef ULONG LCID, *PLCID;
typedef ULONG LOGICAL, *PLOGICAL;
typedef ULONG ACCESS_MASK, *PACCESS_MASK;
typedef ULONG DEVICE_TYPE;
typedef LONGLONG USN;

typedef wchar_t WCHAR, *PWCHAR, *PWCH, *LPWCH, *LPWSTR, *PWSTR, *NTSTRSAFE_PWSTR;
typedef PWSTR *PPWSTR;
typedef const wchar_t *PCWSTR, *LPCWSTR, *PCWCH, *LPCWCH, *NTSTRSAFE_PCWSTR;
typedef char *PSTR, *LPSTR, *NTSTRSAFE_PSTR;
typedef const char *PCSTR, *LPCSTR, *PCSZ, *PCCH, *LPCCH, *NTSTRSAFE_PCSTR;
typedef wchar_t TCHAR, *PTCHAR;

typedef void *HANDLE, **PHANDLE;

typedef union _LARGE_INTEGER {
    struct {
        ULONG LowPart;
        LONG  HighPart;
    };
    struct {
        ULONG LowPart;
        LONG  HighPart;
    } u;
    LONGLONG QuadPart;
} LARGE_INTEGER, *PLARGE_INTEGER;

typedef union _ULARGE_INTEGER {
    struct {
        ULONG LowPart;
        ULONG HighPart;
    };
    struct {
        ULONG LowPart;
        ULONG HighPart;
    } u;
    ULONGLONG QuadPart;
} ULARGE_INTEGER, *PULARGE_INTEGER;

typedef LARGE_INTEGER PHYSICAL_ADDRESS, *PPHYSICAL_ADDRESS;

typedef struct _LUID {
    ULONG LowPart;
    LONG  HighPart;
} LUID, *PLUID;

typedef struct _PROCESSOR_NUMBER {
    USHORT Group;
    UCHAR  Number;
    UCHAR  Reserved;
} PROCESSOR_NUMBER, *PPROCESSOR_NUMBER;

typedef struct _GROUP_AFFINITY {
    KAFFINITY Mask;
    USHORT    Group;
    USHORT    Reserved[3];
} GROUP_AFFINITY, *PGROUP_AFFINITY;

EXTERN_C_END

#define FALSE 0
#define TRUE  1

#define ANYSIZE_ARRAY 1
#define MAXUCHAR      0xff
#define MAXUSHORT     0xffff
#define MAXULONG      0xffffffffu
#define MAXUINT       0xffffffffu
#define MAXLONG       0x7fffffff
#define MAXSHORT      0x7fff
#define MAXINT8       0x7f
#define MAXINT16      0x7fff
#define MAXINT32      0x7fffffff
#define MAXINT64      0x7fffffffffffffffLL
#define MAXUINT8      0xff
#define MAXUINT16     0xffff
#define MAXUINT32     0xffffffffu
#define MAXUINT64     0xffffffffffffffffULL
#define MAXLONGLONG   0x7fffffffffffffffLL
#define MAXULONGLONG  0xffffffffffffffffULL
#define MAXULONG_PTR  (~(ULONG_PTR)0)
#define MAXSIZE_T     ((SIZE_T)~(SIZE_T)0)
