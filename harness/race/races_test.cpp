// Every way in which the driver interface orders two tasks: with it there is no race, without it
// there is one, under the plainest schedule and under schedules by chance.

#include <ostream>

#include "harness/race/race_test.hpp"

namespace interlock::harness {
namespace {

// --- The ways; `safe`: as it should be -----------------------------------------------------------

void spin_lock(RaceTest& test, bool safe) {
    NDIS_SPIN_LOCK lock{};
    each(test, [&] {
        if (safe) NdisAcquireSpinLock(&lock);
        test.write_word();
        if (safe) NdisReleaseSpinLock(&lock);
    });
}

void queued_lock(RaceTest& test, bool safe) {
    KSPIN_LOCK lock = 0;
    each(test, [&] {
        KLOCK_QUEUE_HANDLE handle{};
        if (safe) KeAcquireInStackQueuedSpinLock(&lock, &handle);
        test.write_word();
        if (safe) KeReleaseInStackQueuedSpinLock(&handle);
    });
}

/// Both write: under the lock for reading that is a race all the same.
void rw_lock(RaceTest& test, bool safe) {
    NDIS_RW_LOCK_EX* lock = nullptr;
    test.run([&] { lock = NdisAllocateRWLock(nullptr); });
    each(test, [&] {
        LOCK_STATE_EX state{};
        (safe ? NdisAcquireRWLockWrite : NdisAcquireRWLockRead)(lock, &state, 0);
        test.write_word();
        NdisReleaseRWLock(lock, &state);
    });
}

void reader_and_writer(RaceTest& test, bool safe) {
    NDIS_RW_LOCK_EX* lock = nullptr;
    test.run([&] { lock = NdisAllocateRWLock(nullptr); });
    const auto as = [&](AccessKind kind, bool locks) {
        return [&test, lock, kind, locks] {
            LOCK_STATE_EX state{};
            if (locks)
                (kind.writes ? NdisAcquireRWLockWrite : NdisAcquireRWLockRead)(lock, &state, 0);
            test.access(kind);
            if (locks) NdisReleaseRWLock(lock, &state);
        };
    };
    both(test, as(reads, true), as(writes, safe));
}

void event(RaceTest& test, bool safe) {
    KEVENT event{};
    test.run([&] { KeInitializeEvent(&event, NotificationEvent, FALSE); });
    both(
        test,
        [&] {
            if (safe) KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, nullptr);
            test.write_word();
        },
        [&] {
            test.write_word();
            KeSetEvent(&event, 0, FALSE);
        });
}

void semaphore(RaceTest& test, bool safe) {
    KSEMAPHORE semaphore{};
    test.run([&] { KeInitializeSemaphore(&semaphore, 0, 1); });
    both(
        test,
        [&] {
            if (safe) KeWaitForSingleObject(&semaphore, Executive, KernelMode, FALSE, nullptr);
            test.write_word();
        },
        [&] {
            test.write_word();
            KeReleaseSemaphore(&semaphore, 0, 1, FALSE);
        });
}

void mutex(RaceTest& test, bool safe) {
    KMUTEX mutex{};
    test.run([&] { KeInitializeMutex(&mutex, 0); });
    each(test, [&] {
        if (safe) KeWaitForSingleObject(&mutex, Executive, KernelMode, FALSE, nullptr);
        test.write_word();
        if (safe) KeReleaseMutex(&mutex, FALSE);
    });
}

void fast_mutex(RaceTest& test, bool safe) {
    FAST_MUTEX mutex{};
    test.run([&] { ExInitializeFastMutex(&mutex); });
    each(test, [&] {
        if (safe) ExAcquireFastMutex(&mutex);
        test.write_word();
        if (safe) ExReleaseFastMutex(&mutex);
    });
}

/// Shared, it orders nothing between those who share it.
void resource(RaceTest& test, bool safe) {
    ERESOURCE resource{};
    test.run([&] { ExInitializeResourceLite(&resource); });
    each(test, [&] {
        (safe ? ExAcquireResourceExclusiveLite : ExAcquireResourceSharedLite)(&resource, TRUE);
        test.write_word();
        ExReleaseResourceLite(&resource);
    });
}

void rundown(RaceTest& test, bool safe) {
    EX_RUNDOWN_REF rundown{};
    test.run([&] {
        ExInitializeRundownProtection(&rundown);
        ExAcquireRundownProtection(&rundown);
    });
    both(
        test,
        [&] {
            test.write_word();
            ExReleaseRundownProtection(&rundown);
        },
        [&] {
            if (safe) ExWaitForRundownProtectionRelease(&rundown);
            test.write_word();
        });
}

/// One that writes the word.
void make_timer(RaceTest& test, KTIMER& timer, KDPC& dpc) {
    KeInitializeTimer(&timer);
    KeInitializeDpc(
        &dpc,
        [](KDPC*, void* context, void*, void*) { static_cast<RaceTest*>(context)->write_word(); },
        &test);
}

void timer(RaceTest& test, bool safe) {
    KTIMER timer{};
    KDPC   dpc{};
    test.run([&] {
        make_timer(test, timer, dpc);
        if (safe) test.write_word();
        KeSetTimer(&timer, in_milliseconds(1), &dpc);
        if (!safe) test.write_word();
    });
}

void timer_cancelled(RaceTest& test, bool safe) {
    KTIMER timer{};
    KDPC   dpc{};
    test.run([&] {
        make_timer(test, timer, dpc);
        KeSetTimer(&timer, in_milliseconds(1), &dpc);
        NdisMSleep(5000);
        if (safe) KeFlushQueuedDpcs();
        test.write_word();
    });
}

void work_item(RaceTest& test, bool safe) {
    test.run([&] {
        NDIS_HANDLE const item = NdisAllocateIoWorkItem(nullptr);
        if (safe) test.write_word();
        NdisQueueIoWorkItem(
            item, [](void* context, NDIS_HANDLE) { static_cast<RaceTest*>(context)->write_word(); },
            &test);
        if (!safe) test.write_word();
    });
}

void thread(RaceTest& test, bool safe) {
    test.run([&] {
        HANDLE handle = nullptr;
        PsCreateSystemThread(
            &handle, 0, nullptr, nullptr, nullptr,
            [](void* context) { static_cast<RaceTest*>(context)->write_word(); }, &test);
        void* object = nullptr;
        ObReferenceObjectByHandle(handle, 0, nullptr, KernelMode, &object, nullptr);
        if (safe) KeWaitForSingleObject(object, Executive, KernelMode, FALSE, nullptr);
        test.write_word();
    });
}

/// The flag says that the word is written.
void through_a_flag(RaceTest& test, AccessKind set, AccessKind look) {
    both(
        test,
        [&] {
            test.write_word();
            test.access(set, &test.flag);
            test.flag = 1;
        },
        [&] {
            while (test.flag == 0)
                NdisMSleep(10);
            test.access(look, &test.flag);
            test.write_word();
        });
}

void interlocked(RaceTest& test, bool safe) {
    through_a_flag(test, safe ? exchanges : writes, safe ? exchanges : reads);
}

void volatile_flag(RaceTest& test, bool safe) {
    through_a_flag(test, safe ? writes_volatile : writes, safe ? reads_volatile : reads);
}

void list(RaceTest& test, bool safe) {
    SLIST_HEADER head{};
    SLIST_ENTRY  entry{};
    test.run([&] { InitializeSListHead(&head); });
    both(
        test,
        [&] {
            test.write_word();
            ExInterlockedPushEntrySList(&head, &entry, nullptr);
        },
        [&] {
            while (safe && ExInterlockedPopEntrySList(&head, nullptr) == nullptr)
                NdisMSleep(10);
            test.write_word();
        });
}

void freed(RaceTest& test, bool safe) {
    void*  memory = nullptr;
    KEVENT event{};
    test.run([&] {
        KeInitializeEvent(&event, NotificationEvent, FALSE);
        memory = ExAllocatePoolWithTag(NonPagedPoolNx, 64, 1);
    });
    both(
        test,
        [&] {
            test.access(reads, memory);
            KeSetEvent(&event, 0, FALSE);
        },
        [&] {
            if (safe) KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, nullptr);
            NdisMSleep(10);
            ExFreePoolWithTag(memory, 1);
        });
}

struct Way {
    const char* name;
    void (*play)(RaceTest& test, bool safe);
};

std::ostream& operator<<(std::ostream& out, const Way& way) {
    return out << way.name;
}

class Ways : public testing::TestWithParam<Way> {};

TEST_P(Ways, OrderTwoTasks) {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        RaceTest test(seed);
        GetParam().play(test, true);
        ASSERT_EQ(test.races(), 0U) << "seed " << seed;
    }
}

TEST_P(Ways, AreMissedWhetherOrNotTheTasksMeet) {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        RaceTest test(seed);
        GetParam().play(test, false);
        ASSERT_GE(test.races(), 1U) << "seed " << seed;
    }
}

INSTANTIATE_TEST_SUITE_P(
    All, Ways,
    testing::Values(Way{"spin_lock", spin_lock}, Way{"queued_lock", queued_lock},
                    Way{"rw_lock", rw_lock}, Way{"reader_and_writer", reader_and_writer},
                    Way{"event", event}, Way{"semaphore", semaphore}, Way{"mutex", mutex},
                    Way{"fast_mutex", fast_mutex}, Way{"resource", resource},
                    Way{"rundown", rundown}, Way{"timer", timer},
                    Way{"timer_cancelled", timer_cancelled}, Way{"work_item", work_item},
                    Way{"thread", thread}, Way{"interlocked", interlocked},
                    Way{"volatile_flag", volatile_flag}, Way{"list", list}, Way{"freed", freed}),
    [](const auto& about) { return std::string(about.param.name); });

}  // namespace
}  // namespace interlock::harness
