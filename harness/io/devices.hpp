#pragma once

// Device objects that extensions make, and what a process does with them: open, read, write,
// IOCTLs, cancel, close. It is an I/O manager and the requestor above it in one.
//
// An IRP is a structure of its own for each request. Once completed it is nobody's: its bytes are
// poisoned, and its address is not used again in the same run.
// Pages: irp-mj-create to irp-mj-cleanup, canceling-irps, using-buffered-i-o, using-direct-i-o,
// using-neither-buffered-nor-direct-i-o.

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "model/event.hpp"

struct _DEVICE_OBJECT;
struct _DRIVER_OBJECT;
struct _FILE_OBJECT;
struct _IRP;

namespace interlock::harness {

struct World;

/// A driver's dispatch routine. Source: nc-wdm-driver_dispatch.
using Dispatch = std::int32_t(_DEVICE_OBJECT*, _IRP*);

inline constexpr std::size_t major_functions = 0x1C;

/// One device object of an extension.
struct Device {
    model::ObjectId                        id       = 0;
    model::ModuleId                        owner    = 0;
    _DEVICE_OBJECT*                        raw      = nullptr;  // Null when it is gone for good.
    void*                                  reserved = nullptr;  // NDIS: the driver's own extension.
    std::u16string                         name;                // Empty: nobody can open it.
    bool                                   by_ndis = false;     // NdisRegisterDeviceEx made it.
    bool                                   deleted = false;     // The driver is done with it.
    std::uint32_t                          files   = 0;         // Of those not closed.
    std::array<Dispatch*, major_functions> routines{};          // NDIS: else they are the driver's.
};

/// One handle and the file object behind it, from its IRP_MJ_CREATE to its IRP_MJ_CLOSE.
struct File {
    model::ObjectId id       = 0;
    Device*         device   = nullptr;
    _FILE_OBJECT*   raw      = nullptr;
    bool            opened   = false;  // IRP_MJ_CREATE succeeded.
    bool            closing  = false;  // Its handle is gone.
    bool            closed   = false;  // IRP_MJ_CLOSE was sent, or there was nothing to close.
    bool            ended    = false;  // So has its process: nobody is left to ask for anything.
    std::uint32_t   requests = 0;      // IRPs that are not completed.
};

/// What is asked of a device.
struct Asked {
    std::uint8_t              major = 0;
    std::uint32_t             code  = 0;   // IoControlCode
    std::vector<std::uint8_t> input = {};  // IRP_MJ_WRITE, IOCTLs
    std::uint32_t             room  = 0;   // Bytes for the output: IRP_MJ_READ, IOCTLs
};

/// One IRP, and the requestor's own buffers.
struct IoRequest {
    model::ObjectId           id   = 0;
    File*                     file = nullptr;
    Asked                     asked;
    _IRP*                     raw = nullptr;
    std::vector<std::uint8_t> output;  // The requestor's.
    bool                      completed = false;
    bool                      marked    = false;  // IoMarkIrpPending, as seen at its completion.
    bool                      told      = false;  // That it was touched afterwards.
    std::int32_t              status    = 0;
};

class Devices {
public:
    explicit Devices(World& world) : world(world) {}

    /// Forgets all of the last run.
    void begin();

    // --- What extensions ask for -----------------------------------------------------------------

    struct Wanted {
        model::ModuleId  owner           = 0;
        _DRIVER_OBJECT*  driver          = nullptr;
        std::u16string   name            = {};
        std::size_t      extension_bytes = 0;
        std::uint32_t    type            = 0;
        std::uint32_t    characteristics = 0;
        bool             exclusive       = false;
        Dispatch* const* routines        = nullptr;  // NDIS: `major_functions` of them.
        std::u16string   link            = {};       // NDIS
    };

    /// @return null: there is a device, or for NDIS a link, of that name.
    Device* create(const Wanted& wanted);

    /// The driver lets go of it. While handles are open to it, it stays: delete-pending.
    void remove(Device& device);

    /// The devices that are there for the driver, by structure; null if there is none.
    Device* find(const _DEVICE_OBJECT* raw);
    /// Also one that is only there for those who have it open.
    Device* find_any(const _DEVICE_OBJECT* raw);
    /// By NDIS handle.
    Device* find_handle(const void* handle);

    /// @return its id, or 0 if there is one of that name.
    model::ObjectId link(std::u16string name);
    model::ObjectId find_link(const std::u16string& name) const;
    void            unlink(const std::u16string& name);

    /// DriverEntry has returned: its devices are open to everybody.
    void initialized(model::ModuleId owner);

    /// The event of IoCompleteRequest for it.
    model::Event completion_of(const IoRequest& request) const;
    /// IoCompleteRequest. @pre it is not completed
    void complete(IoRequest& request);
    /// The request of that IRP, also when it was completed; null if there is none.
    IoRequest* find(const _IRP* irp);
    /// @return whether it was completed before: then that it is touched is told.
    bool tell_if_completed(const _IRP* irp);
    /// IoCancelIrp. @return whether there was a cancel routine, which was run.
    bool cancel(IoRequest& request);

    // --- What a process does; in the current task ------------------------------------------------

    /// The device of that number, from 1, among those that can be opened now.
    Device* openable(std::uint32_t number);
    /// IRP_MJ_CREATE. @return the file, opened or not.
    File& open(Device& device);
    /// Makes an IRP and hands it to the driver. @return when the driver's routine has returned;
    ///         the request may be completed by then.
    IoRequest& request(File& file, Asked asked);
    /// Every IRP of that file that is not completed is to be cancelled.
    void cancel_all(File& file);
    /// IRP_MJ_CLEANUP, and when no IRP of the file is left, IRP_MJ_CLOSE.
    void close(File& file);

    /// Whether a file is open or not closed yet.
    bool              any_file() const;
    std::deque<File>& files() {
        return all_files;
    }

    /// Looks whether the youngest IRPs that are completed are as they were left; what is not is
    /// told, once.
    void look_after_completed();

    /// Told of the bytes that each request brings back to the process, as it is completed. May be
    /// empty.
    std::function<void(std::span<const std::uint8_t>)> gave;

    std::uintptr_t cancel_lock = 0;  // The KSPIN_LOCK of IoAcquireCancelSpinLock.

private:
    model::ObjectId next_object();
    IoRequest&      make(File& file, Asked asked);
    void            dispatch(IoRequest& request);
    void            forget_if_unused(Device& device);
    void            give_output(IoRequest& request);
    void            tell_output(const IoRequest& request) const;
    void            bury(IoRequest& request);
    bool            was_touched(const IoRequest& request) const;
    void            tell_touched(IoRequest& request);

    struct Link {
        model::ObjectId id    = 0;
        Device*         owner = nullptr;  // NDIS: goes with it.
        std::u16string  name;
    };

    World&                world;
    std::deque<Device>    all_devices;
    std::deque<File>      all_files;
    std::deque<IoRequest> all_requests;
    std::vector<Link>     links;
    model::ObjectId       objects = 0;
};

}  // namespace interlock::harness
