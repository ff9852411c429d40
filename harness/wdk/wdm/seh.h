#pragma once
// Structured exceptions, so far that their sources compile. A guarded body runs; nothing is
// caught, no filter is evaluated, and a __finally block runs when its body ends by itself.
// C only: __try is a macro of libstdc++, too. Page: structured-exception-handling (cpp).

#include "types.h"

#define EXCEPTION_EXECUTE_HANDLER      1
#define EXCEPTION_CONTINUE_SEARCH      0
#define EXCEPTION_CONTINUE_EXECUTION   (-1)

EXTERN_C_START

typedef struct _EXCEPTION_RECORD {
    NTSTATUS                  ExceptionCode;
    ULONG                     ExceptionFlags;
    struct _EXCEPTION_RECORD *ExceptionRecord;
    PVOID                     ExceptionAddress;
    ULONG                     NumberParameters;
    ULONG_PTR                 ExceptionInformation[15];
} EXCEPTION_RECORD, *PEXCEPTION_RECORD;

typedef struct _EXCEPTION_POINTERS {
    PEXCEPTION_RECORD ExceptionRecord;
    PVOID             ContextRecord;
} EXCEPTION_POINTERS, *PEXCEPTION_POINTERS;

DECLSPEC_NORETURN VOID ExRaiseStatus(NTSTATUS Status) WDK_NOEXCEPT;

EXTERN_C_END

#ifndef __cplusplus
// `break` leaves the body, hence a switch; a `continue` still reaches a loop around it.
#define __try            switch (0) default:
#define __except(filter) if (0 && (filter))
#define __finally
#define __leave          break
#define _exception_code()       ((NTSTATUS)0)
#define _exception_info()       ((PEXCEPTION_POINTERS)0)
#define _abnormal_termination() 0
#define GetExceptionCode()        _exception_code()
#define GetExceptionInformation() _exception_info()
#define AbnormalTermination()     _abnormal_termination()
#endif
