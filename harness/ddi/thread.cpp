// System threads and references to objects. Pages: pscreatesystemthread, psterminatesystemthread,
// obreferenceobjectbyhandle, zwclose (wdm).

#include <algorithm>

#include "harness/ddi/dispatcher.hpp"

using namespace interlock;
using namespace interlock::harness;

/// A thread as an object. Its handle is its address, too: one reference for each, and one that the
/// running thread itself has.
struct _KTHREAD {
    DISPATCHER_HEADER header;
    LONG              references;
};

// What a driver names to say which kind of object it means. Threads are all there is.
extern "C" {
static POBJECT_TYPE no_type           = nullptr;
POBJECT_TYPE*       PsThreadType      = &no_type;
POBJECT_TYPE*       ExEventObjectType = &no_type;
POBJECT_TYPE*       IoFileObjectType  = &no_type;
}

namespace {

constexpr std::uint32_t tag = tag_of("Thre");

void dereference(_KTHREAD* thread) {
    if (--thread->references == 0) free_object(thread, tag);
}

/// The running thread is over: those who wait for it go on.
void finish(World& here) {
    const TaskId me     = here.kernel.current().id;
    const auto   thread = std::ranges::find(here.ddi.running, me, &DdiState::Thread::task);
    auto* const  object = static_cast<_KTHREAD*>(thread->object);
    here.ddi.running.erase(thread);
    signal(object->header, 1);
    dereference(object);
}

bool is_a_thread(const World& here) {
    return std::ranges::find(here.ddi.running, here.kernel.current().id, &DdiState::Thread::task) !=
           here.ddi.running.end();
}

void run_thread(_KTHREAD* object, model::ModuleId module, KSTART_ROUTINE* routine, void* context) {
    World& here = world();
    here.ddi.running.push_back({.task = here.kernel.current().id, .object = object});
    {
        const ExtensionCode code(module);
        routine(context);
    }
    finish(here);
}

}  // namespace

extern "C" {

NTSTATUS PsCreateSystemThread(HANDLE*         handle, ULONG, OBJECT_ATTRIBUTES*, HANDLE, CLIENT_ID*,
                              PKSTART_ROUTINE routine, void* context) noexcept {
    World&      here   = enter("PsCreateSystemThread", passive_level);
    auto* const thread = make_object<_KTHREAD>(tag);
    initialize(thread->header, DispatcherType::thread, 0);
    thread->references = 2;
    *handle            = thread;
    const Task& task   = here.kernel.current();
    here.kernel.spawn({Role::thread, ++here.ddi.threads}, cpu_beside(task), passive_level,
                      [=, module = task.module] { run_thread(thread, module, routine, context); });
    return STATUS_SUCCESS;
}

NTSTATUS PsTerminateSystemThread(NTSTATUS) noexcept {
    World& here = enter("PsTerminateSystemThread", passive_level);
    if (!is_a_thread(here)) {  // The caller is somebody else's thread: it goes on.
        report_misuse(model::Misuse::bad_argument);
        return STATUS_INVALID_PARAMETER;
    }
    if (here.kernel.current().locks > 0) report_misuse(model::Misuse::lock_held_at_return);
    finish(here);
    here.kernel.end_task();
}

PKTHREAD KeGetCurrentThread() noexcept {
    World& here = world();
    for (const DdiState::Thread& thread : here.ddi.running) {
        if (thread.task == here.kernel.current().id) return static_cast<_KTHREAD*>(thread.object);
    }
    return reinterpret_cast<_KTHREAD*>(&here.kernel.current());
}

HANDLE PsGetCurrentThreadId() noexcept {
    return reinterpret_cast<HANDLE>((ULONG_PTR{world().kernel.current().id} + 1) * 4);
}

HANDLE PsGetCurrentProcessId() noexcept {
    return reinterpret_cast<HANDLE>(ULONG_PTR{4});  // The system process.
}

PEPROCESS IoGetCurrentProcess() noexcept {
    return reinterpret_cast<PEPROCESS>(PsGetCurrentProcessId());
}

KPRIORITY KeSetPriorityThread(PKTHREAD, KPRIORITY) noexcept {
    enter("KeSetPriorityThread", passive_level);
    return 8;  // Priorities decide nothing: the scheduler does.
}

NTSTATUS ObReferenceObjectByHandle(HANDLE handle, ACCESS_MASK, POBJECT_TYPE, KPROCESSOR_MODE,
                                   void** object, POBJECT_HANDLE_INFORMATION) noexcept {
    enter("ObReferenceObjectByHandle", passive_level);
    auto* const thread = object_of<_KTHREAD>(handle, tag);
    *object            = thread;
    if (thread == nullptr) return STATUS_INVALID_HANDLE;
    ++thread->references;
    return STATUS_SUCCESS;
}

LONG_PTR ObfReferenceObject(void* object) noexcept {
    enter("ObReferenceObject", dispatch_level);
    auto* const thread = object_of<_KTHREAD>(object, tag);
    return thread ? ++thread->references : 0;
}

LONG_PTR ObfDereferenceObject(void* object) noexcept {
    enter("ObDereferenceObject", dispatch_level);
    auto* const thread = object_of<_KTHREAD>(object, tag);
    if (thread == nullptr) return 0;
    const LONG_PTR left = thread->references - 1;
    dereference(thread);
    return left;
}

NTSTATUS ZwClose(HANDLE handle) noexcept {
    enter("ZwClose", passive_level);
    auto* const thread = object_of<_KTHREAD>(handle, tag);
    if (thread == nullptr) return STATUS_INVALID_HANDLE;
    dereference(thread);
    return STATUS_SUCCESS;
}

}  // extern "C"
