#include <gtest/gtest.h>

#include "harness/ddi/driver_test.hpp"

namespace interlock::harness {
namespace {

using model::Misuse;

DriverTest* playing = nullptr;

struct Play {
    DriverTest test;
    Play() {
        playing = &test;
    }
};

void on_timer(void*, void* context, void*, void*) {
    EXPECT_EQ(KeGetCurrentIrql(), dispatch_level);
    EXPECT_EQ(playing->current().module, 0);
    playing->write(*static_cast<char*>(context));
}

NDIS_HANDLE timer_for(char* context) {
    NDIS_TIMER_CHARACTERISTICS about{};
    about.Header.Type     = NDIS_OBJECT_TYPE_TIMER_CHARACTERISTICS;
    about.Header.Revision = NDIS_TIMER_CHARACTERISTICS_REVISION_1;
    about.Header.Size     = NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1;
    about.TimerFunction   = &on_timer;
    about.FunctionContext = context;
    NDIS_HANDLE timer     = nullptr;
    EXPECT_EQ(NdisAllocateTimerObject(nullptr, &about, &timer), NDIS_STATUS_SUCCESS);
    return timer;
}

TEST(Timer, FiresOnceOrAgainAndAgain) {
    Play play;
    char once = 'o', again = 'a', given = 'g';
    play.test.run([&] {
        const NDIS_HANDLE one = timer_for(&once), periodic = timer_for(&again);
        EXPECT_FALSE(NdisSetTimerObject(one, in_milliseconds(25), 0, nullptr));
        EXPECT_FALSE(NdisSetTimerObject(periodic, in_milliseconds(10), 10, nullptr));
        NdisMSleep(45'000);
        EXPECT_FALSE(NdisCancelTimerObject(one)) << "it has fired";
        EXPECT_TRUE(NdisCancelTimerObject(periodic));
        EXPECT_FALSE(NdisSetTimerObject(one, in_milliseconds(5), 0, &given));
        EXPECT_TRUE(NdisSetTimerObject(one, in_milliseconds(7), 0, &given)) << "set already";
        NdisMSleep(100'000);
        NdisFreeTimerObject(one);
        NdisFreeTimerObject(periodic);
    });
    EXPECT_EQ(play.test.log, "aaoaag");
    EXPECT_EQ(play.test.misuses(), Misuses{});
    EXPECT_EQ(play.test.world.memory.live(0), 0U);
}

TEST(Timer, IsReportedWhenItIsFreedWhileItIsSet) {
    Play play;
    char context = 'x';
    play.test.run([&] {
        const NDIS_HANDLE timer = timer_for(&context);
        NdisSetTimerObject(timer, in_milliseconds(1), 0, nullptr);
        NdisFreeTimerObject(timer);
        NdisSetTimerObject(timer, in_milliseconds(1), 0, nullptr);
        NdisMSleep(10'000);
    });
    EXPECT_EQ(play.test.log, "") << "what is freed does not fire";
    EXPECT_EQ(play.test.misuses(), (Misuses{Misuse::bad_argument, Misuse::bad_argument}));
}

// The race every driver must know: the timer has gone off, but its callback has not begun.
TEST(Timer, MayFireOnceMoreAfterItWasCancelled) {
    bool fired_after = false, cancelled = false;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        Play play;
        play.test.by_chance(seed);
        char context = 't';
        play.test.task([&] {
            const NDIS_HANDLE timer = timer_for(&context);
            NdisSetTimerObject(timer, in_milliseconds(1), 0, nullptr);
            NdisMSleep(1000);
            const bool was_set = NdisCancelTimerObject(timer) == TRUE;
            const bool fired   = play.test.log == "t";
            play.test.write('c');
            fired_after |= !was_set && !fired;
            cancelled |= was_set;
            NdisMSleep(1000);
        });
        ASSERT_EQ(play.test.run(), Halt::finished);
    }
    EXPECT_TRUE(fired_after);
}

TEST(Timer, ThatIsPeriodicHasNoCallbackUnderWayAfterCancel) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        Play play;
        play.test.by_chance(seed);
        char context = 't';
        play.test.task([&] {
            const NDIS_HANDLE timer = timer_for(&context);
            NdisSetTimerObject(timer, in_milliseconds(1), 1, nullptr);
            NdisMSleep(3000);
            NdisCancelTimerObject(timer);
            NdisFreeTimerObject(timer);
            const std::string log = play.test.log;
            NdisMSleep(10'000);
            EXPECT_EQ(play.test.log, log);
        });
        ASSERT_EQ(play.test.run(), Halt::finished);
        ASSERT_EQ(play.test.misuses(), Misuses{});
    }
}

void on_dpc(KDPC*, void* context, void* first, void*) {
    EXPECT_EQ(KeGetCurrentIrql(), dispatch_level);
    playing->write(*static_cast<char*>(first ? first : context));
}

TEST(KernelTimer, SignalsAndCallsItsDpc) {
    Play   play;
    KTIMER timer;
    KDPC   dpc;
    char   context = 'd', other = 'q';
    play.test.run([&] {
        KeInitializeTimer(&timer);
        KeInitializeDpc(&dpc, &on_dpc, &context);
        EXPECT_FALSE(KeSetTimer(&timer, in_milliseconds(3), &dpc));
        EXPECT_EQ(KeWaitForSingleObject(&timer, Executive, KernelMode, FALSE, nullptr),
                  STATUS_SUCCESS);
        EXPECT_TRUE(KeReadStateTimer(&timer));
        KeFlushQueuedDpcs();
        EXPECT_EQ(play.test.log, "d");
        EXPECT_TRUE(KeInsertQueueDpc(&dpc, &other, nullptr));
        EXPECT_FALSE(KeInsertQueueDpc(&dpc, &other, nullptr)) << "queued already";
        KeFlushQueuedDpcs();
        EXPECT_EQ(play.test.log, "dq");
        KeSetTimer(&timer, in_milliseconds(3), &dpc);
        EXPECT_TRUE(KeCancelTimer(&timer));
    });
    EXPECT_EQ(play.test.log, "dq");
    EXPECT_EQ(play.test.misuses(), Misuses{});
}

void on_work(void* context, NDIS_HANDLE item) {
    EXPECT_EQ(KeGetCurrentIrql(), passive_level);
    playing->write(*static_cast<char*>(context));
    if (*static_cast<char*>(context) == 'f') NdisFreeIoWorkItem(item);
}

TEST(WorkItem, RunsLaterAndMayFreeItself) {
    Play play;
    char context = 'w', freeing = 'f';
    play.test.run([&] {
        const NDIS_HANDLE item = NdisAllocateIoWorkItem(nullptr);
        NdisQueueIoWorkItem(item, &on_work, &context);
        NdisMSleep(1);
        EXPECT_EQ(play.test.log, "w");
        NdisQueueIoWorkItem(item, &on_work, &freeing);
        NdisMSleep(1);
    });
    EXPECT_EQ(play.test.log, "wf");
    EXPECT_EQ(play.test.misuses(), Misuses{});
    EXPECT_EQ(play.test.world.memory.live(0), 0U);
}

TEST(WorkItem, IsReportedWhenItIsQueuedTwiceOrFreedInTheQueue) {
    Play play;
    char context = 'w';
    play.test.run([&] {
        const NDIS_HANDLE item = NdisAllocateIoWorkItem(nullptr);
        NdisQueueIoWorkItem(item, &on_work, &context);
        NdisQueueIoWorkItem(item, &on_work, &context);
        NdisFreeIoWorkItem(item);
    });
    EXPECT_EQ(play.test.log, "w");
    EXPECT_EQ(play.test.misuses(), (Misuses{Misuse::bad_argument, Misuse::bad_argument}));
}

void hold_a_lock(void* context, NDIS_HANDLE) {
    NdisAcquireSpinLock(static_cast<NDIS_SPIN_LOCK*>(context));
}

TEST(WorkItem, IsReportedWhenItComesBackWithALock) {
    Play           play;
    NDIS_SPIN_LOCK lock{};
    play.test.run(
        [&] { NdisQueueIoWorkItem(NdisAllocateIoWorkItem(nullptr), &hold_a_lock, &lock); });
    EXPECT_EQ(play.test.misuses(),
              (Misuses{Misuse::lock_held_at_return, Misuse::irql_changed_at_return}));
}

void short_thread(void* context) {
    playing->write(*static_cast<char*>(context));
    NdisMSleep(1000);
    playing->write('-');
    if (*static_cast<char*>(context) == 't') PsTerminateSystemThread(STATUS_SUCCESS);
    playing->write('r');
}

TEST(Thread, CanBeWaitedForAndEndsEitherWay) {
    for (const std::string expected : {"t-j", "r-rj"}) {
        Play play;
        char context = expected[0];
        play.test.run([&] {
            HANDLE handle = nullptr;
            void*  thread = nullptr;
            EXPECT_EQ(PsCreateSystemThread(&handle, THREAD_ALL_ACCESS, nullptr, nullptr, nullptr,
                                           &short_thread, &context),
                      STATUS_SUCCESS);
            EXPECT_EQ(ObReferenceObjectByHandle(handle, SYNCHRONIZE, nullptr, KernelMode, &thread,
                                                nullptr),
                      STATUS_SUCCESS);
            EXPECT_EQ(ZwClose(handle), STATUS_SUCCESS);
            KeWaitForSingleObject(thread, Executive, KernelMode, FALSE, nullptr);
            play.test.write('j');
            ObDereferenceObject(thread);
        });
        EXPECT_EQ(play.test.log, expected);
        EXPECT_EQ(play.test.misuses(), Misuses{});
        EXPECT_EQ(play.test.world.memory.live(0), 0U);
    }
}

TEST(Thread, IsNotEndedByWhoIsNone) {
    Play play;
    play.test.run([&] {
        PsTerminateSystemThread(STATUS_SUCCESS);
        play.test.write('a');
    });
    EXPECT_EQ(play.test.log, "a");
    EXPECT_EQ(play.test.misuses(), Misuses{Misuse::bad_argument});
}

}  // namespace
}  // namespace interlock::harness
