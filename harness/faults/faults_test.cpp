// Calls that are made fail: each gives what its row says, and takes nothing.

#include "harness/faults/fails_one.hpp"

namespace interlock::harness {
namespace {

void free_clone(NET_BUFFER_LIST* nbl) {
    NdisFreeCloneNetBufferList(nbl, 0);
}

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
