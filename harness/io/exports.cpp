// Devices and IRPs, as drivers link to them. Pages: nf-wdm-<name>, nf-ndis-ndisregisterdeviceex,
// nf-ndis-ndisderegisterdeviceex, nf-wdmsec-wdmlibiocreatedevicesecure.

#include <utility>

#include <ndis.h>
#include <wdmsec.h>

#include "harness/ddi/ddi.hpp"
#include "harness/io/devices.hpp"
#include "harness/ndis/ndis.hpp"
#include "model/constants.hpp"

using namespace interlock;
using namespace interlock::harness;

namespace {

std::u16string text_of(const UNICODE_STRING* string) {
    if (string == nullptr || string->Buffer == nullptr) return {};
    return {string->Buffer, string->Buffer + string->Length / sizeof(WCHAR)};
}

/// Where a call comes from a host task with no module, there is nobody to write an event for.
class DeviceCall {
public:
    DeviceCall(model::Call call, std::uint8_t irql_max, model::ObjectId object = 0,
               std::size_t count = 0)
        : here(world()),
          event{.call   = call,
                .module = here.kernel.current().module,
                .object = object,
                .count  = static_cast<std::uint16_t>(count)} {
        arrive(here, call, irql_max);
        here.recorder.add(event);
    }

    NTSTATUS left(NTSTATUS status, model::ObjectId made = 0) {
        if (made != 0) event.object = made;
        event.phase  = model::Phase::leave;
        event.status = static_cast<model::Status>(status);
        here.recorder.add(event);
        return status;
    }

    World&       here;
    model::Event event;
};

const Module* module_of(const DRIVER_OBJECT* driver) {
    for (const Module& module : world().ndis->stack()) {
        if (&module.driver == driver) return &module;
    }
    report_misuse(model::Misuse::bad_argument);
    return nullptr;
}

void remove(Device* device, model::Call call, std::uint8_t irql_max) {
    if (device == nullptr) return report_misuse(model::Misuse::bad_argument);
    DeviceCall made(call, irql_max, device->id, device->files);
    made.here.devices.remove(*device);
    made.left(STATUS_SUCCESS);
}

/// What is not allowed to be missing in NDIS_DEVICE_OBJECT_ATTRIBUTES.
bool is_complete(const NDIS_DEVICE_OBJECT_ATTRIBUTES& given) {
    return given.Header.Type == NDIS_OBJECT_TYPE_DEVICE_OBJECT_ATTRIBUTES &&
           given.Header.Revision >= 1 &&
           given.Header.Size >= NDIS_SIZEOF_DEVICE_OBJECT_ATTRIBUTES_REVISION_1 &&
           given.DeviceName != nullptr && given.MajorFunctions != nullptr;
}

constexpr UNICODE_STRING sddl(const wchar_t* text, std::size_t bytes) {
    return {static_cast<USHORT>(bytes - sizeof(wchar_t)), static_cast<USHORT>(bytes),
            const_cast<wchar_t*>(text)};
}

constexpr wchar_t kernel_only[]   = L"D:P";
constexpr wchar_t sys_all[]       = L"D:P(A;;GA;;;SY)";
constexpr wchar_t sys_adm_all[]   = L"D:P(A;;GA;;;SY)(A;;GA;;;BA)";
constexpr wchar_t sys_all_adm_r[] = L"D:P(A;;GA;;;SY)(A;;GRGX;;;BA)";

}  // namespace

extern "C" {

const UNICODE_STRING SDDL_DEVOBJ_KERNEL_ONLY     = sddl(kernel_only, sizeof kernel_only);
const UNICODE_STRING SDDL_DEVOBJ_SYS_ALL         = sddl(sys_all, sizeof sys_all);
const UNICODE_STRING SDDL_DEVOBJ_SYS_ALL_ADM_ALL = sddl(sys_adm_all, sizeof sys_adm_all);
const UNICODE_STRING SDDL_DEVOBJ_SYS_ALL_ADM_RX  = sddl(sys_all_adm_r, sizeof sys_all_adm_r);

NTSTATUS IoCreateDevice(PDRIVER_OBJECT DriverObject, ULONG DeviceExtensionSize,
                        PUNICODE_STRING DeviceName, DEVICE_TYPE DeviceType,
                        ULONG DeviceCharacteristics, BOOLEAN Exclusive,
                        PDEVICE_OBJECT* DeviceObject) noexcept {
    const Module* const module = module_of(DriverObject);
    if (module == nullptr) return STATUS_INVALID_PARAMETER;
    DeviceCall made(model::Call::IoCreateDevice, apc_level);
    *DeviceObject = nullptr;
    if (const Failure* fault = made.here.faults.strike(FaultPoint("IoCreateDevice")))
        return made.left(fault->status);
    Device* const device = made.here.devices.create({.owner           = module->id,
                                                     .driver          = DriverObject,
                                                     .name            = text_of(DeviceName),
                                                     .extension_bytes = DeviceExtensionSize,
                                                     .type            = DeviceType,
                                                     .characteristics = DeviceCharacteristics,
                                                     .exclusive       = Exclusive != FALSE});
    if (device == nullptr) return made.left(STATUS_OBJECT_NAME_COLLISION);
    *DeviceObject = device->raw;
    return made.left(STATUS_SUCCESS, device->id);
}

NTSTATUS WdmlibIoCreateDeviceSecure(PDRIVER_OBJECT DriverObject, ULONG DeviceExtensionSize,
                                    PUNICODE_STRING DeviceName, DEVICE_TYPE DeviceType,
                                    ULONG DeviceCharacteristics, BOOLEAN Exclusive,
                                    PCUNICODE_STRING /*DefaultSDDLString*/,
                                    LPCGUID /*DeviceClassGuid*/,
                                    PDEVICE_OBJECT* DeviceObject) noexcept {
    return IoCreateDevice(DriverObject, DeviceExtensionSize, DeviceName, DeviceType,
                          DeviceCharacteristics, Exclusive, DeviceObject);
}

VOID IoDeleteDevice(PDEVICE_OBJECT DeviceObject) noexcept {
    remove(world().devices.find(DeviceObject), model::Call::IoDeleteDevice, apc_level);
}

NTSTATUS IoCreateSymbolicLink(PUNICODE_STRING SymbolicLinkName,
                              PUNICODE_STRING /*DeviceName*/) noexcept {
    DeviceCall made(model::Call::IoCreateSymbolicLink, passive_level);
    if (const Failure* fault = made.here.faults.strike(FaultPoint("IoCreateSymbolicLink")))
        return made.left(fault->status);
    const model::ObjectId link = made.here.devices.link(text_of(SymbolicLinkName));
    return made.left(link != 0 ? STATUS_SUCCESS : STATUS_OBJECT_NAME_COLLISION, link);
}

NTSTATUS IoDeleteSymbolicLink(PUNICODE_STRING SymbolicLinkName) noexcept {
    Devices&              devices = world().devices;
    const model::ObjectId link    = devices.find_link(text_of(SymbolicLinkName));
    DeviceCall            made(model::Call::IoDeleteSymbolicLink, passive_level, link);
    devices.unlink(text_of(SymbolicLinkName));
    return made.left(link != 0 ? STATUS_SUCCESS : STATUS_OBJECT_NAME_NOT_FOUND);
}

NDIS_STATUS NdisRegisterDeviceEx(NDIS_HANDLE NdisHandle, PNDIS_DEVICE_OBJECT_ATTRIBUTES Attributes,
                                 PDEVICE_OBJECT* DeviceObject, PNDIS_HANDLE Handle) noexcept {
    Module* const module = driver_or_misuse(NdisHandle);
    if (module == nullptr) return NDIS_STATUS_NOT_SUPPORTED;
    DeviceCall made(model::Call::NdisRegisterDeviceEx, passive_level);
    *DeviceObject = nullptr;
    if (!is_complete(*Attributes)) return made.left(NDIS_STATUS_INVALID_PARAMETER);
    if (const Failure* fault = made.here.faults.strike(FaultPoint("NdisRegisterDeviceEx")))
        return made.left(fault->status);
    Device* const device = made.here.devices.create({.owner  = module->id,
                                                     .driver = &module->driver,
                                                     .name   = text_of(Attributes->DeviceName),
                                                     .extension_bytes = Attributes->ExtensionSize,
                                                     .type            = FILE_DEVICE_NETWORK,
                                                     .characteristics = FILE_DEVICE_SECURE_OPEN,
                                                     .routines        = Attributes->MajorFunctions,
                                                     .link = text_of(Attributes->SymbolicName)});
    if (device == nullptr) return made.left(STATUS_OBJECT_NAME_COLLISION);
    *DeviceObject = device->raw;
    *Handle       = device;
    return made.left(NDIS_STATUS_SUCCESS, device->id);
}

VOID NdisDeregisterDeviceEx(NDIS_HANDLE NdisDeviceHandle) noexcept {
    remove(world().devices.find_handle(NdisDeviceHandle), model::Call::NdisDeregisterDeviceEx,
           passive_level);
}

PVOID NdisGetDeviceReservedExtension(PDEVICE_OBJECT DeviceObject) noexcept {
    World&              here   = enter("NdisGetDeviceReservedExtension", dispatch_level);
    const Device* const device = here.devices.find_any(DeviceObject);
    if (device != nullptr) return device->reserved;
    report_misuse(model::Misuse::bad_argument);
    return nullptr;
}

VOID IofCompleteRequest(PIRP Irp, CCHAR /*PriorityBoost*/) noexcept {
    World& here = world();
    arrive(here, model::Call::IoCompleteRequest, dispatch_level);
    IoRequest* const request = here.devices.find(Irp);
    if (request == nullptr) return report_misuse(model::Misuse::bad_argument);
    model::Event event = here.devices.completion_of(*request);
    event.module       = here.kernel.current().module;
    here.recorder.add(event);
    if (!request->completed) here.devices.complete(*request);
    here.recorder.add_changed(event,
                              [](model::Event& leave) { leave.phase = model::Phase::leave; });
}

PDRIVER_CANCEL IoSetCancelRoutine(PIRP Irp, PDRIVER_CANCEL CancelRoutine) noexcept {
    World& here = enter("IoSetCancelRoutine", HIGH_LEVEL);
    if (here.devices.tell_if_completed(Irp)) return nullptr;
    const PDRIVER_CANCEL before = std::exchange(Irp->CancelRoutine, CancelRoutine);
    here.races.acquire(Irp, Through::value);  // It is an interlocked exchange.
    here.races.release(Irp, Through::value);
    here.kernel.yield("IoSetCancelRoutine");
    return before;
}

VOID IoAcquireCancelSpinLock(PKIRQL Irql) noexcept {
    *Irql =
        acquire_spin_lock(world().devices.cancel_lock, LockForm::spin, "IoAcquireCancelSpinLock");
}

VOID IoReleaseCancelSpinLock(KIRQL Irql) noexcept {
    release_spin_lock(world().devices.cancel_lock, LockForm::spin, Irql, "IoReleaseCancelSpinLock");
}

BOOLEAN IoCancelIrp(PIRP Irp) noexcept {
    World&           here    = enter("IoCancelIrp", dispatch_level);
    IoRequest* const request = here.devices.find(Irp);
    if (request != nullptr && !request->completed) return here.devices.cancel(*request);
    report_misuse(model::Misuse::bad_argument);
    return FALSE;
}

}  // extern "C"
