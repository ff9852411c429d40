#include "harness/io/devices.hpp"

#include <algorithm>
#include <cstring>

#include <ndis.h>

#include "harness/ddi/ddi.hpp"
#include "harness/ndis/ndis.hpp"
#include "harness/world.hpp"

namespace interlock::harness {
namespace {

constexpr std::uint32_t device_tag = tag_of("Devi");

// In front of what an NDIS driver asked for lies what NDIS keeps there for itself.
constexpr std::size_t ndis_bytes = 16;

/// The structure, and behind it the extension, both cleared.
DEVICE_OBJECT* make_raw(World& world, const Devices::Wanted& wanted) {
    const bool        by_ndis = wanted.routines != nullptr;
    const std::size_t behind  = wanted.extension_bytes + (by_ndis ? ndis_bytes : 0);
    const std::size_t bytes   = sizeof(DEVICE_OBJECT) + behind;
    void* const       memory =
        world.memory.allocate(bytes, device_tag, PoolKind::object, model::host_module);
    if (memory == nullptr) return nullptr;
    std::memset(memory, 0, bytes);
    auto* const raw      = static_cast<DEVICE_OBJECT*>(memory);
    raw->Type            = IO_TYPE_DEVICE;
    raw->Size            = static_cast<USHORT>(std::min<std::size_t>(bytes, 0xFFFF));
    raw->DriverObject    = wanted.driver;
    raw->Flags           = wanted.exclusive ? DO_EXCLUSIVE : 0;
    raw->Characteristics = wanted.characteristics;
    raw->DeviceType      = wanted.type;
    raw->StackSize       = 1;
    if (!by_ndis) raw->Flags |= DO_DEVICE_INITIALIZING;
    if (behind > 0) raw->DeviceExtension = raw + 1;
    return raw;
}

void put_on_driver(DEVICE_OBJECT* raw, DRIVER_OBJECT* driver) {
    if (driver == nullptr) return;
    raw->NextDevice      = driver->DeviceObject;
    driver->DeviceObject = raw;
}

void take_off_driver(DEVICE_OBJECT* raw) {
    DRIVER_OBJECT* const driver = raw->DriverObject;
    if (driver == nullptr) return;
    DEVICE_OBJECT** at = &driver->DeviceObject;
    while (*at != nullptr && *at != raw)
        at = &(*at)->NextDevice;
    if (*at == raw) *at = raw->NextDevice;
}

}  // namespace

void Devices::begin() {
    all_devices.clear();
    all_files.clear();
    all_requests.clear();
    links.clear();
    objects     = 0;
    cancel_lock = 0;
}

/// No IRP has the number of an OID request or a packet.
model::ObjectId Devices::next_object() {
    return world.ndis != nullptr ? world.ndis->next_object() : ++objects;
}

Device* Devices::create(const Wanted& wanted) {
    const bool taken = std::ranges::any_of(all_devices, [&](const Device& one) {
        return one.raw != nullptr && !wanted.name.empty() && one.name == wanted.name;
    });
    if (taken || (!wanted.link.empty() && find_link(wanted.link) != 0)) return nullptr;
    DEVICE_OBJECT* const raw = make_raw(world, wanted);
    if (raw == nullptr) return nullptr;
    put_on_driver(raw, wanted.driver);
    Device& made = all_devices.emplace_back();
    made.id      = next_object();
    made.owner   = wanted.owner;
    made.raw     = raw;
    made.name    = wanted.name;
    made.by_ndis = wanted.routines != nullptr;
    if (!made.by_ndis) return &made;
    std::copy_n(wanted.routines, major_functions, made.routines.begin());
    if (wanted.extension_bytes > 0) {
        made.reserved = static_cast<std::byte*>(raw->DeviceExtension) + ndis_bytes;
    }
    if (!wanted.link.empty()) links.push_back({next_object(), &made, wanted.link});
    return &made;
}

void Devices::remove(Device& device) {
    device.deleted = true;
    take_off_driver(device.raw);
    std::erase_if(links, [&](const Link& one) { return one.owner == &device; });
    forget_if_unused(device);
}

void Devices::forget_if_unused(Device& device) {
    if (!device.deleted || device.files > 0 || device.raw == nullptr) return;
    world.memory.free(device.raw, device_tag, true, PoolKind::object);
    device.raw = nullptr;
}

Device* Devices::find(const _DEVICE_OBJECT* raw) {
    for (Device& one : all_devices) {
        if (one.raw == raw && !one.deleted) return &one;
    }
    return nullptr;
}

Device* Devices::find_any(const _DEVICE_OBJECT* raw) {
    const auto found = std::ranges::find(all_devices, raw, &Device::raw);
    return found == all_devices.end() ? nullptr : &*found;
}

Device* Devices::find_handle(const void* handle) {
    for (Device& one : all_devices) {
        if (&one == handle && one.by_ndis && !one.deleted) return &one;
    }
    return nullptr;
}

model::ObjectId Devices::link(std::u16string name) {
    if (find_link(name) != 0) return 0;
    links.push_back({next_object(), nullptr, std::move(name)});
    return links.back().id;
}

model::ObjectId Devices::find_link(const std::u16string& name) const {
    const auto found = std::ranges::find(links, name, &Link::name);
    return found == links.end() ? 0 : found->id;
}

void Devices::unlink(const std::u16string& name) {
    std::erase_if(links, [&](const Link& one) { return one.name == name; });
}

void Devices::initialized(model::ModuleId owner) {
    for (Device& one : all_devices) {
        if (one.owner == owner && one.raw != nullptr)
            one.raw->Flags &= ~ULONG{DO_DEVICE_INITIALIZING};
    }
}

Device* Devices::openable(std::uint32_t number) {
    for (Device& one : all_devices) {
        const bool is_there = one.raw != nullptr && !one.deleted && !one.name.empty() &&
                              !(one.raw->Flags & DO_DEVICE_INITIALIZING);
        if (is_there && --number == 0) return &one;
    }
    return nullptr;
}

bool Devices::any_file() const {
    return std::ranges::any_of(all_files, [](const File& file) { return !file.closed; });
}

}  // namespace interlock::harness
