// What a process does with a handle: open, close, and cancelling what is under way.

#include <cstring>
#include <utility>

#include <ndis.h>

#include "harness/ddi/ddi.hpp"
#include "harness/io/devices.hpp"

namespace interlock::harness {
namespace {

constexpr std::uint32_t file_tag = tag_of("File");

FILE_OBJECT* make_raw(World& world, const Device& device) {
    void* const memory =
        world.memory.allocate(sizeof(FILE_OBJECT), file_tag, PoolKind::object, model::host_module);
    std::memset(memory, 0, sizeof(FILE_OBJECT));
    auto* const raw   = static_cast<FILE_OBJECT*>(memory);
    raw->Type         = IO_TYPE_FILE;
    raw->Size         = sizeof(FILE_OBJECT);
    raw->DeviceObject = device.raw;
    raw->ReadAccess   = TRUE;
    raw->WriteAccess  = TRUE;
    return raw;
}

}  // namespace

File& Devices::open(Device& device) {
    File& file  = all_files.emplace_back();
    file.id     = next_object();
    file.device = &device;
    file.raw    = make_raw(world, device);
    ++device.files;
    const IoRequest& created = request(file, {.major = IRP_MJ_CREATE});
    while (!created.completed)
        world.kernel.block(&created, "open");
    file.opened = NT_SUCCESS(created.status);
    if (!file.opened) {  // There is no handle, and nothing to clean up.
        file.closing = file.closed = true;
        --device.files;
        forget_if_unused(device);
    }
    world.kernel.wake_all(&file);
    return file;
}

void Devices::cancel_all(File& file) {
    // By place: the routines may make the list of requests longer.
    for (std::size_t place = 0; place < all_requests.size(); ++place) {
        IoRequest& one = all_requests[place];
        if (one.file == &file && !one.completed) cancel(one);
    }
}

void Devices::close(File& file) {
    if (std::exchange(file.closing, true)) return;  // Somebody else was quicker.
    const IoRequest& cleaning = request(file, {.major = IRP_MJ_CLEANUP});
    while (!cleaning.completed)
        world.kernel.block(&cleaning, "close");
    while (file.requests > 0)
        world.kernel.block(&file, "close");
    const IoRequest& last = request(file, {.major = IRP_MJ_CLOSE});
    while (!last.completed)
        world.kernel.block(&last, "close");
    file.closed = true;
    world.memory.free(file.raw, file_tag, true, PoolKind::object);
    --file.device->files;
    forget_if_unused(*file.device);
    world.kernel.wake_all(&file);
}

}  // namespace interlock::harness
