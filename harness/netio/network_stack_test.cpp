#include "harness/netio/network_stack.hpp"

#include <gtest/gtest.h>

#include <string>

#include "harness/ddi/driver_test.hpp"
#include "harness/netio/datagram.hpp"
#include "harness/wfp/filter_engine.hpp"

namespace interlock::harness {
namespace {

using model::Misuse;

constexpr std::array<UCHAR, 6> mac{2, 0x15, 0x5D, 0, 0, 3};

SOCKADDR_INET ipv4(UCHAR a, UCHAR b, UCHAR c, UCHAR d) {
    SOCKADDR_INET address{};
    address.Ipv4.sin_family           = AF_INET;
    address.Ipv4.sin_addr.S_un.S_un_b = {a, b, c, d};
    return address;
}

NET_LUID luid_of(model::PortId port) {
    const GUID guid = instance_id(port, 0);
    NET_LUID   luid{};
    EXPECT_EQ(ConvertInterfaceGuidToLuid(&guid, &luid), STATUS_SUCCESS);
    return luid;
}

TEST(NetworkStack, HasAnInterfaceForEachInternalAdapter) {
    DriverTest test;
    test.run([&] {
        MIB_IF_TABLE2* table = nullptr;
        EXPECT_EQ(GetIfTable2Ex(MibIfTableNormal, &table), STATUS_SUCCESS);
        EXPECT_EQ(table->NumEntries, 1U) << "the loopback interface";
        FreeMibTable(table);
        interface_comes(test.world, 3, mac);
        interface_comes(test.world, 3, mac);
        EXPECT_EQ(GetIfTable2Ex(MibIfTableNormal, &table), STATUS_SUCCESS);
        ASSERT_EQ(table->NumEntries, 2U);
        const MIB_IF_ROW2* const rows = table->Table;
        const MIB_IF_ROW2        row  = rows[1];
        FreeMibTable(table);
        EXPECT_EQ(row.InterfaceLuid.Value, luid_of(3).Value);
        EXPECT_TRUE(std::equal(mac.begin(), mac.end(), row.PhysicalAddress));
        WCHAR alias[IF_MAX_STRING_SIZE + 1];
        EXPECT_EQ(ConvertInterfaceLuidToAlias(&row.InterfaceLuid, alias, std::size(alias)),
                  STATUS_SUCCESS);
        EXPECT_EQ(std::string(alias, alias + 18), "vEthernet (port 3)");
        EXPECT_EQ(ConvertInterfaceLuidToAlias(&row.InterfaceLuid, alias, 5), STATUS_NO_MEMORY);
        MIB_IPINTERFACE_ROW by_index{};
        by_index.Family         = AF_INET;
        by_index.InterfaceIndex = row.InterfaceIndex;
        EXPECT_EQ(GetIpInterfaceEntry(&by_index), STATUS_SUCCESS);
        EXPECT_EQ(by_index.InterfaceLuid.Value, row.InterfaceLuid.Value);
        interface_goes(test.world, 3);
        EXPECT_EQ(GetIpInterfaceEntry(&by_index), STATUS_NOT_FOUND);
        by_index.Family = AF_UNSPEC;
        EXPECT_EQ(GetIpInterfaceEntry(&by_index), STATUS_INVALID_PARAMETER);
    });
    EXPECT_EQ(test.misuses(), Misuses{});
    EXPECT_EQ(test.world.memory.live(0), 0U);
}

TEST(NetworkStack, SeesTablesThatAreNotFreed) {
    DriverTest test;
    test.run([&] {
        MIB_UNICASTIPADDRESS_TABLE* table = nullptr;
        EXPECT_EQ(GetUnicastIpAddressTable(AF_UNSPEC, &table), STATUS_SUCCESS);
        EXPECT_EQ(table->NumEntries, 2U) << "one of either version";
        EXPECT_EQ(GetUnicastIpAddressTable(99, &table), STATUS_INVALID_PARAMETER);
    });
    EXPECT_EQ(test.world.memory.live(0), 1U);
}

TEST(NetworkStack, FindsTheWayAndWhoAnswers) {
    DriverTest test;
    test.run([&] {
        interface_comes(test.world, 3, mac);
        NET_LUID           luid = luid_of(3);
        const auto         near = ipv4(10, 0, 3, 77), far = ipv4(8, 8, 8, 8);
        MIB_IPFORWARD_ROW2 route{};
        SOCKADDR_INET      source{};
        EXPECT_EQ(GetBestRoute2(&luid, 0, nullptr, &near, 0, &route, &source), STATUS_SUCCESS);
        EXPECT_TRUE(same_address(route.NextHop, ipv4(0, 0, 0, 0))) << "on the link";
        EXPECT_TRUE(same_address(source, ipv4(10, 0, 3, 1)));
        EXPECT_EQ(GetBestRoute2(&luid, 0, nullptr, &far, 0, &route, &source), STATUS_SUCCESS);
        EXPECT_TRUE(same_address(route.NextHop, ipv4(10, 0, 3, 254))) << "by the router";
        EXPECT_EQ(GetBestRoute2(nullptr, 0, nullptr, &far, 0, &route, &source),
                  STATUS_INVALID_PARAMETER);
        MIB_IPNET_ROW2 row{};
        row.Address       = near;
        row.InterfaceLuid = luid;
        EXPECT_EQ(GetIpNetEntry2(&row), STATUS_NOT_FOUND) << "nobody has asked yet";
        const Time100ns before = test.world.kernel.now();
        EXPECT_EQ(ResolveIpNetEntry2(&row, nullptr), STATUS_SUCCESS);
        EXPECT_GT(test.world.kernel.now(), before) << "it waits";
        EXPECT_EQ(row.State, NlnsReachable);
        EXPECT_EQ(row.PhysicalAddressLength, 6U);
        EXPECT_EQ(row.PhysicalAddress[5], 77);
        MIB_IPNET_ROW2 again{};
        again.Address        = near;
        again.InterfaceIndex = row.InterfaceIndex;
        EXPECT_EQ(GetIpNetEntry2(&again), STATUS_SUCCESS);
        row.Address = far;
        EXPECT_EQ(ResolveIpNetEntry2(&row, nullptr), STATUS_BAD_NETWORK_NAME) << "not on the link";
    });
    EXPECT_EQ(test.waits(2), 1U);
    EXPECT_EQ(test.misuses(), Misuses{});
}

TEST(NetworkStack, ReportsWhoWaitsForANeighbourAtDispatchLevel) {
    DriverTest test;
    test.task(
        [&] {
            interface_comes(test.world, 3, mac);
            MIB_IPNET_ROW2 row{};
            row.Address        = ipv4(10, 0, 3, 9);
            row.InterfaceIndex = 13;
            ResolveIpNetEntry2(&row, nullptr);
        },
        0, dispatch_level);
    test.run();
    EXPECT_EQ(test.misuses(), Misuses{Misuse::waited_too_high});
}

TEST(NetworkStack, TellsOfChangesOnATaskOfItsOwn) {
    DriverTest test;
    test.task([&] {
        HANDLE     interfaces = nullptr, routes = nullptr;
        const auto on_interface = [](void* context, MIB_IPINTERFACE_ROW* row,
                                     MIB_NOTIFICATION_TYPE change) {
            auto* const play = static_cast<DriverTest*>(context);
            EXPECT_EQ(play->current().module, 0);
            EXPECT_EQ(row == nullptr, change == MibInitialNotification);
            play->write("padI"[change]);
        };
        const auto on_route = [](void* context, MIB_IPFORWARD_ROW2*, MIB_NOTIFICATION_TYPE) {
            static_cast<DriverTest*>(context)->write('r');
        };
        EXPECT_EQ(NotifyIpInterfaceChange(AF_UNSPEC, on_interface, &test, TRUE, &interfaces),
                  STATUS_SUCCESS);
        EXPECT_EQ(NotifyRouteChange2(AF_INET, on_route, &test, FALSE, &routes), STATUS_SUCCESS);
        interface_comes(test.world, 3, mac);
        EXPECT_EQ(test.log, "") << "not on this task";
        NdisMSleep(1000);
        EXPECT_EQ(test.log, "Iaarr") << "two families of interfaces, two routes of IPv4";
        EXPECT_EQ(CancelMibChangeNotify2(routes), STATUS_SUCCESS);
        interface_goes(test.world, 3);
        NdisMSleep(1000);
        EXPECT_EQ(test.log, "Iaarrdd");
        EXPECT_EQ(CancelMibChangeNotify2(interfaces), STATUS_SUCCESS);
        EXPECT_EQ(CancelMibChangeNotify2(interfaces), STATUS_INVALID_PARAMETER);
        EXPECT_EQ(CancelMibChangeNotify2(nullptr), STATUS_INVALID_PARAMETER);
    });
    EXPECT_EQ(test.run(), Halt::finished);
    EXPECT_EQ(test.misuses(), Misuses{Misuse::bad_argument});
    EXPECT_EQ(test.world.memory.live(0), 0U);
}

TEST(NetworkStack, WaitsForACallbackUnderWayWhenItIsCancelled) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        DriverTest test;
        test.by_chance(seed);
        test.task([&] {
            HANDLE     handle     = nullptr;
            const auto on_address = [](void* context, MIB_UNICASTIPADDRESS_ROW*,
                                       MIB_NOTIFICATION_TYPE) {
                static_cast<DriverTest*>(context)->write('b');
                NdisMSleep(1000);
                static_cast<DriverTest*>(context)->write('e');
            };
            NotifyUnicastIpAddressChange(AF_INET, on_address, &test, TRUE, &handle);
            NdisMSleep(500);
            CancelMibChangeNotify2(handle);
            EXPECT_TRUE(test.log.empty() || test.log == "be") << test.log;
            test.write('c');
        });
        ASSERT_EQ(test.run(), Halt::finished);
        EXPECT_EQ(test.log.back(), 'c') << "nothing comes after it";
    }
}

int datagrams_seen = 0;

void sees_port(const FWPS_INCOMING_VALUES0* fixed, const FWPS_INCOMING_METADATA_VALUES0* values,
               void* data, const void*, const FWPS_FILTER2*, UINT64, FWPS_CLASSIFY_OUT0*) {
    EXPECT_EQ(fixed->incomingValue[FWPS_FIELD_DATAGRAM_DATA_V4_IP_LOCAL_PORT].value.uint16, 4789);
    EXPECT_EQ(values->ipHeaderSize + values->transportHeaderSize, 28U);
    EXPECT_EQ(KeGetCurrentIrql(), dispatch_level);
    const auto* const list = static_cast<NET_BUFFER_LIST*>(data);
    EXPECT_EQ(NET_BUFFER_DATA_LENGTH(NET_BUFFER_LIST_FIRST_NB(list)), 2U) << "behind the headers";
    ++datagrams_seen;
}

TEST(NetworkStack, ShowsDatagramsToCallouts) {
    DriverTest test;
    datagrams_seen = 0;
    // Ethernet, IPv4, UDP from port 5 to port 4789, two bytes of data.
    std::vector<std::uint8_t> frame(14 + 20 + 8 + 2);
    frame[12] = 0x08;
    frame[14] = 0x45;
    frame[17] = 30;
    frame[23] = 17;
    frame[35] = 5;
    frame[36] = 4789 >> 8;
    frame[37] = 4789 & 0xFF;
    frame[39] = 10;
    test.run([&] {
        interface_comes(test.world, 3, mac);
        FWPS_CALLOUT2 callout{};
        callout.classifyFn = &sees_port;
        EXPECT_EQ(FwpsCalloutRegister2(nullptr, &callout, nullptr), STATUS_SUCCESS);
        EngineFilter filter;
        filter.layer       = FWPM_LAYER_DATAGRAM_DATA_V4;
        filter.action.type = FWP_ACTION_CALLOUT_INSPECTION;
        filter_engine(test.world).now.filters.push_back(filter);
        const std::uint32_t tasks = test.world.kernel.spawned();
        receive_frame(test.world, 3, frame);
        EXPECT_EQ(test.world.kernel.spawned(), tasks + 1);
        frame[12] = 0x86;
        receive_frame(test.world, 3, frame);
        EXPECT_EQ(test.world.kernel.spawned(), tasks + 1) << "no IPv4";
        NdisMSleep(1000);
        EXPECT_EQ(datagrams_seen, 1);
        const GUID key{};
        FwpsCalloutUnregisterByKey0(&key);
    });
    EXPECT_EQ(test.misuses(), Misuses{});
}

}  // namespace
}  // namespace interlock::harness
