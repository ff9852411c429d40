// References to objects, and handles. Pages: obreferenceobjectbyhandle, obfreferenceobject,
// obfdereferenceobject, zwclose (wdm), zwcreateevent, zwsetevent, zwwaitforsingleobject (ntifs).

#include "harness/ddi/kernel_object.hpp"

#include "harness/kernel/alarms.hpp"

/// What a driver names to say which kind of object it means.
struct _OBJECT_TYPE {
    interlock::harness::ObjectKind kind;
};

extern "C" {
static _OBJECT_TYPE thread_type{interlock::harness::ObjectKind::thread};
static _OBJECT_TYPE event_type{interlock::harness::ObjectKind::event};
static POBJECT_TYPE threads = &thread_type, events = &event_type, files = nullptr;
POBJECT_TYPE*       PsThreadType      = &threads;
POBJECT_TYPE*       ExEventObjectType = &events;
POBJECT_TYPE*       IoFileObjectType  = &files;
}

namespace interlock::harness {

namespace {

constexpr std::uint32_t object_tag    = tag_of("Objt");
constexpr ULONG_PTR     handle_stride = 4;

/// Where in the table the handle lies; nullptr if it leads to nothing. That is reported, but for no
/// handle at all, which is but an error.
void** slot_of(World& world, HANDLE handle) {
    const auto number = reinterpret_cast<ULONG_PTR>(handle);
    auto&      table  = world.ddi.handles;
    const bool good   = number != 0 && number % handle_stride == 0 &&
                      number / handle_stride <= table.size() &&
                      table[number / handle_stride - 1] != nullptr;
    if (good) return &table[number / handle_stride - 1];
    if (handle != nullptr) report_misuse(model::Misuse::bad_argument);
    return nullptr;
}

}  // namespace

KernelObject* make_kernel_object(ObjectKind kind, DispatcherType type, LONG state) {
    auto* const object = make_object<KernelObject>(object_tag);
    if (object == nullptr) return nullptr;
    initialize(object->header, type, state);
    object->kind = kind;
    return object;
}

void dereference(KernelObject& object) {
    if (--object.references == 0) free_object(&object, object_tag);
}

HANDLE open_handle(KernelObject& object) {
    auto& table = world().ddi.handles;
    ++object.references;
    table.push_back(&object);
    return reinterpret_cast<HANDLE>(table.size() * handle_stride);
}

}  // namespace interlock::harness

using namespace interlock;
using namespace interlock::harness;

extern "C" {

NTSTATUS ObReferenceObjectByHandle(HANDLE handle, ACCESS_MASK, POBJECT_TYPE type, KPROCESSOR_MODE,
                                   void** result, POBJECT_HANDLE_INFORMATION) noexcept {
    World& here       = enter("ObReferenceObjectByHandle", passive_level);
    *result           = nullptr;
    void** const slot = slot_of(here, handle);
    if (slot == nullptr) return STATUS_INVALID_HANDLE;
    auto& object = *static_cast<KernelObject*>(*slot);
    if (type != nullptr && type->kind != object.kind) return STATUS_OBJECT_TYPE_MISMATCH;
    ++object.references;
    *result = &object;
    return STATUS_SUCCESS;
}

LONG_PTR ObfReferenceObject(void* pointer) noexcept {
    enter("ObReferenceObject", dispatch_level);
    auto* const object = object_of<KernelObject>(pointer, object_tag);
    return object ? ++object->references : 0;
}

LONG_PTR ObfDereferenceObject(void* pointer) noexcept {
    enter("ObDereferenceObject", dispatch_level);
    auto* const object = object_of<KernelObject>(pointer, object_tag);
    if (object == nullptr) return 0;
    const LONG_PTR left = object->references - 1;
    dereference(*object);
    return left;
}

NTSTATUS ZwClose(HANDLE handle) noexcept {
    World&       here = enter("ZwClose", passive_level);
    void** const slot = slot_of(here, handle);
    if (slot == nullptr) return STATUS_INVALID_HANDLE;
    auto& object = *static_cast<KernelObject*>(*slot);
    *slot        = nullptr;
    dereference(object);
    return STATUS_SUCCESS;
}

NTSTATUS ZwCreateEvent(HANDLE* handle, ACCESS_MASK, OBJECT_ATTRIBUTES*, EVENT_TYPE type,
                       BOOLEAN state) noexcept {
    World& here = enter("ZwCreateEvent", passive_level);
    if (const Failure* fault = here.faults.strike(FaultPoint("ZwCreateEvent")))
        return fault->status;
    KernelObject* const made =
        make_kernel_object(ObjectKind::event,
                           type == NotificationEvent ? DispatcherType::notification_event
                                                     : DispatcherType::synchronization_event,
                           state ? 1 : 0);
    if (made == nullptr) return STATUS_INSUFFICIENT_RESOURCES;
    *handle = open_handle(*made);
    dereference(*made);  // The handle holds it.
    return STATUS_SUCCESS;
}

NTSTATUS ZwSetEvent(HANDLE handle, LONG* before) noexcept {
    World&       here = enter("ZwSetEvent", passive_level);
    void** const slot = slot_of(here, handle);
    if (slot == nullptr) return STATUS_INVALID_HANDLE;
    auto& object = *static_cast<KernelObject*>(*slot);
    if (object.kind != ObjectKind::event) return STATUS_OBJECT_TYPE_MISMATCH;
    const LONG was = signal(object.header, 1);
    if (before != nullptr) *before = was;
    here.kernel.yield("ZwSetEvent");
    return STATUS_SUCCESS;
}

NTSTATUS ZwWaitForSingleObject(HANDLE handle, BOOLEAN, LARGE_INTEGER* timeout) noexcept {
    World& here = enter("ZwWaitForSingleObject", dispatch_level);
    check_may_wait(here, passive_level);
    void** const slot = slot_of(here, handle);
    if (slot == nullptr) return STATUS_INVALID_HANDLE;
    auto&           object = *static_cast<KernelObject*>(*slot);
    const Time100ns due    = timeout ? due_at(*timeout) : Alarms::never;
    ++object.references;  // A wait keeps what it waits for.
    const bool signalled = wait_for(object.header, due, "ZwWaitForSingleObject");
    dereference(object);
    return signalled ? STATUS_SUCCESS : STATUS_TIMEOUT;
}

}  // extern "C"
