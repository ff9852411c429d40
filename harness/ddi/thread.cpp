// System threads. Pages: pscreatesystemthread, psterminatesystemthread, kegetcurrentthread (wdm).

#include <algorithm>

#include "harness/ddi/kernel_object.hpp"
#include "harness/kernel/outside.hpp"

using namespace interlock;
using namespace interlock::harness;

namespace {

/// The object of the thread that a task runs, if it runs one.
KernelObject* object_of_task(const World& here, TaskId task) {
    const auto found = std::ranges::find(here.ddi.running, task, &DdiState::Thread::task);
    return found == here.ddi.running.end() ? nullptr : static_cast<KernelObject*>(found->object);
}

/// The running thread is over: those who wait for it go on. It has had a reference to itself.
void finish(World& here) {
    const TaskId  me     = here.kernel.current().id;
    KernelObject& thread = *object_of_task(here, me);
    std::erase_if(here.ddi.running, [me](const DdiState::Thread& one) { return one.task == me; });
    signal(thread.header, 1);
    dereference(thread);
}

void run_thread(KernelObject* object, model::ModuleId module, KSTART_ROUTINE* routine,
                void* context) {
    World& here = world();
    here.ddi.running.push_back({.task = here.kernel.current().id, .object = object});
    {
        const ExtensionCode code(module);
        call_outside(routine, context);
    }
    finish(here);
}

}  // namespace

extern "C" {

NTSTATUS PsCreateSystemThread(HANDLE*         handle, ULONG, OBJECT_ATTRIBUTES*, HANDLE, CLIENT_ID*,
                              PKSTART_ROUTINE routine, void* context) noexcept {
    World& here = enter("PsCreateSystemThread", passive_level);
    if (const Failure* fault = here.faults.strike(FaultPoint("PsCreateSystemThread")))
        return fault->status;
    KernelObject* const thread = make_kernel_object(ObjectKind::thread, DispatcherType::thread, 0);
    if (thread == nullptr) return STATUS_INSUFFICIENT_RESOURCES;
    *handle          = open_handle(*thread);
    const Task& task = here.kernel.current();
    here.kernel.spawn({Role::thread, ++here.ddi.threads}, cpu_beside(task), passive_level,
                      [=, module = task.module] { run_thread(thread, module, routine, context); });
    return STATUS_SUCCESS;
}

NTSTATUS PsTerminateSystemThread(NTSTATUS) noexcept {
    World& here = enter("PsTerminateSystemThread", passive_level);
    if (object_of_task(here, here.kernel.current().id) ==
        nullptr) {  // The caller is somebody else's thread: it goes on.
        report_misuse(model::Misuse::bad_argument);
        return STATUS_INVALID_PARAMETER;
    }
    if (here.kernel.current().locks > 0) report_misuse(model::Misuse::lock_held_at_return);
    finish(here);
    here.kernel.end_task();
}

PKTHREAD KeGetCurrentThread() noexcept {
    World& here = world();
    if (KernelObject* const object = object_of_task(here, here.kernel.current().id))
        return reinterpret_cast<PKTHREAD>(object);
    return reinterpret_cast<PKTHREAD>(&here.kernel.current());
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

}  // extern "C"
