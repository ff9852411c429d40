// The I/O manager that drivers meet: what a driver finds in an IRP, and what a requestor gets.

#include "harness/io/devices.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include <wdmsec.h>

#include "harness/bundled.hpp"
#include "harness/ddi/driver_test.hpp"
#include "harness/io/known_devices.hpp"
#include "harness/ndis/ndis.hpp"
#include "model/constants.hpp"

namespace interlock::harness {
namespace {

constexpr ULONG code_of(ULONG method) {
    return CTL_CODE(FILE_DEVICE_NETWORK, 0x800, method, FILE_ANY_ACCESS);
}

UNICODE_STRING counted(const wchar_t* text) {
    UNICODE_STRING string;
    RtlInitUnicodeString(&string, text);
    return string;
}

NTSTATUS complete(IRP* irp, NTSTATUS status, ULONG_PTR information = 0) {
    irp->IoStatus.Status      = status;
    irp->IoStatus.Information = information;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

NTSTATUS succeed(DEVICE_OBJECT*, IRP* irp) {
    return complete(irp, STATUS_SUCCESS);
}

/// Whichever way the buffers come: every byte of the input, plus one.
NTSTATUS add_one(DEVICE_OBJECT*, IRP* irp) {
    const auto& asked  = IoGetCurrentIrpStackLocation(irp)->Parameters.DeviceIoControl;
    const ULONG method = METHOD_FROM_CTL_CODE(asked.IoControlCode);
    void*       from   = irp->AssociatedIrp.SystemBuffer;
    void*       to     = from;
    if (method == METHOD_NEITHER) from = asked.Type3InputBuffer, to = irp->UserBuffer;
    if (method == METHOD_OUT_DIRECT) to = MmGetSystemAddressForMdlSafe(irp->MdlAddress, 0);
    for (ULONG at = 0; at < asked.InputBufferLength && at < asked.OutputBufferLength; ++at) {
        static_cast<UCHAR*>(to)[at] = static_cast<UCHAR>(static_cast<UCHAR*>(from)[at] + 1);
    }
    return complete(irp, STATUS_SUCCESS, asked.InputBufferLength);
}

IRP* pending_irp = nullptr;

void cancel_it(DEVICE_OBJECT*, IRP* irp) {
    IoReleaseCancelSpinLock(irp->CancelIrql);
    complete(irp, STATUS_CANCELLED);
}

NTSTATUS pend(DEVICE_OBJECT*, IRP* irp) {
    IoMarkIrpPending(irp);
    IoSetCancelRoutine(irp, cancel_it);
    pending_irp = irp;
    return STATUS_PENDING;
}

/// A driver, and a process that uses its device.
class DevicesTest : public testing::Test {
protected:
    DevicesTest() {
        driver.world.ndis = &ndis;
        ndis.stack().resize(1);
        DRIVER_OBJECT& object                       = ndis.stack()[0].driver;
        object.MajorFunction[IRP_MJ_CREATE]         = succeed;
        object.MajorFunction[IRP_MJ_CLEANUP]        = succeed;
        object.MajorFunction[IRP_MJ_CLOSE]          = succeed;
        object.MajorFunction[IRP_MJ_DEVICE_CONTROL] = add_one;
    }

    /// As DriverEntry would.
    DEVICE_OBJECT* create(const wchar_t* name, BOOLEAN exclusive = FALSE) {
        DEVICE_OBJECT* made   = nullptr;
        UNICODE_STRING string = counted(name);
        status = IoCreateDevice(&ndis.stack()[0].driver, 8, &string, FILE_DEVICE_NETWORK, 0,
                                exclusive, &made);
        driver.world.devices.initialized(0);
        return made;
    }

    /// A file of the one device there is.
    File& open() {
        create(L"\\Device\\One");
        return driver.world.devices.open(*driver.world.devices.openable(1));
    }

    std::size_t count(model::Call call) const {
        std::size_t found = 0;
        for (const model::Event& event : driver.world.recorder.trace())
            found += event.call == call && event.phase == model::Phase::enter;
        return found;
    }

    DriverTest driver;
    Ndis       ndis{driver.world};
    NTSTATUS   status = 0;
};

TEST_F(DevicesTest, GiveAndTakeBytesByEveryMethod) {
    driver.run([&] {
        File& file = open();
        ASSERT_TRUE(file.opened);
        for (const ULONG method :
             {ULONG{METHOD_BUFFERED}, ULONG{METHOD_OUT_DIRECT}, ULONG{METHOD_NEITHER}}) {
            const IoRequest& request =
                driver.world.devices.request(file, {.major = IRP_MJ_DEVICE_CONTROL,
                                                    .code  = code_of(method),
                                                    .input = {1, 2, 3},
                                                    .room  = 3});
            EXPECT_TRUE(request.completed);
            EXPECT_EQ(request.output, (std::vector<std::uint8_t>{2, 3, 4})) << method;
        }
        driver.world.devices.close(file);
        EXPECT_TRUE(file.closed);
    });
    EXPECT_EQ(count(model::Call::DriverDispatch), 6U);
}

TEST_F(DevicesTest, TellWhenMoreIsGivenBackThanThereIsRoomFor) {
    driver.run([&] {
        driver.world.devices.request(open(), {.major = IRP_MJ_DEVICE_CONTROL,
                                              .code  = code_of(METHOD_BUFFERED),
                                              .input = {1, 2, 3},
                                              .room  = 2});
    });
    const auto trace = driver.world.recorder.trace();
    EXPECT_TRUE(std::ranges::any_of(trace, [](const model::Event& event) {
        return event.call == model::Call::IoCompleteRequest &&
               (event.flags & model::irp::too_much) != 0;
    }));
}

TEST_F(DevicesTest, AnswerThemselvesWhereADriverHasNoRoutine) {
    driver.run([&] {
        const IoRequest& read =
            driver.world.devices.request(open(), {.major = IRP_MJ_READ, .room = 4});
        EXPECT_TRUE(read.completed);
        EXPECT_EQ(read.status, STATUS_INVALID_DEVICE_REQUEST);
    });
}

TEST_F(DevicesTest, CancelWhatPendsAndPoisonIt) {
    ndis.stack()[0].driver.MajorFunction[IRP_MJ_DEVICE_CONTROL] = pend;
    driver.run([&] {
        File&            file    = open();
        const IoRequest& request = driver.world.devices.request(
            file, {.major = IRP_MJ_DEVICE_CONTROL, .code = code_of(METHOD_BUFFERED)});
        EXPECT_FALSE(request.completed);
        driver.world.devices.cancel_all(file);
        EXPECT_TRUE(request.completed);
        EXPECT_EQ(request.status, STATUS_CANCELLED);
        EXPECT_EQ(driver.current().irql, passive_level);
        EXPECT_EQ(driver.current().locks, 0);
        driver.world.devices.close(file);
        EXPECT_FALSE(driver.world.devices.any_file());
    });
    EXPECT_EQ(count(model::Call::DriverCancel), 1U);
    EXPECT_EQ(driver.misuses(), Misuses{});
}

TEST_F(DevicesTest, SeeThatACompletedIrpIsTouched) {
    ndis.stack()[0].driver.MajorFunction[IRP_MJ_DEVICE_CONTROL] = pend;
    driver.run([&] {
        File& file = open();
        driver.world.devices.request(
            file, {.major = IRP_MJ_DEVICE_CONTROL, .code = code_of(METHOD_BUFFERED)});
        driver.world.devices.cancel_all(file);
        EXPECT_EQ(IoSetCancelRoutine(pending_irp, cancel_it), nullptr);
    });
    EXPECT_EQ(driver.misuses(), Misuses{model::Misuse::irp_touched});
}

TEST_F(DevicesTest, StayUntilTheLastHandleIsClosed) {
    driver.run([&] {
        File&                file = open();
        DEVICE_OBJECT* const raw  = file.device->raw;
        IoDeleteDevice(raw);
        EXPECT_EQ(driver.world.devices.openable(1), nullptr);
        EXPECT_NE(file.device->raw, nullptr);
        driver.world.devices.close(file);
        EXPECT_EQ(file.device->raw, nullptr);
        IoDeleteDevice(raw);
    });
    EXPECT_EQ(driver.misuses(), Misuses{model::Misuse::bad_argument}) << "it was deleted twice";
}

TEST_F(DevicesTest, HaveNamesOfTheirOwn) {
    driver.run([&] {
        EXPECT_NE(create(L"\\Device\\One"), nullptr);
        EXPECT_EQ(create(L"\\Device\\One"), nullptr);
        EXPECT_EQ(status, STATUS_OBJECT_NAME_COLLISION);
        DEVICE_OBJECT* const two = create(L"\\Device\\Two", TRUE);
        EXPECT_TRUE(two->Flags & DO_EXCLUSIVE);
        EXPECT_EQ(static_cast<UCHAR*>(two->DeviceExtension)[7], 0);
        EXPECT_EQ(ndis.stack()[0].driver.DeviceObject, two);
        EXPECT_EQ(driver.world.devices.openable(2)->raw, two);

        UNICODE_STRING link = counted(L"\\DosDevices\\One"), to = counted(L"\\Device\\One");
        EXPECT_EQ(IoCreateSymbolicLink(&link, &to), STATUS_SUCCESS);
        EXPECT_EQ(IoCreateSymbolicLink(&link, &to), STATUS_OBJECT_NAME_COLLISION);
        EXPECT_EQ(IoDeleteSymbolicLink(&link), STATUS_SUCCESS);
        EXPECT_EQ(IoDeleteSymbolicLink(&link), STATUS_OBJECT_NAME_NOT_FOUND);
    });
}

TEST(KnownDevices, AreSaidByTheFileOfAnExtension) {
    const std::string  with[] = {bundled("pass_through"), bundled("control_device")};
    const KnownDevices known  = known_devices(with);
    EXPECT_TRUE(known.any);
    for (const std::uint32_t code : {0x122000U, 0x122004U, 0x12200AU, 0x12200DU, 0x122013U})
        EXPECT_EQ(std::ranges::count(known.codes, code), 1) << std::hex << code;
    EXPECT_LT(known.codes.size(), 50U) << "there are others";
    EXPECT_FALSE(known_devices(std::span(with).first(1)).any);
}

}  // namespace
}  // namespace interlock::harness
