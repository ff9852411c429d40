#pragma once
// The user-mode names of a few integers; kernel headers do not bring them.
// Page: windows-data-types (win32/winprog).

#include "wdm/types.h"
#include "wdm/macros.h"

EXTERN_C_START

typedef unsigned int   DWORD, *PDWORD, *LPDWORD;
typedef unsigned short WORD, *PWORD, *LPWORD;
typedef unsigned char  BYTE, *PBYTE, *LPBYTE;
typedef int            BOOL, *PBOOL, *LPBOOL;

EXTERN_C_END

#define MAX_PATH 260
#define MAKEWORD(low, high) ((WORD)(((BYTE)(low)) | ((WORD)((BYTE)(high))) << 8))
#define MAKELONG(low, high) ((LONG)(((WORD)(low)) | ((DWORD)((WORD)(high))) << 16))
