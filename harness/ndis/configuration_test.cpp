#include <gtest/gtest.h>

#include "harness/ddi/driver_test.hpp"

namespace interlock::harness {
namespace {

TEST(Configuration, HoldsWhatWasWrittenUntilItIsClosed) {
    DriverTest test;
    test.run([&] {
        NDIS_HANDLE               key = nullptr;
        NDIS_CONFIGURATION_OBJECT object{};
        ASSERT_EQ(NdisOpenConfigurationEx(&object, &key), NDIS_STATUS_SUCCESS);
        WCHAR                         letters[] = L"Depth", text[] = L"deep";
        NDIS_STRING                   name{10, 12, letters};
        NDIS_STATUS                   status = NDIS_STATUS_SUCCESS;
        NDIS_CONFIGURATION_PARAMETER* read   = nullptr;
        NdisReadConfiguration(&status, &read, key, &name, NdisParameterInteger);
        EXPECT_EQ(status, NDIS_STATUS_FAILURE) << "nobody has written it";
        NDIS_CONFIGURATION_PARAMETER value{};
        value.ParameterType             = NdisParameterInteger;
        value.ParameterData.IntegerData = 7;
        NdisWriteConfiguration(&status, key, &name, &value);
        EXPECT_EQ(status, NDIS_STATUS_SUCCESS);
        NdisReadConfiguration(&status, &read, key, &name, NdisParameterInteger);
        ASSERT_EQ(status, NDIS_STATUS_SUCCESS);
        EXPECT_EQ(read->ParameterData.IntegerData, 7U);
        value.ParameterType            = NdisParameterString;
        value.ParameterData.StringData = {8, 10, text};
        NdisWriteConfiguration(&status, key, &name, &value);
        text[0] = L'k';  // It has been copied.
        NdisReadConfiguration(&status, &read, key, &name, NdisParameterString);
        EXPECT_EQ(read->ParameterData.StringData.Length, 8);
        EXPECT_EQ(read->ParameterData.StringData.Buffer[0], L'd');
        NdisCloseConfiguration(key);
        NdisCloseConfiguration(key);
    });
    EXPECT_EQ(test.misuses(), Misuses{model::Misuse::bad_argument});
    EXPECT_EQ(test.world.memory.live(0), 0U);
}

TEST(Configuration, IsSeenWhenItIsLeftOpen) {
    DriverTest test;
    test.run([&] {
        NDIS_HANDLE               key = nullptr;
        NDIS_CONFIGURATION_OBJECT object{};
        NdisOpenConfigurationEx(&object, &key);
    });
    EXPECT_EQ(test.world.memory.live(0), 1U);
}

}  // namespace
}  // namespace interlock::harness
