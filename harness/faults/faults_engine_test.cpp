// The same, of the filter engine, the registry, devices and modules.

#include "harness/faults/fails_one.hpp"
#include "harness/stage.hpp"
#include "harness/vswitch/switch.hpp"

namespace interlock::harness {
namespace {

constexpr GUID provider_key{1, 0, 0, {}}, sublayer_key{2, 0, 0, {}}, callout_key{3, 0, 0, {}},
    filter_key{4, 0, 0, {}};
wchar_t name[] = L"name";

void classify(const FWPS_INCOMING_VALUES0*, const FWPS_INCOMING_METADATA_VALUES0*, void*,
              const void*, const FWPS_FILTER2*, UINT64, FWPS_CLASSIFY_OUT0*) {}
void on_service(void*, FWPM_SERVICE_STATE) {}

NTSTATUS register_callout(UINT32* id) {
    FWPS_CALLOUT2 callout{};
    callout.calloutKey = callout_key;
    callout.classifyFn = classify;
    return FwpsCalloutRegister2(nullptr, &callout, id);
}

NTSTATUS add_callout(HANDLE engine) {
    FWPM_CALLOUT0 callout{};
    callout.calloutKey       = callout_key;
    callout.displayData.name = name;
    callout.applicableLayer  = FWPM_LAYER_DATAGRAM_DATA_V4;
    return FwpmCalloutAdd0(engine, &callout, nullptr, nullptr);
}

NTSTATUS add_provider(HANDLE engine) {
    FWPM_PROVIDER0 provider{};
    provider.providerKey      = provider_key;
    provider.displayData.name = name;
    return FwpmProviderAdd0(engine, &provider, nullptr);
}

NTSTATUS add_sublayer(HANDLE engine) {
    FWPM_SUBLAYER0 sublayer{};
    sublayer.subLayerKey      = sublayer_key;
    sublayer.displayData.name = name;
    return FwpmSubLayerAdd0(engine, &sublayer, nullptr);
}

NTSTATUS add_filter(HANDLE engine) {
    FWPM_FILTER0 filter{};
    filter.filterKey        = filter_key;
    filter.displayData.name = name;
    filter.layerKey         = FWPM_LAYER_DATAGRAM_DATA_V4;
    filter.action.type      = FWP_ACTION_PERMIT;
    return FwpmFilterAdd0(engine, &filter, nullptr, nullptr);
}

/// The status; what was done is undone.
template <typename Undo>
std::int32_t undone(NTSTATUS status, Undo undo) {
    if (NT_SUCCESS(status)) undo();
    return status;
}

TEST_F(FaultsTest, WhatTheFilterEngineIsGiven) {
    HANDLE engine = nullptr;
    run([&] {
        EXPECT_EQ(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_DEFAULT, nullptr, nullptr, &engine),
                  STATUS_SUCCESS);
    });
    const std::vector<Tried> all = {
        {FaultPoint("FwpmTransactionBegin0"),
         [&] {
             return undone(FwpmTransactionBegin0(engine, 0),
                           [&] { FwpmTransactionAbort0(engine); });
         }},
        {FaultPoint("FwpmProviderAdd0"),
         [&] {
             return undone(add_provider(engine),
                           [&] { FwpmProviderDeleteByKey0(engine, &provider_key); });
         }},
        {FaultPoint("FwpmSubLayerAdd0"),
         [&] {
             return undone(add_sublayer(engine),
                           [&] { FwpmSubLayerDeleteByKey0(engine, &sublayer_key); });
         }},
        {FaultPoint("FwpmFilterAdd0"),
         [&] {
             return undone(add_filter(engine),
                           [&] { FwpmFilterDeleteByKey0(engine, &filter_key); });
         }},
        {FaultPoint("FwpmCalloutAdd0"),
         [&] {
             return undone(add_callout(engine),
                           [&] { FwpmCalloutDeleteByKey0(engine, &callout_key); });
         }},
    };
    for (const Tried& tried : all)
        expect_all_ways(tried);
    EXPECT_EQ(misuses(), Misuses{});
}

TEST_F(FaultsTest, CalloutsFlowsAndTheService) {
    const std::vector<Tried> all = {
        {FaultPoint("FwpmBfeStateSubscribeChanges0"),
         [] {
             HANDLE     handle = nullptr;
             const auto status =
                 FwpmBfeStateSubscribeChanges0(nullptr, on_service, nullptr, &handle);
             return ended(status, handle, FwpmBfeStateUnsubscribeChanges0);
         }},
        {FaultPoint("FwpsCalloutRegister2"),
         [] {
             UINT32 id = 0;
             return undone(register_callout(&id), [&] { FwpsCalloutUnregisterById0(id); });
         }},
    };
    for (const Tried& tried : all)
        expect_all_ways(tried);
    UINT32 id = 0;
    run([&] { EXPECT_EQ(register_callout(&id), STATUS_SUCCESS); });
    expect_all_ways({FaultPoint("FwpsFlowAssociateContext0"), [&] {
                         return undone(FwpsFlowAssociateContext0(0, 7, id, 1),
                                       [&] { FwpsFlowRemoveContext0(0, 7, id); });
                     }});
    EXPECT_EQ(misuses(), Misuses{});
}

TEST_F(FaultsTest, WhatIsReadOfTheRegistryAndWritten) {
    NDIS_HANDLE key = nullptr;
    run([&] {
        NDIS_CONFIGURATION_OBJECT wanted{};
        EXPECT_EQ(NdisOpenConfigurationEx(&wanted, &key), NDIS_STATUS_SUCCESS);
    });
    WCHAR                        text[] = L"Depth";
    NDIS_STRING                  depth{sizeof text - sizeof(WCHAR), sizeof text, text};
    NDIS_CONFIGURATION_PARAMETER number{};
    number.ParameterType  = NdisParameterInteger;
    const auto      write = [&] {
        NDIS_STATUS status = NDIS_STATUS_SUCCESS;
        NdisWriteConfiguration(&status, key, &depth, &number);
        return status;
    };
    expect_all_ways({FaultPoint("NdisWriteConfiguration"), write});
    expect_all_ways({FaultPoint("NdisReadConfiguration"), [&] {
                         NDIS_STATUS                   status = NDIS_STATUS_SUCCESS;
                         NDIS_CONFIGURATION_PARAMETER* read   = nullptr;
                         NdisReadConfiguration(&status, &read, key, &depth, NdisParameterInteger);
                         EXPECT_EQ(read != nullptr, status == NDIS_STATUS_SUCCESS);
                         return status;
                     }});
    EXPECT_EQ(misuses(), Misuses{});
}

/// A module of no image, as far as devices and restarts ask for one.
struct ModulesTest : FaultsTest {
    void SetUp() override {
        FaultsTest::SetUp();
        ndis.begin({}, host);
        ndis.stack().resize(1);
        ndis.stack()[0].phase = ModulePhase::running;
    }
    Module& module() {
        return ndis.stack()[0];
    }

    StageOptions   options;
    Switch         host{world, ndis, options};
    WCHAR          device_text[12] = L"\\Device\\Try", link_text[16] = L"\\DosDevices\\T";
    UNICODE_STRING device_name{22, 24, device_text}, link_name{26, 32, link_text};
};

TEST_F(ModulesTest, Devices) {
    PDRIVER_DISPATCH routines[IRP_MJ_MAXIMUM_FUNCTION + 1] = {};
    const auto       created                               = [&] {
        PDEVICE_OBJECT device = nullptr;
        const auto     status = IoCreateDevice(&module().driver, 0, &device_name,
                                               FILE_DEVICE_NETWORK, 0, FALSE, &device);
        return undone(status, [&] { IoDeleteDevice(device); });
    };
    const auto registered = [&] {
        NDIS_DEVICE_OBJECT_ATTRIBUTES wanted{};
        wanted.Header.Type     = NDIS_OBJECT_TYPE_DEVICE_OBJECT_ATTRIBUTES;
        wanted.Header.Revision = NDIS_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
        wanted.Header.Size     = NDIS_SIZEOF_DEVICE_OBJECT_ATTRIBUTES_REVISION_1;
        wanted.DeviceName      = &device_name;
        wanted.SymbolicName    = &link_name;
        wanted.MajorFunctions  = routines;
        PDEVICE_OBJECT device  = nullptr;
        NDIS_HANDLE    handle  = nullptr;
        const auto     status =
            NdisRegisterDeviceEx(&module().driver_handle, &wanted, &device, &handle);
        return undone(status, [&] { NdisDeregisterDeviceEx(handle); });
    };
    const auto linked = [&] {
        return undone(IoCreateSymbolicLink(&link_name, &device_name),
                      [&] { IoDeleteSymbolicLink(&link_name); });
    };
    expect_all_ways({FaultPoint("IoCreateDevice"), created});
    expect_all_ways({FaultPoint("NdisRegisterDeviceEx"), registered});
    expect_all_ways({FaultPoint("IoCreateSymbolicLink"), linked});
    EXPECT_EQ(misuses(), Misuses{});
}

TEST_F(ModulesTest, Restarts) {
    expect_all_ways({FaultPoint("NdisFRestartFilter"), [&] {
                         module().restart_asked = false;
                         const auto status      = NdisFRestartFilter(&module());
                         EXPECT_EQ(module().restart_asked, NT_SUCCESS(status));
                         return status;
                     }});
    EXPECT_EQ(misuses(), Misuses{});
}

TEST_F(ModulesTest, ContextsOfTheSwitchOnAPacket) {
    const NDIS_SWITCH_NET_BUFFER_LIST_CONTEXT_TYPE_INFO type{};
    NET_BUFFER_LIST                                     made{};
    int                                                 memory = 0;
    ndis.packets().remember(&made, 7, 0);
    const auto set = [&](void* context) {
        return host.handlers().SetNetBufferListSwitchContext(&module(), &made, &type, context);
    };
    expect_all_ways({FaultPoint("SetNetBufferListSwitchContext"),
                     [&] { return undone(set(&memory), [&] { set(nullptr); }); }});
    EXPECT_EQ(misuses(), Misuses{});
}

}  // namespace
}  // namespace interlock::harness
