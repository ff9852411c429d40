#pragma once

// A world in which a test plays a driver that makes NBLs.

#include <gtest/gtest.h>

#include <cstring>

#include "harness/ddi/driver_test.hpp"
#include "harness/ndis/ndis.hpp"

namespace interlock::harness {

/// The bytes of one NET_BUFFER, in order.
inline std::string bytes_of(const NET_BUFFER* buffer) {
    std::string text(NET_BUFFER_DATA_LENGTH(buffer), '?');
    auto*       whole = const_cast<NET_BUFFER*>(buffer);
    const void* here = NdisGetDataBuffer(whole, static_cast<ULONG>(text.size()), text.data(), 1, 0);
    if (here && here != text.data()) std::memcpy(text.data(), here, text.size());
    return text;
}

inline std::vector<std::string> texts_of(const NET_BUFFER_LIST* nbl) {
    std::vector<std::string> texts;
    for (const NET_BUFFER* buffer = nbl->FirstNetBuffer; buffer; buffer = buffer->Next)
        texts.push_back(bytes_of(buffer));
    return texts;
}

class OwnNbl : public testing::Test, public DriverTest {
protected:
    OwnNbl() {
        world.ndis = &ndis;
    }

    static NDIS_HANDLE list_pool(BOOLEAN with_buffer, ULONG data_bytes, USHORT context_bytes = 0) {
        NET_BUFFER_LIST_POOL_PARAMETERS wanted{};
        wanted.Header.Type        = NDIS_OBJECT_TYPE_DEFAULT;
        wanted.Header.Revision    = NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
        wanted.Header.Size        = NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
        wanted.fAllocateNetBuffer = with_buffer;
        wanted.DataSize           = data_bytes;
        wanted.ContextSize        = context_bytes;
        return NdisAllocateNetBufferListPool(nullptr, &wanted);
    }

    static NDIS_HANDLE buffer_pool(ULONG data_bytes) {
        NET_BUFFER_POOL_PARAMETERS wanted{};
        wanted.Header.Type     = NDIS_OBJECT_TYPE_DEFAULT;
        wanted.Header.Revision = NET_BUFFER_POOL_PARAMETERS_REVISION_1;
        wanted.Header.Size     = NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1;
        wanted.DataSize        = data_bytes;
        return NdisAllocateNetBufferPool(nullptr, &wanted);
    }

    /// An NBL with one NET_BUFFER of "abc" "defgh" in two MDLs.
    NET_BUFFER_LIST* in_two_parts(NDIS_HANDLE pool) {
        MDL* const first        = NdisAllocateMdl(nullptr, left, 3);
        MDL* const second       = NdisAllocateMdl(nullptr, right, 5);
        NDIS_MDL_LINKAGE(first) = second;
        return NdisAllocateNetBufferAndNetBufferList(pool, 0, 0, first, 0, 8);
    }

    static void free_two_parts(NET_BUFFER_LIST* nbl) {
        MDL* const first  = NET_BUFFER_FIRST_MDL(nbl->FirstNetBuffer);
        MDL* const second = first->Next;
        NdisFreeNetBufferList(nbl);
        NdisFreeMdl(first);
        NdisFreeMdl(second);
    }

    void expect_clean() {
        EXPECT_EQ(misuses(), Misuses{});
        EXPECT_EQ(world.memory.live(0), 0U);
    }

    class NoEnds final : public Ends {
    public:
        NDIS_STATUS take_oid(Request&) override {
            return NDIS_STATUS_FAILURE;
        }
        void          take_sent(NET_BUFFER_LIST*, ULONG) override {}
        void          take_returned(NET_BUFFER_LIST*, ULONG) override {}
        void          take_indicated(NET_BUFFER_LIST*, ULONG) override {}
        void          take_sent_back(NET_BUFFER_LIST*, ULONG) override {}
        void          starts(Packet&) override {}
        void          is_home(Packet&) override {}
        void          forget_ends_of(Packet&) override {}
        void          describe(Request&) override {}
        void          is_finished(const Request&) override {}
        void          look_at_finished(model::ModuleId) override {}
        bool          look_at_access(const void*, std::size_t, model::ModuleId) override {
            return false;
        }
        void          describe_result(const Request&, NDIS_STATUS, model::Event&) override {}
        std::uint32_t detail_of_result(const Request&, NDIS_STATUS) override {
            return 0;
        }
        void attributes_set() override {}
        const NDIS_SWITCH_OPTIONAL_HANDLERS& handlers() const override {
            return none;
        }
        NDIS_SWITCH_OPTIONAL_HANDLERS none{};
    };

    void SetUp() override {
        ndis.begin({}, ends);
    }

    NoEnds ends;
    Ndis   ndis{world};
    char   left[3]  = {'a', 'b', 'c'};
    char   right[5] = {'d', 'e', 'f', 'g', 'h'};
};

}  // namespace interlock::harness
