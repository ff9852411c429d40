#include <gtest/gtest.h>

#include "harness/ddi/driver_test.hpp"

namespace interlock::harness {
namespace {

using model::Misuse;

TEST(Event, EndsAWait) {
    DriverTest test;
    NDIS_EVENT event;
    test.task([&] {
        NdisInitializeEvent(&event);
        EXPECT_TRUE(NdisWaitEvent(&event, 0));
        EXPECT_TRUE(NdisWaitEvent(&event, 1)) << "it stays set";
        NdisResetEvent(&event);
        EXPECT_FALSE(NdisWaitEvent(&event, 20));
        test.write('w');
    });
    test.task([&] {
        NdisMSleep(5000);
        NdisSetEvent(&event);
        test.write('s');
    });
    EXPECT_EQ(test.run(), Halt::finished);
    EXPECT_EQ(test.log, "sw");
    EXPECT_EQ(test.world.kernel.now(), 250'000U);
    EXPECT_EQ(test.waits(1), 1U);
    EXPECT_EQ(test.waits(2), 2U);
    EXPECT_EQ(test.misuses(), Misuses{});
}

TEST(Event, IsWaitedForOnlyWhereOneMaySleep) {
    DriverTest test;
    test.run([&] {
        NDIS_EVENT event;
        NdisInitializeEvent(&event);
        NdisSetEvent(&event);
        KfRaiseIrql(apc_level);
        NdisMSleep(1);
        NdisWaitEvent(&event, 1);
        KfRaiseIrql(dispatch_level);
        NdisMSleep(1);
        LARGE_INTEGER at_once{};
        KeWaitForSingleObject(&event.Event, Executive, KernelMode, FALSE, &at_once);
        KeWaitForSingleObject(&event.Event, Executive, KernelMode, FALSE, nullptr);
        KfLowerIrql(passive_level);
    });
    EXPECT_EQ(test.misuses(),
              (Misuses{Misuse::waited_too_high, Misuse::waited_too_high, Misuse::waited_too_high}));
}

TEST(Event, ThatSynchronizesLetsOnePass) {
    DriverTest test;
    KEVENT     event;
    test.task([&] { KeInitializeEvent(&event, SynchronizationEvent, FALSE); });
    for (int i = 0; i < 3; ++i) {
        test.task([&] {
            KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, nullptr);
            test.write('p');
        });
    }
    test.task([&] {
        NdisMSleep(10);
        for (int i = 0; i < 2; ++i) {
            EXPECT_EQ(KeSetEvent(&event, 0, FALSE), 0);
            NdisMSleep(10);
            test.write('|');
        }
    });
    EXPECT_EQ(test.run(), Halt::stuck);
    EXPECT_EQ(test.log, "p|p|");
}

TEST(Sleep, AgainAndAgainDoesNotKeepTheWorldFromBeingQuiescent) {
    DriverTest test;
    test.task([&] {
        for (;;)
            NdisMSleep(1000);
    });
    test.task([&] {
        test.world.kernel.wait_until_quiescent();
        test.write('q');
    });
    EXPECT_EQ(test.run(), Halt::stuck);
    EXPECT_EQ(test.log, "q");
    EXPECT_EQ(test.waits(1), 1U) << "it is said once";
}

TEST(Wait, TellsTimeoutsAndPlaces) {
    DriverTest test;
    KEVENT     one, other;
    test.task([&] {
        KeInitializeEvent(&one, NotificationEvent, FALSE);
        KeInitializeEvent(&other, NotificationEvent, FALSE);
        void*         objects[] = {&one, &other};
        LARGE_INTEGER timeout   = in_milliseconds(10);
        const auto    wait      = [&](WAIT_TYPE type) {
            return KeWaitForMultipleObjects(2, objects, type, Executive, KernelMode, FALSE,
                                                    &timeout, nullptr);
        };
        EXPECT_EQ(wait(WaitAny), STATUS_TIMEOUT);
        EXPECT_EQ(wait(WaitAny), 1);
        EXPECT_EQ(wait(WaitAll), STATUS_TIMEOUT);
        KeSetEvent(&one, 0, FALSE);
        EXPECT_EQ(wait(WaitAll), STATUS_SUCCESS);
        EXPECT_EQ(KeReadStateEvent(&one), 1);
    });
    test.task([&] {
        NdisMSleep(15'000);
        KeSetEvent(&other, 0, FALSE);
    });
    EXPECT_EQ(test.run(), Halt::finished);
    EXPECT_EQ(test.misuses(), Misuses{});
}

TEST(Wait, ReportsAnObjectThatIsNone) {
    DriverTest test;
    test.run([&] {
        KEVENT garbage;
        std::memset(&garbage, 0xCD, sizeof garbage);
        LARGE_INTEGER timeout = in_milliseconds(1);
        KeWaitForSingleObject(&garbage, Executive, KernelMode, FALSE, &timeout);
    });
    EXPECT_EQ(test.misuses(), Misuses{Misuse::bad_argument});
}

TEST(Mutex, BelongsToOneTaskAsOftenAsItTookIt) {
    DriverTest test;
    KMUTEX     mutex;
    test.task([&] {
        KeInitializeMutex(&mutex, 0);
        KeWaitForSingleObject(&mutex, Executive, KernelMode, FALSE, nullptr);
        KeWaitForSingleObject(&mutex, Executive, KernelMode, FALSE, nullptr);
        NdisMSleep(100);
        KeReleaseMutex(&mutex, FALSE);
        NdisMSleep(100);
        test.write('a');
        KeReleaseMutex(&mutex, FALSE);
    });
    test.task([&] {
        NdisMSleep(10);
        KeReleaseMutex(&mutex, FALSE);
        KeWaitForSingleObject(&mutex, Executive, KernelMode, FALSE, nullptr);
        test.write('b');
        KeReleaseMutex(&mutex, FALSE);
    });
    EXPECT_EQ(test.run(), Halt::finished);
    EXPECT_EQ(test.log, "ab");
    EXPECT_EQ(test.misuses(), Misuses{Misuse::lock_not_held}) << "somebody else's mutex";
}

TEST(FastMutex, RaisesToApcLevelAndLetsOneIn) {
    DriverTest test;
    FAST_MUTEX mutex;
    test.task([&] {
        ExInitializeFastMutex(&mutex);
        ExAcquireFastMutex(&mutex);
        EXPECT_EQ(KeGetCurrentIrql(), apc_level);
        NdisMSleep(100);
        test.write('a');
        ExReleaseFastMutex(&mutex);
        EXPECT_EQ(KeGetCurrentIrql(), passive_level);
    });
    test.task([&] {
        NdisMSleep(10);
        EXPECT_FALSE(ExTryToAcquireFastMutex(&mutex));
        ExAcquireFastMutex(&mutex);
        test.write('b');
        ExReleaseFastMutex(&mutex);
    });
    EXPECT_EQ(test.run(), Halt::finished);
    EXPECT_EQ(test.log, "ab");
    EXPECT_EQ(test.misuses(), Misuses{});
}

TEST(Resource, IsSharedOrExclusive) {
    DriverTest test;
    ERESOURCE  resource;
    test.task([&] {
        ExInitializeResourceLite(&resource);
        EXPECT_TRUE(ExAcquireResourceSharedLite(&resource, TRUE));
        NdisMSleep(100);
        test.write('a');
        ExReleaseResourceLite(&resource);
    });
    test.task([&] {
        EXPECT_TRUE(ExAcquireResourceSharedLite(&resource, FALSE));
        EXPECT_FALSE(ExAcquireResourceExclusiveLite(&resource, FALSE));
        ExReleaseResourceLite(&resource);
        EXPECT_TRUE(ExAcquireResourceExclusiveLite(&resource, TRUE));
        EXPECT_TRUE(ExAcquireResourceSharedLite(&resource, TRUE));
        ExReleaseResourceLite(&resource);
        test.write('b');
        ExReleaseResourceLite(&resource);
        EXPECT_EQ(test.misuses(), Misuses{});
        ExReleaseResourceLite(&resource);
        ExDeleteResourceLite(&resource);
    });
    EXPECT_EQ(test.run(), Halt::finished);
    EXPECT_EQ(test.log, "ab");
    EXPECT_EQ(test.misuses(), Misuses{Misuse::lock_not_held});
}

TEST(Semaphore, LetsAsManyPassAsItCounts) {
    DriverTest test;
    KSEMAPHORE semaphore;
    test.task([&] { KeInitializeSemaphore(&semaphore, 1, 3); });
    for (int i = 0; i < 4; ++i) {
        test.task([&] {
            KeWaitForSingleObject(&semaphore, Executive, KernelMode, FALSE, nullptr);
            test.write('p');
        });
    }
    test.task([&] {
        NdisMSleep(10);
        test.write('|');
        EXPECT_EQ(KeReleaseSemaphore(&semaphore, 0, 2, FALSE), 0);
        NdisMSleep(10);
        KeReleaseSemaphore(&semaphore, 0, 4, FALSE);
    });
    EXPECT_EQ(test.run(), Halt::stuck);
    EXPECT_EQ(test.log, "p|pp");
    EXPECT_EQ(test.misuses(), Misuses{Misuse::bad_argument}) << "beyond its limit";
}

TEST(Rundown, WaitsForEveryReferenceAndGivesNoMore) {
    DriverTest     test;
    EX_RUNDOWN_REF rundown{};
    test.task([&] {
        EXPECT_TRUE(ExAcquireRundownProtection(&rundown));
        NdisMSleep(100);
        EXPECT_FALSE(ExAcquireRundownProtection(&rundown));
        test.write('r');
        ExReleaseRundownProtection(&rundown);
    });
    test.task([&] {
        NdisMSleep(10);
        ExWaitForRundownProtectionRelease(&rundown);
        test.write('w');
    });
    EXPECT_EQ(test.run(), Halt::finished);
    EXPECT_EQ(test.log, "rw");
}

TEST(Clock, IsVirtualAndBeginsAtAFixedMoment) {
    DriverTest test;
    test.run([&] {
        LARGE_INTEGER before, after, frequency;
        NdisGetCurrentSystemTime(&before);
        EXPECT_EQ(before.QuadPart, 133'485'408'000'000'000);
        NdisMSleep(1'500'000);
        KeQuerySystemTime(&after);
        EXPECT_EQ(after.QuadPart - before.QuadPart, 15'000'000);
        EXPECT_EQ(KeQueryPerformanceCounter(&frequency).QuadPart / frequency.QuadPart, 1);
        LARGE_INTEGER ticks;
        KeQueryTickCount(&ticks);
        EXPECT_EQ(ticks.QuadPart, 15'000'000 / KeQueryTimeIncrement());
    });
}

TEST(Irql, IsReportedWhereItIsTooHigh) {
    DriverTest test;
    test.run([&] {
        EXPECT_EQ(KfRaiseIrql(dispatch_level), passive_level);
        ExAllocatePoolWithTag(PagedPool, 8, test_tag);
        KfLowerIrql(passive_level);
        KfLowerIrql(dispatch_level);
    });
    ASSERT_EQ(test.misuses(), (Misuses{Misuse::irql_too_high, Misuse::bad_argument}));
    EXPECT_EQ(test.world.recorder.trace()[0].other_port, apc_level);
}

}  // namespace
}  // namespace interlock::harness
