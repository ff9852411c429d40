#include <gtest/gtest.h>

#include <array>

#include "harness/ddi/driver_test.hpp"

namespace interlock::harness {
namespace {

using model::Misuse;

TEST(SpinLock, RaisesTheIrqlAndPutsItBack) {
    DriverTest test;
    test.run([&] {
        NDIS_SPIN_LOCK lock;
        NdisAllocateSpinLock(&lock);
        NdisAcquireSpinLock(&lock);
        EXPECT_EQ(KeGetCurrentIrql(), dispatch_level);
        EXPECT_EQ(test.current().locks, 1);
        ASSERT_EQ(test.world.locks.held().size(), 1U);
        EXPECT_EQ(test.world.locks.held()[0].lock, &lock.SpinLock);
        NdisReleaseSpinLock(&lock);
        EXPECT_EQ(KeGetCurrentIrql(), passive_level);
        EXPECT_EQ(test.current().locks, 0);
        NdisFreeSpinLock(&lock);
    });
    EXPECT_EQ(test.misuses(), Misuses{});
    EXPECT_EQ(test.waits(3), 0U);
}

TEST(SpinLock, LetsOnlyOneIn) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        DriverTest test;
        test.by_chance(seed);
        NDIS_SPIN_LOCK lock{};
        int            inside = 0;
        for (std::uint8_t cpu = 0; cpu < cpu_count; ++cpu) {
            test.task(
                [&] {
                    for (int i = 0; i < 5; ++i) {
                        NdisAcquireSpinLock(&lock);
                        EXPECT_EQ(++inside, 1);
                        KeQueryTimeIncrement();
                        LARGE_INTEGER time;
                        NdisGetCurrentSystemTime(&time);
                        EXPECT_EQ(inside--, 1);
                        NdisReleaseSpinLock(&lock);
                    }
                },
                cpu);
        }
        ASSERT_EQ(test.run(), Halt::finished);
        ASSERT_EQ(test.misuses(), Misuses{});
    }
}

TEST(SpinLock, IsTriedUnderContention) {
    std::size_t waits = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        DriverTest test;
        test.by_chance(seed);
        NDIS_SPIN_LOCK lock{};
        for (std::uint8_t cpu = 0; cpu < 2; ++cpu) {
            test.task(
                [&] {
                    NdisAcquireSpinLock(&lock);
                    NdisReleaseSpinLock(&lock);
                },
                cpu);
        }
        ASSERT_EQ(test.run(), Halt::finished);
        waits += test.waits(3);
    }
    EXPECT_GT(waits, 0U);
}

TEST(SpinLock, ReportsWhatItsOwnTaskHoldsAlready) {
    DriverTest test;
    test.run([&] {
        NDIS_SPIN_LOCK lock{};
        NdisAcquireSpinLock(&lock);
        NdisAcquireSpinLock(&lock);
        NdisReleaseSpinLock(&lock);
        NdisReleaseSpinLock(&lock);
        EXPECT_EQ(test.current().locks, 0);
    });
    EXPECT_EQ(test.misuses(), Misuses{Misuse::lock_taken_twice});
}

TEST(SpinLock, ReportsReleasesThatDoNotFit) {
    DriverTest test;
    test.run([&] {
        NDIS_SPIN_LOCK lock{};
        NdisReleaseSpinLock(&lock);
        KfRaiseIrql(dispatch_level);
        NdisDprAcquireSpinLock(&lock);
        NdisReleaseSpinLock(&lock);
        EXPECT_EQ(test.current().locks, 0);
        KfLowerIrql(passive_level);
    });
    EXPECT_EQ(test.misuses(), (Misuses{Misuse::lock_not_held, Misuse::lock_not_held}));
}

TEST(SpinLock, ReportsAFreeWhileItIsHeld) {
    DriverTest test;
    test.run([&] {
        auto* const lock =
            static_cast<NDIS_SPIN_LOCK*>(ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, test_tag));
        NdisAcquireSpinLock(lock);
        ExFreePoolWithTag(lock, test_tag);
        EXPECT_FALSE(test.world.locks.is_held(&lock->SpinLock));
    });
    EXPECT_EQ(test.misuses(), Misuses{Misuse::lock_freed_while_held});
}

TEST(SpinLock, ReportsALockThatWasNeverMade) {
    DriverTest test;
    test.run([&] {
        NDIS_SPIN_LOCK lock;
        lock.SpinLock = 0xCDCDCDCDCDCDCDCD;
        NdisAcquireSpinLock(&lock);
        NdisReleaseSpinLock(&lock);
    });
    EXPECT_EQ(test.misuses(), Misuses{Misuse::bad_argument});
}

TEST(SpinLock, TakenInTwoOrdersIsADeadlockThatSomeScheduleFinds) {
    int stuck = 0;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        DriverTest test;
        test.by_chance(seed);
        NDIS_SPIN_LOCK one{}, other{};
        const auto     both = [](NDIS_SPIN_LOCK& first, NDIS_SPIN_LOCK& second) {
            NdisAcquireSpinLock(&first);
            NdisAcquireSpinLock(&second);
            NdisReleaseSpinLock(&second);
            NdisReleaseSpinLock(&first);
        };
        test.task([&] { both(one, other); }, 0);
        test.task([&] { both(other, one); }, 1);
        if (test.run() == Halt::stuck) {
            ++stuck;
            EXPECT_EQ(test.world.kernel.unfinished().size(), 2U);
            EXPECT_EQ(test.world.kernel.unfinished()[0].place, "NdisAcquireSpinLock");
        }
    }
    EXPECT_GT(stuck, 0);
    EXPECT_LT(stuck, 50);
}

/// A fast mutex, a mutex and a resource, and which two of them a task takes.
struct Waitables {
    FAST_MUTEX fast;
    KMUTEX     mutex;
    ERESOURCE  resource;

    void make() {
        ExInitializeFastMutex(&fast);
        KeInitializeMutex(&mutex, 0);
        ExInitializeResourceLite(&resource);
    }
    void fast_then_mutex() {
        ExAcquireFastMutex(&fast);
        KeWaitForSingleObject(&mutex, Executive, KernelMode, FALSE, nullptr);
        KeReleaseMutex(&mutex, FALSE);
        ExReleaseFastMutex(&fast);
    }
    void mutex_then_resource() {
        KeWaitForSingleObject(&mutex, Executive, KernelMode, FALSE, nullptr);
        ExAcquireResourceExclusiveLite(&resource, TRUE);
        ExReleaseResourceLite(&resource);
        KeReleaseMutex(&mutex, FALSE);
    }
    void resource_then_fast(BOOLEAN wait) {
        ExAcquireResourceSharedLite(&resource, TRUE);
        if (wait) {
            ExAcquireFastMutex(&fast);
            ExReleaseFastMutex(&fast);
        } else if (ExTryToAcquireFastMutex(&fast)) {
            ExReleaseFastMutex(&fast);
        }
        ExReleaseResourceLite(&resource);
    }
};

TEST(LockOrder, CountsMutexesAndResources) {
    for (const auto waits : std::array<BOOLEAN, 2>{TRUE, FALSE}) {
        DriverTest test;
        Waitables  locks{};
        test.run([&] { locks.make(); });
        test.run([&] { locks.fast_then_mutex(); });
        test.run([&] { locks.mutex_then_resource(); });
        EXPECT_EQ(test.misuses(), Misuses{});
        test.run([&] { locks.resource_then_fast(waits); });
        EXPECT_EQ(test.misuses(), waits ? Misuses{Misuse::lock_order} : Misuses{});
    }
}

TEST(SpinLock, KnowsItsOtherNames) {
    DriverTest test;
    test.run([&] {
        KSPIN_LOCK lock;
        KIRQL      irql = HIGH_LEVEL;
        KeInitializeSpinLock(&lock);
        KeAcquireSpinLock(&lock, &irql);
        EXPECT_EQ(irql, passive_level);
        EXPECT_FALSE(KeTryToAcquireSpinLockAtDpcLevel(&lock));
        KeReleaseSpinLock(&lock, irql);
        KLOCK_QUEUE_HANDLE handle;
        KeAcquireInStackQueuedSpinLock(&lock, &handle);
        KeReleaseInStackQueuedSpinLock(&handle);
        EXPECT_EQ(KeGetCurrentIrql(), passive_level);
    });
    EXPECT_EQ(test.misuses(), Misuses{});
}

struct Readers {
    DriverTest       test;
    NDIS_RW_LOCK_EX* lock = nullptr;
    LOCK_STATE_EX    state{};
    LOCK_STATE_EX    inner{};

    void run(std::function<void()> body) {
        test.run([&] {
            lock = NdisAllocateRWLock(nullptr);
            body();
            NdisFreeRWLock(lock);
            EXPECT_EQ(test.world.memory.live(0), 0U);
        });
    }
};

TEST(RwLock, RaisesTheIrqlUnlessItIsRaised) {
    Readers readers;
    readers.run([&] {
        NdisAcquireRWLockRead(readers.lock, &readers.state, 0);
        EXPECT_EQ(KeGetCurrentIrql(), dispatch_level);
        NdisReleaseRWLock(readers.lock, &readers.state);
        EXPECT_EQ(KeGetCurrentIrql(), passive_level);
        KfRaiseIrql(dispatch_level);
        NdisAcquireRWLockWrite(readers.lock, &readers.state, NDIS_RWL_AT_DISPATCH_LEVEL);
        NdisReleaseRWLock(readers.lock, &readers.state);
        EXPECT_EQ(KeGetCurrentIrql(), dispatch_level);
        KfLowerIrql(passive_level);
    });
    EXPECT_EQ(readers.test.misuses(), Misuses{});
}

TEST(RwLock, IsRecursiveInBothForms) {
    Readers readers;
    readers.run([&] {
        NdisAcquireRWLockRead(readers.lock, &readers.state, 0);
        NdisAcquireRWLockRead(readers.lock, &readers.inner, 0);
        NdisReleaseRWLock(readers.lock, &readers.inner);
        NdisReleaseRWLock(readers.lock, &readers.state);
        NdisAcquireRWLockWrite(readers.lock, &readers.state, 0);
        NdisAcquireRWLockWrite(readers.lock, &readers.inner, 0);
        EXPECT_EQ(readers.test.current().locks, 2);
        NdisReleaseRWLock(readers.lock, &readers.inner);
        NdisReleaseRWLock(readers.lock, &readers.state);
    });
    EXPECT_EQ(readers.test.misuses(), Misuses{});
}

TEST(RwLock, ReportsAReaderWhoWantsToWrite) {
    Readers readers;
    readers.run([&] {
        NdisAcquireRWLockRead(readers.lock, &readers.state, 0);
        NdisAcquireRWLockWrite(readers.lock, &readers.inner, 0);
        NdisReleaseRWLock(readers.lock, &readers.inner);
        NdisReleaseRWLock(readers.lock, &readers.state);
    });
    EXPECT_EQ(readers.test.misuses(), Misuses{Misuse::lock_taken_twice});
}

TEST(RwLock, ReportsAReleaseWithAnotherState) {
    Readers readers;
    readers.run([&] {
        NdisAcquireRWLockRead(readers.lock, &readers.state, 0);
        NdisReleaseRWLock(readers.lock, &readers.state);
        NdisReleaseRWLock(readers.lock, &readers.state);
    });
    EXPECT_EQ(readers.test.misuses(), Misuses{Misuse::lock_not_held});
}

TEST(RwLock, ReportsAFreeWhileItIsHeld) {
    Readers readers;
    readers.run([&] { NdisAcquireRWLockRead(readers.lock, &readers.state, 0); });
    EXPECT_EQ(readers.test.misuses(), Misuses{Misuse::lock_freed_while_held});
}

TEST(RwLock, LetsInManyReadersOrOneWriter) {
    bool readers_met = false;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        DriverTest test;
        test.by_chance(seed);
        NDIS_RW_LOCK_EX* lock    = nullptr;
        int              readers = 0, writers = 0;
        const auto       read = [&] {
            LOCK_STATE_EX state;
            NdisAcquireRWLockRead(lock, &state, 0);
            ++readers;
            readers_met |= readers > 1;
            EXPECT_EQ(writers, 0);
            KeGetCurrentIrql();
            --readers;
            NdisReleaseRWLock(lock, &state);
        };
        const auto write = [&] {
            LOCK_STATE_EX state;
            NdisAcquireRWLockWrite(lock, &state, 0);
            EXPECT_EQ(++writers, 1);
            EXPECT_EQ(readers, 0);
            KeGetCurrentIrql();
            --writers;
            NdisReleaseRWLock(lock, &state);
        };
        test.task([&] {
            lock = NdisAllocateRWLock(nullptr);
            test.task(read, 1);
            test.task(read, 2);
            test.task(write, 3);
        });
        ASSERT_EQ(test.run(), Halt::finished);
        ASSERT_EQ(test.misuses(), Misuses{});
    }
    EXPECT_TRUE(readers_met);
}

}  // namespace
}  // namespace interlock::harness
