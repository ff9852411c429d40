// IRPs: how they are made, handed to a driver, and completed.
// Pages: buffer-descriptions-for-i-o-control-codes, nf-wdm-iocompleterequest.

#include <algorithm>
#include <cstring>
#include <span>
#include <utility>

#include <ndis.h>

#include "harness/ddi/ddi.hpp"
#include "harness/io/devices.hpp"
#include "harness/kernel/outside.hpp"
#include "harness/kernel/poison.hpp"
#include "harness/ndis/ndis.hpp"
#include "model/constants.hpp"

namespace interlock::harness {
namespace {

constexpr std::uint32_t irp_tag    = tag_of("Irp ");
constexpr std::uint32_t buffer_tag = tag_of("Iobf");
constexpr std::uint8_t  gone_byte  = 0xFE;  // As an address it is not canonical: using it faults.
constexpr std::uint32_t gone_word  = 0xFEFE'FEFE;

// An IRP with its one stack location, and behind them a list for its direct buffer.
struct Block {
    IRP               irp;
    IO_STACK_LOCATION location;
    MDL               mdl;
};

Block& block_of(const IoRequest& request) {
    return *reinterpret_cast<Block*>(request.raw);
}

enum class Buffering : std::uint8_t { buffered, direct, neither };

/// How the buffer that is read or written goes, and for IOCTLs their output.
Buffering way_of(const IoRequest& request) {
    if (request.asked.major == IRP_MJ_DEVICE_CONTROL) {
        const ULONG method = METHOD_FROM_CTL_CODE(request.asked.code);
        if (method == METHOD_BUFFERED) return Buffering::buffered;
        return method == METHOD_NEITHER ? Buffering::neither : Buffering::direct;
    }
    const ULONG flags = request.file->device->raw->Flags;
    if (flags & DO_BUFFERED_IO) return Buffering::buffered;
    return flags & DO_DIRECT_IO ? Buffering::direct : Buffering::neither;
}

/// A buffer of the system's own. Behind what is put into it lies what nobody has initialised.
void* system_buffer(World& world, std::span<const std::uint8_t> filled, std::size_t bytes) {
    if (bytes == 0) return nullptr;
    void* const memory =
        world.memory.allocate(bytes, buffer_tag, PoolKind::object, model::host_module);
    if (!filled.empty()) std::memcpy(memory, filled.data(), filled.size());
    return memory;
}

void describe(Block& block, std::vector<std::uint8_t>& bytes) {
    if (bytes.empty()) return;
    MmInitializeMdl(&block.mdl, bytes.data(), bytes.size());
    block.mdl.MdlFlags   = MDL_PAGES_LOCKED;
    block.irp.MdlAddress = &block.mdl;
}

void set_up_control(World& world, IoRequest& request, Block& block) {
    std::vector<std::uint8_t>& input = request.asked.input;
    auto&                      told  = block.location.Parameters.DeviceIoControl;
    told.IoControlCode               = request.asked.code;
    told.InputBufferLength           = static_cast<ULONG>(input.size());
    told.OutputBufferLength          = request.asked.room;
    switch (way_of(request)) {
        case Buffering::buffered:
            block.irp.UserBuffer = request.output.data();
            block.irp.AssociatedIrp.SystemBuffer =
                system_buffer(world, input, std::max(input.size(), request.output.size()));
            return;
        case Buffering::direct:
            block.irp.AssociatedIrp.SystemBuffer = system_buffer(world, input, input.size());
            return describe(block, request.output);
        case Buffering::neither:
            told.Type3InputBuffer = input.empty() ? nullptr : input.data();
            block.irp.UserBuffer  = request.output.empty() ? nullptr : request.output.data();
    }
}

void set_up_transfer(World& world, IoRequest& request, Block& block) {
    const bool                 reads      = request.asked.major == IRP_MJ_READ;
    std::vector<std::uint8_t>& bytes      = reads ? request.output : request.asked.input;
    block.location.Parameters.Read.Length = static_cast<ULONG>(bytes.size());
    switch (way_of(request)) {
        case Buffering::buffered:
            block.irp.UserBuffer = bytes.data();
            block.irp.AssociatedIrp.SystemBuffer =
                system_buffer(world, request.asked.input, bytes.size());
            return;
        case Buffering::direct:
            return describe(block, bytes);
        case Buffering::neither:
            block.irp.UserBuffer = bytes.empty() ? nullptr : bytes.data();
    }
}

void set_up(World& world, IoRequest& request) {
    Block& block            = block_of(request);
    block.irp.Type          = IO_TYPE_IRP;
    block.irp.Size          = sizeof(IRP) + sizeof(IO_STACK_LOCATION);
    block.irp.RequestorMode = UserMode;
    block.irp.StackCount = block.irp.CurrentLocation = 1;
    block.irp.Tail.Overlay.CurrentStackLocation      = &block.location;
    block.irp.Tail.Overlay.OriginalFileObject        = request.file->raw;
    block.location.MajorFunction                     = request.asked.major;
    block.location.DeviceObject                      = request.file->device->raw;
    block.location.FileObject                        = request.file->raw;
    if (request.asked.major == IRP_MJ_CREATE) {
        block.location.Parameters.Create.Options     = FILE_OPEN << 24;
        block.location.Parameters.Create.ShareAccess = FILE_SHARE_READ | FILE_SHARE_WRITE;
    }
    if (request.asked.major == IRP_MJ_DEVICE_CONTROL) set_up_control(world, request, block);
    if (request.asked.major == IRP_MJ_READ || request.asked.major == IRP_MJ_WRITE)
        set_up_transfer(world, request, block);
}

/// A driver that has no routine for it leaves it to the I/O manager.
Dispatch* routine_of(const IoRequest& request) {
    const Device& device = *request.file->device;
    if (device.by_ndis) return device.routines[request.asked.major];
    return device.raw->DriverObject->MajorFunction[request.asked.major];
}

bool holds_spin_lock(const World& world) {
    const TaskId task = world.kernel.current().id;
    return std::ranges::any_of(world.locks.held(), [task](const Held& held) {
        return held.task == task &&
               (held.form == LockForm::spin || held.form == LockForm::spin_at_dispatch);
    });
}

/// How many bytes Information may say, where it counts bytes of a buffer.
std::size_t room_of(const IoRequest& request) {
    return request.asked.major == IRP_MJ_WRITE ? request.asked.input.size() : request.output.size();
}

bool counts_bytes(const IoRequest& request) {
    return request.asked.major == IRP_MJ_READ || request.asked.major == IRP_MJ_WRITE ||
           request.asked.major == IRP_MJ_DEVICE_CONTROL;
}

std::uint32_t flags_at_completion(const World& world, const IoRequest& request) {
    const IRP&    irp   = *request.raw;
    std::uint32_t flags = 0;
    if (irp.CancelRoutine != nullptr) flags |= model::irp::cancel_routine_set;
    if (holds_spin_lock(world)) flags |= model::irp::spin_lock_held;
    const bool given_back = counts_bytes(request) && !NT_ERROR(irp.IoStatus.Status);
    if (given_back && irp.IoStatus.Information > room_of(request)) flags |= model::irp::too_much;
    return flags;
}

}  // namespace

IoRequest& Devices::make(File& file, Asked asked) {
    IoRequest& made = all_requests.emplace_back();
    made.id         = next_object();
    made.file       = &file;
    made.asked      = std::move(asked);
    made.output.resize(made.asked.room);
    made.raw = static_cast<IRP*>(
        world.memory.allocate(sizeof(Block), irp_tag, PoolKind::object, model::host_module));
    std::memset(made.raw, 0, sizeof(Block));
    set_up(world, made);
    ++file.requests;
    return made;
}

IoRequest& Devices::request(File& file, Asked asked) {
    IoRequest& made = make(file, std::move(asked));
    world.kernel.yield("DriverDispatch");
    dispatch(made);
    return made;
}

void Devices::dispatch(IoRequest& request) {
    const Module& module  = world.ndis->stack()[request.file->device->owner];
    Dispatch*     routine = routine_of(request);
    if (routine == nullptr) {
        request.raw->IoStatus.Status = STATUS_INVALID_DEVICE_REQUEST;
        const bool harmless =
            request.asked.major == IRP_MJ_CLEANUP || request.asked.major == IRP_MJ_CLOSE;
        if (harmless) request.raw->IoStatus.Status = STATUS_SUCCESS;
        return complete(request);
    }
    Callback       call(*world.ndis, module,
                        {.call   = model::Call::DriverDispatch,
                         .object = request.id,
                         .parent = request.file->id,
                         .flags  = request.asked.major,
                         .detail = request.asked.code});
    const NTSTATUS status = call_outside(routine, request.file->device->raw, request.raw);
    if (!request.completed) {
        request.marked = block_of(request).location.Control & SL_PENDING_RETURNED;
    }
    call.event.object = request.id;
    call.event.flags  = request.marked ? model::irp::marked_pending : 0;
    if (request.completed && static_cast<std::uint32_t>(status) == gone_word) {
        call.event.flags |= model::irp::read_afterwards;
    }
    look_after_completed();
    call.left(status);
}

model::Event Devices::completion_of(const IoRequest& request) const {
    model::Event event{.call = model::Call::IoCompleteRequest, .object = request.id};
    if (request.completed) return event;  // There is nothing that could be read.
    const IO_STATUS_BLOCK& said = request.raw->IoStatus;
    event.status                = static_cast<model::Status>(said.Status);
    event.flags                 = flags_at_completion(world, request);
    event.detail = static_cast<std::uint32_t>(std::min<ULONG_PTR>(said.Information, 0xFFFF'FFFF));
    return event;
}

void Devices::complete(IoRequest& request) {
    request.marked = block_of(request).location.Control & SL_PENDING_RETURNED;
    request.status = request.raw->IoStatus.Status;
    give_output(request);
    tell_output(request);
    bury(request);
    request.completed = true;
    --request.file->requests;
    world.kernel.wake_all(&request);
    if (request.file->requests == 0) world.kernel.wake_all(request.file);
}

/// What buffered I/O copies back to the requestor.
void Devices::give_output(IoRequest& request) {
    const IRP& irp = *request.raw;
    if (!counts_bytes(request) || NT_ERROR(irp.IoStatus.Status)) return;
    if (request.asked.major == IRP_MJ_WRITE || way_of(request) != Buffering::buffered) return;
    const std::size_t bytes =
        std::min<std::size_t>(irp.IoStatus.Information, request.output.size());
    if (bytes > 0) std::memcpy(request.output.data(), irp.AssociatedIrp.SystemBuffer, bytes);
}

void Devices::tell_output(const IoRequest& request) const {
    const IO_STATUS_BLOCK& said = request.raw->IoStatus;
    if (!gave || !counts_bytes(request) || NT_ERROR(said.Status)) return;
    gave(std::span(request.output).first(std::min(said.Information, request.output.size())));
}

void Devices::bury(IoRequest& request) {
    void* const buffer = request.raw->AssociatedIrp.SystemBuffer;
    const auto* piece  = world.memory.find(buffer);
    if (piece != nullptr && piece->tag == buffer_tag)
        world.memory.free(buffer, buffer_tag, true, PoolKind::object);
    std::memset(static_cast<void*>(request.raw), gone_byte, sizeof(Block));
    poison_memory(request.raw, sizeof(Block));
}

IoRequest* Devices::find(const _IRP* irp) {
    // The one that is asked for is one of the youngest, nearly always.
    for (auto one = all_requests.rbegin(); one != all_requests.rend(); ++one) {
        if (one->raw == irp) return &*one;
    }
    return nullptr;
}

bool Devices::was_touched(const IoRequest& request) const {
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(request.raw);
    return std::any_of(bytes, bytes + sizeof(Block),
                       [](std::uint8_t byte) { return byte != gone_byte; });
}

void Devices::look_after_completed() {
    constexpr std::size_t looked_at = 16;  // The youngest: later nobody has their addresses.
    if (poisons_memory()) return;          // The sanitizer sees it at once.
    std::size_t left = looked_at;
    for (auto one = all_requests.rbegin(); one != all_requests.rend() && left > 0; ++one, --left) {
        if (one->completed && was_touched(*one)) tell_touched(*one);
    }
}

void Devices::tell_touched(IoRequest& request) {
    if (std::exchange(request.told, true)) return;
    world.recorder.add({.call   = model::Call::Misused,
                        .module = request.file->device->owner,
                        .object = request.id,
                        .detail = static_cast<std::uint32_t>(model::Misuse::irp_touched)});
}

bool Devices::tell_if_completed(const _IRP* irp) {
    IoRequest* const request = find(irp);
    if (request == nullptr || !request->completed) return false;
    tell_touched(*request);
    return true;
}

}  // namespace interlock::harness
