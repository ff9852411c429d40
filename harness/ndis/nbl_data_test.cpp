// The data of a driver's own NBLs: where it starts, and who shares it.

#include "harness/ddi/driver_test.hpp"
#include "harness/ndis/own_nbl.hpp"

namespace interlock::harness {
namespace {

int freed_by_handler = 0;

MDL* allocate_by_handler(ULONG* bytes) {
    void* const data =
        NdisAllocateMemoryWithTagPriority(nullptr, *bytes, test_tag, NormalPoolPriority);
    return NdisAllocateMdl(nullptr, data, *bytes);
}

void free_by_handler(MDL* mdl) {
    ++freed_by_handler;
    void* const data = MmGetMdlVirtualAddress(mdl);
    NdisFreeMdl(mdl);
    NdisFreeMemory(data, 0, 0);
}

TEST_F(OwnNbl, ComesWithDataThatIsRetreatedInto) {
    run([] {
        const NDIS_HANDLE pool   = list_pool(TRUE, 100);
        auto* const       nbl    = NdisAllocateNetBufferList(pool, 0, 0);
        NET_BUFFER* const buffer = nbl->FirstNetBuffer;
        ASSERT_NE(buffer, nullptr);
        EXPECT_EQ(NET_BUFFER_DATA_LENGTH(buffer), 0U);
        EXPECT_EQ(NdisRetreatNetBufferDataStart(buffer, 60, 0, nullptr), NDIS_STATUS_SUCCESS);
        EXPECT_EQ(NET_BUFFER_CURRENT_MDL_OFFSET(buffer), 40U);
        EXPECT_EQ(NET_BUFFER_DATA_OFFSET(buffer), 40U);
        EXPECT_EQ(NET_BUFFER_DATA_LENGTH(buffer), 60U);
        void* const bytes = NdisGetDataBuffer(buffer, 60, nullptr, 1, 0);
        ASSERT_NE(bytes, nullptr);
        std::memset(bytes, 7, 60);
        NdisFreeNetBufferList(nbl);
        NdisFreeNetBufferListPool(pool);
    });
    expect_clean();
}

TEST_F(OwnNbl, AdvanceAndRetreatGoOverMdlBorders) {
    run([this] {
        const NDIS_HANDLE pool   = list_pool(TRUE, 0);
        auto* const       nbl    = in_two_parts(pool);
        NET_BUFFER* const buffer = nbl->FirstNetBuffer;
        EXPECT_EQ(bytes_of(buffer), "abcdefgh");
        NdisAdvanceNetBufferDataStart(buffer, 3, FALSE, nullptr);
        EXPECT_EQ(NET_BUFFER_CURRENT_MDL(buffer), NET_BUFFER_FIRST_MDL(buffer)->Next);
        EXPECT_EQ(bytes_of(buffer), "defgh");
        EXPECT_EQ(NdisRetreatNetBufferDataStart(buffer, 1, 0, nullptr), NDIS_STATUS_SUCCESS);
        EXPECT_EQ(bytes_of(buffer), "cdefgh");
        EXPECT_EQ(NdisRetreatNetBufferListDataStart(nbl, 2, 0, nullptr, nullptr),
                  NDIS_STATUS_SUCCESS);
        EXPECT_EQ(bytes_of(buffer), "abcdefgh");
        free_two_parts(nbl);
        NdisFreeNetBufferListPool(pool);
    });
    expect_clean();
}

TEST_F(OwnNbl, ARetreatTakesAnMdlAndTheAdvanceGivesItBack) {
    run([this] {
        const NDIS_HANDLE pool   = list_pool(TRUE, 0);
        auto* const       nbl    = in_two_parts(pool);
        NET_BUFFER* const buffer = nbl->FirstNetBuffer;
        MDL* const        before = NET_BUFFER_FIRST_MDL(buffer);
        NdisAdvanceNetBufferDataStart(buffer, 2, FALSE, nullptr);
        EXPECT_EQ(NdisRetreatNetBufferDataStart(buffer, 6, 10, nullptr), NDIS_STATUS_SUCCESS);
        EXPECT_EQ(NET_BUFFER_FIRST_MDL(buffer)->ByteCount, 14U);
        EXPECT_EQ(NET_BUFFER_DATA_OFFSET(buffer), 10U);
        EXPECT_EQ(NET_BUFFER_DATA_LENGTH(buffer), 12U);
        EXPECT_EQ(bytes_of(buffer).substr(4), "abcdefgh");
        NdisAdvanceNetBufferDataStart(buffer, 4, TRUE, nullptr);
        EXPECT_EQ(NET_BUFFER_FIRST_MDL(buffer), before);
        EXPECT_EQ(NET_BUFFER_DATA_OFFSET(buffer), 0U);
        EXPECT_EQ(bytes_of(buffer), "abcdefgh");
        free_two_parts(nbl);
        NdisFreeNetBufferListPool(pool);
    });
    expect_clean();
}

TEST_F(OwnNbl, ARetreatAsksTheCallersHandlers) {
    freed_by_handler = 0;
    run([this] {
        const NDIS_HANDLE pool   = list_pool(TRUE, 0);
        auto* const       nbl    = in_two_parts(pool);
        NET_BUFFER* const buffer = nbl->FirstNetBuffer;
        EXPECT_EQ(NdisRetreatNetBufferDataStart(buffer, 14, 2, allocate_by_handler),
                  NDIS_STATUS_SUCCESS);
        EXPECT_EQ(NET_BUFFER_FIRST_MDL(buffer)->ByteCount, 16U);
        NdisAdvanceNetBufferDataStart(buffer, 14, TRUE, free_by_handler);
        EXPECT_EQ(bytes_of(buffer), "abcdefgh");
        free_two_parts(nbl);
        NdisFreeNetBufferListPool(pool);
    });
    EXPECT_EQ(freed_by_handler, 1);
    expect_clean();
}

TEST_F(OwnNbl, AnAdvanceBeyondTheDataIsReported) {
    run([this] {
        const NDIS_HANDLE pool = list_pool(TRUE, 0);
        auto* const       nbl  = in_two_parts(pool);
        NdisAdvanceNetBufferDataStart(nbl->FirstNetBuffer, 9, FALSE, nullptr);
        EXPECT_EQ(bytes_of(nbl->FirstNetBuffer), "abcdefgh");
        free_two_parts(nbl);
        NdisFreeNetBufferListPool(pool);
    });
    EXPECT_EQ(misuses(), Misuses{model::Misuse::bad_argument});
}

TEST_F(OwnNbl, ACloneShowsTheSameBytesInMdlsOfItsOwn) {
    run([this] {
        const NDIS_HANDLE pool = list_pool(TRUE, 0);
        auto* const       nbl  = in_two_parts(pool);
        NdisAdvanceNetBufferDataStart(nbl->FirstNetBuffer, 1, FALSE, nullptr);
        auto* const clone = NdisAllocateCloneNetBufferList(nbl, nullptr, nullptr, 0);
        ASSERT_NE(clone, nullptr);
        EXPECT_EQ(texts_of(clone), std::vector<std::string>{"bcdefgh"});
        EXPECT_NE(NET_BUFFER_FIRST_MDL(clone->FirstNetBuffer),
                  NET_BUFFER_FIRST_MDL(nbl->FirstNetBuffer));
        EXPECT_EQ(NET_BUFFER_DATA_OFFSET(clone->FirstNetBuffer), 0U);
        right[0] = 'D';
        EXPECT_EQ(texts_of(clone), std::vector<std::string>{"bcDefgh"});
        NdisFreeCloneNetBufferList(clone, 0);
        free_two_parts(nbl);
        NdisFreeNetBufferListPool(pool);
    });
    expect_clean();
    const auto& trace = world.recorder.trace();
    EXPECT_EQ(trace[3].call, model::Call::NdisAllocateCloneNetBufferList);
    EXPECT_EQ(trace[3].parent, trace[1].object);
}

TEST_F(OwnNbl, ACloneMayUseTheOriginalsMdls) {
    run([this] {
        const NDIS_HANDLE pool  = list_pool(TRUE, 0);
        auto* const       nbl   = in_two_parts(pool);
        const ULONG       flags = NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS;
        auto* const       clone = NdisAllocateCloneNetBufferList(nbl, nullptr, nullptr, flags);
        EXPECT_EQ(NET_BUFFER_CURRENT_MDL(clone->FirstNetBuffer),
                  NET_BUFFER_CURRENT_MDL(nbl->FirstNetBuffer));
        EXPECT_EQ(texts_of(clone), std::vector<std::string>{"abcdefgh"});
        NdisFreeCloneNetBufferList(clone, flags);
        free_two_parts(nbl);
        NdisFreeNetBufferListPool(pool);
    });
    expect_clean();
}

TEST_F(OwnNbl, FragmentsAreCutAndHaveRoomForTheirHeaders) {
    run([this] {
        const NDIS_HANDLE pool = list_pool(TRUE, 0);
        auto* const       nbl  = in_two_parts(pool);
        auto* const cut = NdisAllocateFragmentNetBufferList(nbl, nullptr, nullptr, 1, 3, 2, 4, 0);
        ASSERT_NE(cut, nullptr);
        std::vector<std::string> parts;
        for (const std::string& text : texts_of(cut))
            parts.push_back(text.substr(2));
        EXPECT_EQ(parts, (std::vector<std::string>{"bcd", "efg", "h"}));
        EXPECT_EQ(NET_BUFFER_DATA_OFFSET(cut->FirstNetBuffer), 4U);

        auto* const whole = NdisAllocateReassembledNetBufferList(cut, nullptr, 2, 0, 0, 0);
        ASSERT_NE(whole, nullptr);
        EXPECT_EQ(texts_of(whole), std::vector<std::string>{"bcdefgh"});
        NdisFreeReassembledNetBufferList(whole, 0, 0);
        NdisFreeFragmentNetBufferList(cut, 2, 0);
        free_two_parts(nbl);
        NdisFreeNetBufferListPool(pool);
    });
    expect_clean();
}

}  // namespace
}  // namespace interlock::harness
