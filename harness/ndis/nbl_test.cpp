// NBLs, NET_BUFFERs, MDLs and contexts of a driver's own.

#include "harness/ddi/driver_test.hpp"
#include "harness/ndis/own_nbl.hpp"

namespace interlock::harness {
namespace {

TEST_F(OwnNbl, IsMadeAndFreedOnceAndToldOf) {
    run([] {
        const NDIS_HANDLE      pool = list_pool(FALSE, 0);
        NET_BUFFER_LIST* const nbl  = NdisAllocateNetBufferList(pool, 0, 0);
        ASSERT_NE(nbl, nullptr);
        EXPECT_EQ(nbl->FirstNetBuffer, nullptr);
        EXPECT_EQ(nbl->Context, nullptr);
        EXPECT_EQ(NdisGetPoolFromNetBufferList(nbl), pool);
        NdisFreeNetBufferList(nbl);
        NdisFreeNetBufferListPool(pool);
    });
    expect_clean();
    std::vector<model::Call> calls;
    for (const model::Event& event : world.recorder.trace())
        calls.push_back(event.call);
    using enum model::Call;
    EXPECT_EQ(calls, (std::vector{NdisAllocateNetBufferList, NdisAllocateNetBufferList,
                                  NdisFreeNetBufferList, NdisFreeNetBufferList}));
    EXPECT_EQ(world.recorder.trace()[1].object, world.recorder.trace()[2].object);
}

TEST_F(OwnNbl, FreedTwiceIsReported) {
    run([] {
        const NDIS_HANDLE      pool = list_pool(FALSE, 0);
        NET_BUFFER_LIST* const nbl  = NdisAllocateNetBufferList(pool, 0, 0);
        NdisFreeNetBufferList(nbl);
        NdisFreeNetBufferList(nbl);
        NdisFreeNetBufferListPool(pool);
    });
    EXPECT_EQ(misuses(), Misuses{model::Misuse::freed_twice});
}

TEST_F(OwnNbl, FreedByACallThatDoesNotFitIsReported) {
    run([] {
        const NDIS_HANDLE pool = list_pool(FALSE, 0);
        NdisFreeCloneNetBufferList(NdisAllocateNetBufferList(pool, 0, 0), 0);
        NdisFreeNetBufferListPool(pool);
    });
    EXPECT_EQ(misuses(), Misuses{model::Misuse::freed_as_another_kind});
}

TEST_F(OwnNbl, APoolThatIsFreedTooEarlyIsReportedAndItsNblLives) {
    run([] {
        const NDIS_HANDLE      pool = list_pool(FALSE, 0);
        NET_BUFFER_LIST* const nbl  = NdisAllocateNetBufferList(pool, 0, 0);
        NdisFreeNetBufferListPool(pool);
        NdisFreeNetBufferList(nbl);
    });
    EXPECT_EQ(misuses(), Misuses{model::Misuse::leaked});
    EXPECT_EQ(world.memory.live(0), 0U);
}

TEST_F(OwnNbl, NoPoolIsReported) {
    run([] {
        int no_pool = 0;
        EXPECT_EQ(NdisAllocateNetBufferList(&no_pool, 0, 0), nullptr);
        EXPECT_EQ(NdisAllocateNetBuffer(nullptr, nullptr, 0, 0), nullptr);
    });
    EXPECT_EQ(misuses(), (Misuses{model::Misuse::bad_argument, model::Misuse::bad_argument}));
}

TEST_F(OwnNbl, ContextIsUsedAndFilledFromTheBack) {
    run([] {
        const NDIS_HANDLE pool = list_pool(FALSE, 0, 32);
        auto* const       nbl  = NdisAllocateNetBufferList(pool, 16, 48);
        ASSERT_NE(nbl->Context, nullptr);
        EXPECT_EQ(nbl->Context->Size, 64);
        EXPECT_EQ(nbl->Context->Offset, 48);
        auto* const first = nbl->Context;
        EXPECT_EQ(NdisAllocateNetBufferListContext(nbl, 40, 8, test_tag), NDIS_STATUS_SUCCESS);
        EXPECT_EQ(nbl->Context, first);
        EXPECT_EQ(first->Offset, 8);
        EXPECT_EQ(NdisAllocateNetBufferListContext(nbl, 16, 8, test_tag), NDIS_STATUS_SUCCESS);
        EXPECT_NE(nbl->Context, first);
        EXPECT_EQ(nbl->Context->Next, first);
        EXPECT_EQ(NET_BUFFER_LIST_CONTEXT_DATA_START(nbl),
                  reinterpret_cast<PUCHAR>(nbl->Context + 1) + 8);
        std::memset(NET_BUFFER_LIST_CONTEXT_DATA_START(nbl), 1, 16);
        NdisFreeNetBufferListContext(nbl, 16);
        EXPECT_EQ(nbl->Context, first);
        NdisFreeNetBufferListContext(nbl, 40);
        EXPECT_EQ(first->Offset, 48);
        NdisFreeNetBufferList(nbl);
        NdisFreeNetBufferListPool(pool);
    });
    expect_clean();
}

TEST_F(OwnNbl, ContextFreedThatIsNotThereIsReported) {
    run([] {
        const NDIS_HANDLE pool = list_pool(FALSE, 0);
        auto* const       nbl  = NdisAllocateNetBufferList(pool, 0, 0);
        NdisFreeNetBufferListContext(nbl, 16);
        NdisFreeNetBufferList(nbl);
        NdisFreeNetBufferListPool(pool);
    });
    EXPECT_EQ(misuses(), Misuses{model::Misuse::bad_argument});
}

TEST_F(OwnNbl, ABufferOfItsOwnComesFromItsPool) {
    run([this] {
        const NDIS_HANDLE pool = buffer_pool(20);
        MDL* const        mdl  = NdisAllocateMdl(nullptr, right, 5);
        NET_BUFFER* const bare = NdisAllocateNetBuffer(pool, mdl, 1, 4);
        NET_BUFFER* const full = NdisAllocateNetBufferMdlAndData(pool);
        ASSERT_NE(bare, nullptr);
        ASSERT_NE(full, nullptr);
        EXPECT_EQ(bytes_of(bare), "efgh");
        EXPECT_EQ(NdisRetreatNetBufferDataStart(full, 20, 0, nullptr), NDIS_STATUS_SUCCESS);
        ULONG copied = 0;
        NdisCopyFromNetBufferToNetBuffer(full, 17, 4, bare, 0, &copied);
        EXPECT_EQ(copied, 3U);
        EXPECT_EQ(bytes_of(full).substr(17), "efg");
        NdisFreeNetBuffer(bare);
        NdisFreeNetBuffer(full);
        NdisFreeMdl(mdl);
        NdisFreeNetBufferPool(pool);
    });
    expect_clean();
}

TEST_F(OwnNbl, ABufferThatBelongsToAnNblIsNotFreedAlone) {
    run([] {
        const NDIS_HANDLE pool = list_pool(TRUE, 0);
        auto* const       nbl  = NdisAllocateNetBufferList(pool, 0, 0);
        NdisFreeNetBuffer(nbl->FirstNetBuffer);
        NdisFreeNetBufferList(nbl);
        NdisFreeNetBufferListPool(pool);
    });
    EXPECT_EQ(misuses(), Misuses{model::Misuse::freed_as_another_kind});
}

TEST_F(OwnNbl, TheSlotsOfThePageAreCopied) {
    run([] {
        const NDIS_HANDLE pool = list_pool(FALSE, 0);
        auto* const       from = NdisAllocateNetBufferList(pool, 0, 0);
        auto* const       to   = NdisAllocateNetBufferList(pool, 0, 0);
        for (int slot = 0; slot < MaxNetBufferListInfo; ++slot)
            from->NetBufferListInfo[slot] = from;
        NdisCopySendNetBufferListInfo(to, from);
        EXPECT_EQ(to->NetBufferListInfo[Ieee8021QNetBufferListInfo], from);
        EXPECT_EQ(to->NetBufferListInfo[SwitchForwardingDetail], nullptr);
        EXPECT_EQ(to->NetBufferListInfo[NetBufferListHashValue], nullptr);
        NdisCopyReceiveNetBufferListInfo(to, from);
        EXPECT_EQ(to->NetBufferListInfo[NetBufferListHashValue], from);
        EXPECT_EQ(to->NetBufferListInfo[SwitchForwardingDetail], nullptr);
        NdisFreeNetBufferList(from);
        NdisFreeNetBufferList(to);
        NdisFreeNetBufferListPool(pool);
    });
    expect_clean();
}

TEST_F(OwnNbl, TooHighAnIrqlIsReported) {
    task(
        [] {
            const NDIS_HANDLE pool = list_pool(FALSE, 0);
            NdisFreeNetBufferListPool(pool);
        },
        0, dispatch_level + 1);
    run();
    EXPECT_EQ(misuses(), (Misuses{model::Misuse::irql_too_high, model::Misuse::irql_too_high}));
}

}  // namespace
}  // namespace interlock::harness
