// Calls that are made fail: each gives what its row says, and takes nothing.

#include "harness/faults/faults.hpp"

#include <functional>

#include "harness/ndis/own_nbl.hpp"
#include "harness/netio/network_stack.hpp"
#include "harness/sched/scheduler.hpp"
#include "harness/wfp/filter_engine.hpp"

namespace interlock::harness {
namespace {

/// The plainest schedule, in which one function fails in one way.
class FailsOne final : public Scheduler {
public:
    void begin() override {
        inner->begin();
    }
    std::optional<std::size_t> next(const Moment& moment) override {
        return inner->next(moment);
    }
    std::uint32_t choose(std::string_view what, std::uint32_t count) override {
        return what == question ? way : inner->choose(what, count);
    }
    bool wants_faults() const override {
        return true;
    }

    std::string_view question;
    std::uint32_t    way = 0;

private:
    std::unique_ptr<Scheduler> inner = round_robin();
};

/// 1 for something, 0 for NULL; what there is goes again.
template <typename Object, typename Free>
std::int32_t there_was(Object* object, Free free) {
    if (object == nullptr) return 0;
    free(object);
    return 1;
}

/// The status; what a handle stands for goes again.
template <typename Free>
std::int32_t ended(NTSTATUS status, HANDLE handle, Free free) {
    if (NT_SUCCESS(status)) free(handle);
    return status;
}

template <typename Table>
std::int32_t freed(NTSTATUS status, Table* table) {
    if (NT_SUCCESS(status)) FreeMibTable(table);
    return status;
}

void free_clone(NET_BUFFER_LIST* nbl) {
    NdisFreeCloneNetBufferList(nbl, 0);
}

struct Tried {
    FaultPoint                    point;
    std::function<std::int32_t()> call;
};

class FaultsTest : public OwnNbl {
protected:
    void SetUp() override {
        auto made = std::make_unique<FailsOne>();
        strikes   = made.get();
        scheduler = std::move(made);
        world.begin(*scheduler, 1'000'000, nullptr);
        OwnNbl::SetUp();
    }

    std::int32_t answer(const Tried& tried, std::uint32_t way) {
        strikes->question = tried.point.row().question;
        strikes->way      = way;
        std::int32_t got  = -1;
        EXPECT_EQ(run([&] { got = tried.call(); }), Halt::finished);
        strikes->question = {};
        return got;
    }

    /// Every way that the table has, and none between.
    void expect_all_ways(const Tried& tried) {
        const Faultable&   row   = tried.point.row();
        const std::int32_t fine  = row.first.status == 0 ? 1 : 0;
        const std::size_t  lived = world.memory.live(0);
        EXPECT_EQ(answer(tried, 0), fine) << row.function();
        for (std::uint32_t way = 1; way <= row.ways(); ++way)
            EXPECT_EQ(answer(tried, way), row.failure(way).status) << row.function();
        EXPECT_EQ(answer(tried, 0), fine) << row.function();
        EXPECT_EQ(world.memory.live(0), lived) << row.function() << " left something";
    }

    FailsOne*   strikes = nullptr;
    NDIS_HANDLE bare = nullptr, full = nullptr, buffers = nullptr;
};

TEST_F(FaultsTest, PoolsAndWhatComesOutOfThem) {
    run([&] {
        bare    = list_pool(TRUE, 0);
        full    = list_pool(TRUE, 64);
        buffers = buffer_pool(64);
    });
    const std::vector<Tried> all = {
        {FaultPoint("NdisAllocateNetBufferListPool"),
         [] { return there_was(list_pool(FALSE, 0), NdisFreeNetBufferListPool); }},
        {FaultPoint("NdisAllocateNetBufferPool"),
         [] { return there_was(buffer_pool(8), NdisFreeNetBufferPool); }},
        {FaultPoint("NdisAllocateNetBufferList"),
         [&] { return there_was(NdisAllocateNetBufferList(full, 0, 0), NdisFreeNetBufferList); }},
        {FaultPoint("NdisAllocateNetBufferAndNetBufferList"),
         [&] {
             return there_was(NdisAllocateNetBufferAndNetBufferList(bare, 0, 0, nullptr, 0, 0),
                              NdisFreeNetBufferList);
         }},
        {FaultPoint("NdisAllocateNetBuffer"),
         [&] {
             return there_was(NdisAllocateNetBuffer(buffers, nullptr, 0, 0), NdisFreeNetBuffer);
         }},
        {FaultPoint("NdisAllocateNetBufferMdlAndData"),
         [&] { return there_was(NdisAllocateNetBufferMdlAndData(buffers), NdisFreeNetBuffer); }},
        {FaultPoint("NdisAllocateMdl"),
         [&] { return there_was(NdisAllocateMdl(nullptr, left, 3), NdisFreeMdl); }},
    };
    for (const Tried& tried : all)
        expect_all_ways(tried);
    EXPECT_EQ(misuses(), Misuses{});
}

TEST_F(FaultsTest, WhatIsDerivedFromAPacket) {
    NET_BUFFER_LIST* original = nullptr;
    run([&] {
        bare     = list_pool(TRUE, 0);
        original = in_two_parts(bare);
    });
    const std::vector<Tried> all = {
        {FaultPoint("NdisAllocateCloneNetBufferList"),
         [&] {
             return there_was(NdisAllocateCloneNetBufferList(original, bare, nullptr, 0),
                              free_clone);
         }},
        {FaultPoint("NdisAllocateFragmentNetBufferList"),
         [&] {
             return there_was(
                 NdisAllocateFragmentNetBufferList(original, bare, nullptr, 0, 4, 0, 0, 0),
                 [](auto* nbl) { NdisFreeFragmentNetBufferList(nbl, 0, 0); });
         }},
        {FaultPoint("NdisAllocateReassembledNetBufferList"),
         [&] {
             return there_was(NdisAllocateReassembledNetBufferList(original, bare, 0, 0, 0, 0),
                              [](auto* nbl) { NdisFreeReassembledNetBufferList(nbl, 0, 0); });
         }},
    };
    for (const Tried& tried : all)
        expect_all_ways(tried);
    EXPECT_EQ(misuses(), Misuses{});
}

TEST_F(FaultsTest, RoomInAPacket) {
    NET_BUFFER_LIST* original = nullptr;
    run([&] {
        bare     = list_pool(TRUE, 0);
        original = in_two_parts(bare);
    });
    const std::vector<Tried> all = {
        {FaultPoint("NdisAllocateNetBufferListContext"),
         [&] {
             const auto status = NdisAllocateNetBufferListContext(original, 16, 0, 0);
             if (NT_SUCCESS(status)) NdisFreeNetBufferListContext(original, 16);
             return status;
         }},
        {FaultPoint("NdisRetreatNetBufferDataStart"),
         [&] {
             NET_BUFFER* const buffer = original->FirstNetBuffer;
             const auto        status = NdisRetreatNetBufferDataStart(buffer, 4, 0, nullptr);
             if (NT_SUCCESS(status)) NdisAdvanceNetBufferDataStart(buffer, 4, TRUE, nullptr);
             return status;
         }},
        {FaultPoint("NdisRetreatNetBufferListDataStart"),
         [&] {
             const auto status =
                 NdisRetreatNetBufferListDataStart(original, 4, 0, nullptr, nullptr);
             if (NT_SUCCESS(status)) NdisAdvanceNetBufferListDataStart(original, 4, TRUE, nullptr);
             return status;
         }},
        {FaultPoint("NdisCopyFromNetBufferToNetBuffer"),
         [&] {
             NET_BUFFER* const buffer = original->FirstNetBuffer;
             ULONG             copied = 0;
             return NdisCopyFromNetBufferToNetBuffer(buffer, 0, 3, buffer, 0, &copied);
         }},
    };
    for (const Tried& tried : all)
        expect_all_ways(tried);
    EXPECT_EQ(misuses(), Misuses{});
}

void on_interface(void*, MIB_IPINTERFACE_ROW*, MIB_NOTIFICATION_TYPE) {}
void on_address(void*, MIB_UNICASTIPADDRESS_ROW*, MIB_NOTIFICATION_TYPE) {}
void on_route(void*, MIB_IPFORWARD_ROW2*, MIB_NOTIFICATION_TYPE) {}

TEST_F(FaultsTest, TheIpHelper) {
    const std::vector<Tried> all = {
        {FaultPoint("GetIfTable2"),
         [] {
             MIB_IF_TABLE2* table = nullptr;
             return freed(GetIfTable2(&table), table);
         }},
        {FaultPoint("GetIfTable2Ex"),
         [] {
             MIB_IF_TABLE2* table = nullptr;
             return freed(GetIfTable2Ex(MibIfTableRaw, &table), table);
         }},
        {FaultPoint("GetIpForwardTable2"),
         [] {
             MIB_IPFORWARD_TABLE2* table = nullptr;
             return freed(GetIpForwardTable2(AF_INET, &table), table);
         }},
        {FaultPoint("GetIpInterfaceTable"),
         [] {
             MIB_IPINTERFACE_TABLE* table = nullptr;
             return freed(GetIpInterfaceTable(AF_INET, &table), table);
         }},
        {FaultPoint("GetIpNetTable2"),
         [] {
             MIB_IPNET_TABLE2* table = nullptr;
             return freed(GetIpNetTable2(AF_INET, &table), table);
         }},
        {FaultPoint("GetUnicastIpAddressTable"),
         [] {
             MIB_UNICASTIPADDRESS_TABLE* table = nullptr;
             return freed(GetUnicastIpAddressTable(AF_INET, &table), table);
         }},
    };
    for (const Tried& tried : all)
        expect_all_ways(tried);
    EXPECT_EQ(misuses(), Misuses{});
}

TEST_F(FaultsTest, NotificationsOfTheIpHelper) {
    const std::vector<Tried> all = {
        {FaultPoint("NotifyIpInterfaceChange"),
         [] {
             HANDLE     handle = nullptr;
             const auto status =
                 NotifyIpInterfaceChange(AF_INET, on_interface, nullptr, FALSE, &handle);
             return ended(status, handle, CancelMibChangeNotify2);
         }},
        {FaultPoint("NotifyUnicastIpAddressChange"),
         [] {
             HANDLE     handle = nullptr;
             const auto status =
                 NotifyUnicastIpAddressChange(AF_INET, on_address, nullptr, FALSE, &handle);
             return ended(status, handle, CancelMibChangeNotify2);
         }},
        {FaultPoint("NotifyRouteChange2"),
         [] {
             HANDLE     handle = nullptr;
             const auto status = NotifyRouteChange2(AF_INET, on_route, nullptr, FALSE, &handle);
             return ended(status, handle, CancelMibChangeNotify2);
         }},
    };
    for (const Tried& tried : all)
        expect_all_ways(tried);
    EXPECT_EQ(misuses(), Misuses{});
}

TEST_F(FaultsTest, TheRegistryEventsAndTheFilterEngine) {
    const std::vector<Tried> all = {
        {FaultPoint("NdisOpenConfigurationEx"),
         [] {
             NDIS_CONFIGURATION_OBJECT wanted{};
             NDIS_HANDLE               key    = nullptr;
             const NDIS_STATUS         status = NdisOpenConfigurationEx(&wanted, &key);
             return ended(status, key, NdisCloseConfiguration);
         }},
        {FaultPoint("ZwCreateEvent"),
         [] {
             HANDLE     event  = nullptr;
             const auto status = ZwCreateEvent(&event, 0, nullptr, NotificationEvent, FALSE);
             return ended(status, event, ZwClose);
         }},
        {FaultPoint("FwpmEngineOpen0"),
         [] {
             HANDLE     engine = nullptr;
             const auto status =
                 FwpmEngineOpen0(nullptr, RPC_C_AUTHN_DEFAULT, nullptr, nullptr, &engine);
             return ended(status, engine, FwpmEngineClose0);
         }},
    };
    for (const Tried& tried : all)
        expect_all_ways(tried);
    EXPECT_EQ(misuses(), Misuses{});
}

}  // namespace
}  // namespace interlock::harness
