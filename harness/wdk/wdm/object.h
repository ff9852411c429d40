#pragma once
// Handles, threads and system objects.
// Pages: pscreatesystemthread, obreferenceobjectbyhandle (wdm).

#include "io.h"

EXTERN_C_START

typedef struct _OBJECT_ATTRIBUTES {
    ULONG           Length;
    HANDLE          RootDirectory;
    PUNICODE_STRING ObjectName;
    ULONG           Attributes;
    PVOID           SecurityDescriptor;
    PVOID           SecurityQualityOfService;
} OBJECT_ATTRIBUTES, *POBJECT_ATTRIBUTES;

typedef struct _CLIENT_ID {
    HANDLE UniqueProcess;
    HANDLE UniqueThread;
} CLIENT_ID, *PCLIENT_ID;

typedef struct _OBJECT_TYPE *POBJECT_TYPE;
typedef struct _OBJECT_HANDLE_INFORMATION *POBJECT_HANDLE_INFORMATION;
typedef VOID  KSTART_ROUTINE(PVOID StartContext);
typedef KSTART_ROUTINE *PKSTART_ROUTINE;

extern POBJECT_TYPE *PsThreadType;
extern POBJECT_TYPE *ExEventObjectType;
extern POBJECT_TYPE *IoFileObjectType;

#define OBJ_INHERIT          0x00000002
#define OBJ_CASE_INSENSITIVE 0x00000040
#define OBJ_KERNEL_HANDLE    0x00000200
#define SYNCHRONIZE          0x00100000
#define STANDARD_RIGHTS_REQUIRED 0x000f0000
#define STANDARD_RIGHTS_ALL  0x001f0000
#define GENERIC_READ         0x80000000u
#define GENERIC_WRITE        0x40000000u
#define GENERIC_ALL          0x10000000u
#define THREAD_ALL_ACCESS    0x001fffff
#define EVENT_MODIFY_STATE   0x0002
#define InitializeObjectAttributes(object, name, attributes, root, security)              \
    ((object)->Length = sizeof(OBJECT_ATTRIBUTES), (object)->RootDirectory = (root),      \
     (object)->Attributes = (attributes), (object)->ObjectName = (name),                  \
     (object)->SecurityDescriptor = (security), (object)->SecurityQualityOfService = 0)

NTSTATUS PsCreateSystemThread(PHANDLE ThreadHandle, ULONG DesiredAccess,
                              POBJECT_ATTRIBUTES ObjectAttributes, HANDLE ProcessHandle,
                              PCLIENT_ID ClientId, PKSTART_ROUTINE StartRoutine,
                              PVOID StartContext) WDK_NOEXCEPT;
/// Does not return: the calling thread ends.
NTSTATUS  PsTerminateSystemThread(NTSTATUS ExitStatus) WDK_NOEXCEPT;
PKTHREAD  KeGetCurrentThread(VOID) WDK_NOEXCEPT;
HANDLE    PsGetCurrentProcessId(VOID) WDK_NOEXCEPT;
HANDLE    PsGetCurrentThreadId(VOID) WDK_NOEXCEPT;
PEPROCESS IoGetCurrentProcess(VOID) WDK_NOEXCEPT;
KPRIORITY KeSetPriorityThread(PKTHREAD Thread, KPRIORITY Priority) WDK_NOEXCEPT;
NTSTATUS  ObReferenceObjectByHandle(HANDLE Handle, ACCESS_MASK DesiredAccess,
                                    POBJECT_TYPE ObjectType, KPROCESSOR_MODE AccessMode,
                                    PVOID *Object,
                                    POBJECT_HANDLE_INFORMATION HandleInformation) WDK_NOEXCEPT;
LONG_PTR  ObfReferenceObject(PVOID Object) WDK_NOEXCEPT;
LONG_PTR  ObfDereferenceObject(PVOID Object) WDK_NOEXCEPT;
NTSTATUS  ZwClose(HANDLE Handle) WDK_NOEXCEPT;
NTSTATUS  ZwCreateEvent(PHANDLE EventHandle, ACCESS_MASK DesiredAccess,
                        POBJECT_ATTRIBUTES ObjectAttributes, EVENT_TYPE EventType,
                        BOOLEAN InitialState) WDK_NOEXCEPT;
NTSTATUS  ZwSetEvent(HANDLE EventHandle, PLONG PreviousState) WDK_NOEXCEPT;
NTSTATUS  ZwWaitForSingleObject(HANDLE Handle, BOOLEAN Alertable,
                                PLARGE_INTEGER Timeout) WDK_NOEXCEPT;
PVOID     MmGetSystemRoutineAddress(PUNICODE_STRING SystemRoutineName) WDK_NOEXCEPT;

EXTERN_C_END

#define ObReferenceObject(object)   ObfReferenceObject(object)
#define ObDereferenceObject(object) ObfDereferenceObject(object)
#define PsGetCurrentThread()        ((PETHREAD)KeGetCurrentThread())
#define PsGetCurrentProcess()       IoGetCurrentProcess()
#define NtCurrentProcess()          ((HANDLE)(LONG_PTR)-1)
#define ZwCurrentProcess()          NtCurrentProcess()
