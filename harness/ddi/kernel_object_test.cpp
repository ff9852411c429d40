#include <gtest/gtest.h>

#include "harness/ddi/driver_test.hpp"

namespace interlock::harness {
namespace {

using model::Misuse;

void ends_at_once(void*) {}

TEST(KernelObject, LivesAsLongAsSomebodyRefersToIt) {
    DriverTest test;
    test.run([&] {
        HANDLE handle = nullptr;
        void*  thread = nullptr;
        EXPECT_EQ(
            PsCreateSystemThread(&handle, 0, nullptr, nullptr, nullptr, &ends_at_once, nullptr),
            STATUS_SUCCESS);
        EXPECT_EQ(ObReferenceObjectByHandle(handle, SYNCHRONIZE, *ExEventObjectType, KernelMode,
                                            &thread, nullptr),
                  STATUS_OBJECT_TYPE_MISMATCH);
        EXPECT_EQ(ObReferenceObjectByHandle(handle, SYNCHRONIZE, *PsThreadType, KernelMode, &thread,
                                            nullptr),
                  STATUS_SUCCESS);
        EXPECT_NE(thread, handle) << "a handle is no object";
        EXPECT_EQ(ZwClose(handle), STATUS_SUCCESS);
        EXPECT_EQ(KeWaitForSingleObject(thread, Executive, KernelMode, FALSE, nullptr),
                  STATUS_SUCCESS);
        EXPECT_EQ(test.world.memory.live(0), 1U) << "it has ended, but it is referred to";
        EXPECT_EQ(ObDereferenceObject(thread), 0);
    });
    EXPECT_EQ(test.misuses(), Misuses{});
    EXPECT_EQ(test.world.memory.live(0), 0U);
}

TEST(KernelObject, IsSeenWhenItsHandleIsWrongOrLeftOpen) {
    DriverTest test;
    test.run([&] {
        HANDLE one = nullptr, other = nullptr;
        ZwCreateEvent(&one, 0, nullptr, NotificationEvent, FALSE);
        ZwCreateEvent(&other, 0, nullptr, NotificationEvent, FALSE);
        EXPECT_EQ(ZwClose(one), STATUS_SUCCESS);
        EXPECT_EQ(ZwClose(one), STATUS_INVALID_HANDLE);
        EXPECT_EQ(ZwClose(nullptr), STATUS_INVALID_HANDLE);
    });
    EXPECT_EQ(test.misuses(), Misuses{Misuse::bad_argument}) << "closed twice";
    EXPECT_EQ(test.world.memory.live(0), 1U) << "the other one";
}

TEST(KernelObject, IsAnEventThatIsWaitedForByItsHandle) {
    DriverTest    test;
    HANDLE        handle  = nullptr;
    LARGE_INTEGER timeout = in_milliseconds(5);
    test.task([&] {
        ZwCreateEvent(&handle, 0, nullptr, SynchronizationEvent, FALSE);
        EXPECT_EQ(ZwWaitForSingleObject(handle, FALSE, &timeout), STATUS_TIMEOUT);
        test.write('t');
        EXPECT_EQ(ZwWaitForSingleObject(handle, FALSE, nullptr), STATUS_SUCCESS);
        test.write('w');
        ZwClose(handle);
    });
    test.task(
        [&] {
            NdisMSleep(50'000);
            test.write('s');
            LONG before = 7;
            EXPECT_EQ(ZwSetEvent(handle, &before), STATUS_SUCCESS);
            EXPECT_EQ(before, 0);
        },
        1);
    EXPECT_EQ(test.run(), Halt::finished);
    EXPECT_EQ(test.log, "tsw");
    EXPECT_EQ(test.world.memory.live(0), 0U);
}

}  // namespace
}  // namespace interlock::harness
