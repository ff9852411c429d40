#include "harness/wfp/filter_engine.hpp"

#include <gtest/gtest.h>

#include "harness/ddi/driver_test.hpp"

namespace interlock::harness {
namespace {

using model::Misuse;

constexpr GUID provider_key{1, 0, 0, {}}, sublayer_key{2, 0, 0, {}}, callout_key{3, 0, 0, {}},
    filter_key{4, 0, 0, {}}, other_key{5, 0, 0, {}};
wchar_t name[] = L"name";

HANDLE opened(UINT32 flags = 0, UINT32 patience_ms = 0) {
    FWPM_SESSION0 session{};
    session.flags                = flags;
    session.txnWaitTimeoutInMSec = patience_ms;
    HANDLE handle                = nullptr;
    EXPECT_EQ(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_DEFAULT, nullptr, &session, &handle),
              STATUS_SUCCESS);
    return handle;
}

NTSTATUS add_provider(HANDLE engine, wchar_t* called = name) {
    FWPM_PROVIDER0 provider{};
    provider.providerKey      = provider_key;
    provider.displayData.name = called;
    return FwpmProviderAdd0(engine, &provider, nullptr);
}

NTSTATUS add_sublayer(HANDLE engine, GUID provider) {
    FWPM_SUBLAYER0 sublayer{};
    sublayer.subLayerKey      = sublayer_key;
    sublayer.displayData.name = name;
    sublayer.providerKey      = &provider;
    sublayer.weight           = 7;
    return FwpmSubLayerAdd0(engine, &sublayer, nullptr);
}

NTSTATUS add_callout(HANDLE engine, UINT32* id) {
    FWPM_CALLOUT0 callout{};
    callout.calloutKey       = callout_key;
    callout.displayData.name = name;
    callout.applicableLayer  = FWPM_LAYER_DATAGRAM_DATA_V4;
    return FwpmCalloutAdd0(engine, &callout, nullptr, id);
}

/// A filter on UDP datagrams to a port.
NTSTATUS add_filter(HANDLE engine, FWP_ACTION_TYPE action, UINT16 port, UINT64* id,
                    const GUID& sublayer = sublayer_key) {
    FWPM_FILTER_CONDITION0 condition{};
    condition.fieldKey              = FWPM_CONDITION_IP_LOCAL_PORT;
    condition.conditionValue.type   = FWP_UINT16;
    condition.conditionValue.uint16 = port;
    FWPM_FILTER0 filter{};
    filter.displayData.name    = name;
    filter.layerKey            = FWPM_LAYER_DATAGRAM_DATA_V4;
    filter.subLayerKey         = sublayer;
    filter.numFilterConditions = 1;
    filter.filterCondition     = &condition;
    filter.action.type         = action;
    filter.action.calloutKey   = callout_key;
    return FwpmFilterAdd0(engine, &filter, nullptr, id);
}

DriverTest* filter_playing = nullptr;
NTSTATUS    on_notify      = STATUS_SUCCESS;

void blocks(const FWPS_INCOMING_VALUES0* fixed, const FWPS_INCOMING_METADATA_VALUES0* values,
            void* data, const void*, const FWPS_FILTER2*, UINT64, FWPS_CLASSIFY_OUT0* out) {
    EXPECT_EQ(fixed->layerId, FWPS_LAYER_DATAGRAM_DATA_V4);
    EXPECT_EQ(fixed->incomingValue[FWPS_FIELD_DATAGRAM_DATA_V4_IP_LOCAL_PORT].value.uint16, 4789);
    EXPECT_TRUE(FWPS_IS_METADATA_FIELD_PRESENT(values, FWPS_METADATA_FIELD_IP_HEADER_SIZE));
    EXPECT_NE(data, nullptr);
    EXPECT_EQ(filter_playing->current().module, 0);
    filter_playing->write('c');
    NdisMSleep(1);  // Others may go on meanwhile.
    filter_playing->write('C');
    out->actionType = FWP_ACTION_BLOCK;
}

NTSTATUS notified(FWPS_CALLOUT_NOTIFY_TYPE what, const GUID* key, FWPS_FILTER2* filter) {
    EXPECT_EQ(key == nullptr, what == FWPS_CALLOUT_NOTIFY_DELETE_FILTER);
    EXPECT_NE(filter->filterId, 0U);
    filter_playing->write(what == FWPS_CALLOUT_NOTIFY_ADD_FILTER ? 'a' : 'd');
    return on_notify;
}

UINT32 registered(NTSTATUS expected = STATUS_SUCCESS) {
    FWPS_CALLOUT2 callout{};
    callout.calloutKey = callout_key;
    callout.classifyFn = &blocks;
    callout.notifyFn   = &notified;
    UINT32 id          = 0;
    EXPECT_EQ(FwpsCalloutRegister2(nullptr, &callout, &id), expected);
    return id;
}

struct FilterPlay {
    DriverTest test;
    FilterPlay() {
        filter_playing = &test;
        on_notify      = STATUS_SUCCESS;
    }
};

FWP_ACTION_TYPE classify_port(UINT16 port) {
    NET_BUFFER_LIST list{};
    return classify(world(), {.local_port = port, .list = &list});
}

TEST(FilterEngine, KnowsWhatThereIsAndWhatIsNamed) {
    FilterPlay play;
    play.test.run([&] {
        const HANDLE engine = opened();
        UINT32       id     = 0;
        UINT64       filter = 0;
        EXPECT_EQ(add_sublayer(engine, provider_key), STATUS_FWP_PROVIDER_NOT_FOUND);
        EXPECT_EQ(add_provider(engine, nullptr), STATUS_FWP_NULL_DISPLAY_NAME);
        EXPECT_EQ(add_provider(engine), STATUS_SUCCESS);
        EXPECT_EQ(add_provider(engine), STATUS_FWP_ALREADY_EXISTS);
        EXPECT_EQ(add_filter(engine, FWP_ACTION_BLOCK, 1, &filter), STATUS_FWP_SUBLAYER_NOT_FOUND);
        EXPECT_EQ(add_sublayer(engine, provider_key), STATUS_SUCCESS);
        EXPECT_EQ(add_filter(engine, FWP_ACTION_CALLOUT_TERMINATING, 1, &filter),
                  STATUS_FWP_CALLOUT_NOT_FOUND);
        EXPECT_EQ(add_callout(engine, &id), STATUS_SUCCESS);
        EXPECT_EQ(add_filter(engine, FWP_ACTION_CALLOUT_TERMINATING, 1, &filter), STATUS_SUCCESS);
        EXPECT_EQ(FwpmCalloutDeleteById0(engine, id), STATUS_FWP_IN_USE);
        EXPECT_EQ(FwpmSubLayerDeleteByKey0(engine, &sublayer_key), STATUS_FWP_IN_USE);
        EXPECT_EQ(FwpmProviderDeleteByKey0(engine, &provider_key), STATUS_FWP_IN_USE);
        EXPECT_EQ(FwpmFilterDeleteById0(engine, filter), STATUS_SUCCESS);
        EXPECT_EQ(FwpmFilterDeleteById0(engine, filter), STATUS_FWP_FILTER_NOT_FOUND);
        EXPECT_EQ(FwpmFilterDeleteByKey0(engine, &filter_key), STATUS_FWP_FILTER_NOT_FOUND);
        EXPECT_EQ(FwpmCalloutDeleteById0(engine, id), STATUS_SUCCESS);
        EXPECT_EQ(FwpmCalloutDeleteByKey0(engine, &callout_key), STATUS_FWP_CALLOUT_NOT_FOUND);
        EXPECT_EQ(FwpmSubLayerDeleteByKey0(engine, &sublayer_key), STATUS_SUCCESS);
        EXPECT_EQ(FwpmSubLayerDeleteByKey0(engine, &other_key), STATUS_FWP_SUBLAYER_NOT_FOUND);
        EXPECT_EQ(FwpmProviderDeleteByKey0(engine, &provider_key), STATUS_SUCCESS);
        EXPECT_EQ(FwpmProviderDeleteByKey0(engine, &provider_key), STATUS_FWP_PROVIDER_NOT_FOUND);
        EXPECT_EQ(FwpmEngineClose0(engine), STATUS_SUCCESS);
    });
    EXPECT_EQ(play.test.misuses(), Misuses{});
    EXPECT_EQ(play.test.world.memory.live(0), 0U);
}

TEST(FilterEngine, UndoesATransaction) {
    FilterPlay play;
    play.test.run([&] {
        const HANDLE engine = opened();
        EXPECT_EQ(FwpmTransactionCommit0(engine), STATUS_FWP_NO_TXN_IN_PROGRESS);
        EXPECT_EQ(FwpmTransactionBegin0(engine, 0), STATUS_SUCCESS);
        EXPECT_EQ(FwpmTransactionBegin0(engine, 0), STATUS_FWP_TXN_IN_PROGRESS);
        EXPECT_EQ(add_provider(engine), STATUS_SUCCESS);
        EXPECT_EQ(FwpmTransactionAbort0(engine), STATUS_SUCCESS);
        EXPECT_EQ(FwpmTransactionAbort0(engine), STATUS_FWP_NO_TXN_IN_PROGRESS);
        EXPECT_EQ(FwpmTransactionBegin0(engine, 0), STATUS_SUCCESS);
        EXPECT_EQ(add_provider(engine), STATUS_SUCCESS) << "it was undone";
        EXPECT_EQ(FwpmTransactionCommit0(engine), STATUS_SUCCESS);
        EXPECT_EQ(add_provider(engine), STATUS_FWP_ALREADY_EXISTS);
        FwpmEngineClose0(engine);
    });
    EXPECT_EQ(play.test.misuses(), Misuses{});
}

TEST(FilterEngine, LetsOneSessionChangeItAtATime) {
    FilterPlay play;
    play.test.task([&] {
        const HANDLE engine = opened();
        EXPECT_EQ(FwpmTransactionBegin0(engine, 0), STATUS_SUCCESS);
        NdisMSleep(100'000);
        play.test.write('1');
        EXPECT_EQ(FwpmTransactionCommit0(engine), STATUS_SUCCESS);
        FwpmEngineClose0(engine);
    });
    play.test.task(
        [&] {
            NdisMSleep(1000);
            const HANDLE hasty = opened(0, 10), patient = opened();
            EXPECT_EQ(add_provider(hasty), STATUS_FWP_TIMEOUT);
            EXPECT_EQ(add_provider(patient), STATUS_SUCCESS);
            play.test.write('2');
            FwpmEngineClose0(hasty);
            FwpmEngineClose0(patient);
        },
        1);
    EXPECT_EQ(play.test.run(), Halt::finished);
    EXPECT_EQ(play.test.log, "12");
    EXPECT_EQ(play.test.misuses(), Misuses{});
}

TEST(FilterEngine, ForgetsWhatADynamicSessionAdded) {
    FilterPlay play;
    play.test.run([&] {
        const HANDLE passing = opened(FWPM_SESSION_FLAG_DYNAMIC), staying = opened();
        EXPECT_EQ(add_provider(passing), STATUS_SUCCESS);
        FwpmEngineClose0(passing);
        EXPECT_EQ(add_provider(staying), STATUS_SUCCESS) << "it went with its session";
        FwpmEngineClose0(staying);
        const HANDLE later = opened();
        EXPECT_EQ(add_provider(later), STATUS_FWP_ALREADY_EXISTS) << "this one stays";
        FwpmEngineClose0(later);
    });
    EXPECT_EQ(play.test.misuses(), Misuses{});
}

TEST(FilterEngine, SeesSessionsThatAreLeftOpenOrClosedTwice) {
    FilterPlay play;
    play.test.run([&] {
        const HANDLE closed = opened();
        opened();
        FwpmEngineClose0(closed);
        EXPECT_EQ(FwpmEngineClose0(closed), STATUS_INVALID_HANDLE);
        EXPECT_EQ(FwpmEngineClose0(nullptr), STATUS_INVALID_HANDLE) << "an error, no misuse";
        EXPECT_EQ(FwpmCalloutDeleteById0(nullptr, 1), STATUS_INVALID_HANDLE);
    });
    EXPECT_EQ(play.test.misuses(), Misuses{Misuse::bad_argument});
    EXPECT_EQ(play.test.world.memory.live(0), 1U);
}

TEST(Callout, SaysWhatHappensToADatagram) {
    FilterPlay play;
    play.test.run([&] {
        const HANDLE engine = opened();
        add_provider(engine);
        add_sublayer(engine, provider_key);
        const UINT32 id     = registered();
        UINT32       number = 0;
        UINT64       filter = 0, permit = 0;
        registered(STATUS_FWP_ALREADY_EXISTS);
        EXPECT_EQ(add_callout(engine, &number), STATUS_SUCCESS);
        EXPECT_EQ(number, id) << "one callout, one identifier";
        EXPECT_EQ(classify_port(4789), FWP_ACTION_PERMIT) << "no filter asks";
        add_filter(engine, FWP_ACTION_CALLOUT_TERMINATING, 4789, &filter);
        add_filter(engine, FWP_ACTION_PERMIT, 4789, &permit, GUID{});
        EXPECT_EQ(classify_port(53), FWP_ACTION_PERMIT);
        EXPECT_EQ(play.test.log, "a");
        EXPECT_EQ(classify_port(4789), FWP_ACTION_BLOCK) << "one block is enough";
        EXPECT_EQ(play.test.log, "acC");
        EXPECT_EQ(FwpsCalloutUnregisterById0(id), STATUS_SUCCESS);
        EXPECT_EQ(FwpsCalloutUnregisterById0(id), STATUS_FWP_CALLOUT_NOT_FOUND);
        EXPECT_EQ(classify_port(4789), FWP_ACTION_BLOCK) << "as documented for one that is gone";
        FwpmFilterDeleteById0(engine, filter);
        FwpmEngineClose0(engine);
    });
    EXPECT_EQ(play.test.log, "acC") << "whoever is gone is not told";
    EXPECT_EQ(play.test.misuses(), Misuses{});
    EXPECT_EQ(play.test.world.memory.live(0), 0U);
}

TEST(Callout, MayRefuseAFilter) {
    FilterPlay play;
    play.test.run([&] {
        const HANDLE engine = opened();
        add_provider(engine);
        add_sublayer(engine, provider_key);
        registered();
        add_callout(engine, nullptr);
        UINT64 filter = 0;
        on_notify     = STATUS_UNSUCCESSFUL;
        EXPECT_EQ(add_filter(engine, FWP_ACTION_CALLOUT_TERMINATING, 4789, &filter),
                  STATUS_FWP_CALLOUT_NOTIFICATION_FAILED);
        on_notify = STATUS_SUCCESS;
        FwpmTransactionBegin0(engine, 0);
        EXPECT_EQ(add_filter(engine, FWP_ACTION_CALLOUT_TERMINATING, 4789, &filter),
                  STATUS_SUCCESS);
        FwpmEngineClose0(engine);  // Aborts.
        EXPECT_EQ(classify_port(4789), FWP_ACTION_PERMIT);
        FwpsCalloutUnregisterByKey0(&callout_key);
    });
    EXPECT_EQ(play.test.log, "aad");
}

TEST(Callout, IsBusyWhileAFlowHasItsContext) {
    FilterPlay play;
    play.test.run([&] {
        const UINT32 id = registered();
        EXPECT_EQ(FwpsFlowAssociateContext0(1, FWPS_LAYER_DATAGRAM_DATA_V4, id, 9), STATUS_SUCCESS);
        EXPECT_EQ(FwpsCalloutUnregisterById0(id), STATUS_DEVICE_BUSY);
        EXPECT_EQ(FwpsFlowRemoveContext0(1, FWPS_LAYER_DATAGRAM_DATA_V4, id), STATUS_SUCCESS);
        EXPECT_EQ(FwpsFlowRemoveContext0(1, FWPS_LAYER_DATAGRAM_DATA_V4, id), STATUS_UNSUCCESSFUL);
        EXPECT_EQ(FwpsCalloutUnregisterById0(id), STATUS_SUCCESS);
    });
    EXPECT_EQ(play.test.world.memory.live(0), 0U);
}

TEST(Callout, IsNotGoneBeforeItsLastCallIsOver) {
    FilterPlay play;
    UINT32     id = 0;
    play.test.task([&] {
        const HANDLE engine = opened();
        add_provider(engine);
        add_sublayer(engine, provider_key);
        id = registered();
        add_callout(engine, nullptr);
        UINT64 filter = 0;
        add_filter(engine, FWP_ACTION_CALLOUT_TERMINATING, 4789, &filter);
        FwpmEngineClose0(engine);
        classify_port(4789);
    });
    play.test.task(
        [&] {
            while (play.test.log.find('c') == std::string::npos)
                NdisMSleep(1);
            EXPECT_EQ(FwpsCalloutUnregisterById0(id), STATUS_SUCCESS);
            play.test.write('u');
        },
        1);
    EXPECT_EQ(play.test.run(), Halt::finished);
    EXPECT_EQ(play.test.log, "acCu");
}

TEST(FilterEngineService, MayComeUpAfterTheDriver) {
    bool late = false, early = false;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        FilterPlay play;
        play.test.by_chance(seed);
        play.test.task([&] {
            HANDLE     handle = nullptr;
            const auto told   = [](void* context, FWPM_SERVICE_STATE state) {
                EXPECT_EQ(state, FWPM_SERVICE_RUNNING);
                static_cast<DriverTest*>(context)->write('r');
            };
            EXPECT_EQ(FwpmBfeStateSubscribeChanges0(nullptr, told, &play.test, &handle),
                      STATUS_SUCCESS);
            const bool runs = FwpmBfeStateGet0() == FWPM_SERVICE_RUNNING;
            NdisMSleep(1'000'000);
            EXPECT_EQ(FwpmBfeStateGet0(), FWPM_SERVICE_RUNNING);
            EXPECT_EQ(play.test.log, runs ? "" : "r");
            (runs ? early : late) = true;
            EXPECT_EQ(FwpmBfeStateUnsubscribeChanges0(handle), STATUS_SUCCESS);
            EXPECT_EQ(FwpmBfeStateUnsubscribeChanges0(handle), STATUS_INVALID_HANDLE);
        });
        ASSERT_EQ(play.test.run(), Halt::finished);
        EXPECT_EQ(play.test.world.memory.live(0), 0U);
    }
    EXPECT_TRUE(early);
    EXPECT_TRUE(late);
}

}  // namespace
}  // namespace interlock::harness
