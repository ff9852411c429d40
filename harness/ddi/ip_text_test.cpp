#include <gtest/gtest.h>

#include <string>

#include <ip2string.h>

#include "harness/ddi/driver_test.hpp"

namespace interlock::harness {
namespace {

/// What becomes of a text that is read and written again; "-" where it is refused.
std::string again6(const std::string& text) {
    IN6_ADDR    address{};
    const char* end = nullptr;
    if (RtlIpv6StringToAddressA(text.c_str(), &end, &address) != STATUS_SUCCESS) return "-";
    char        written[46];
    const char* after = RtlIpv6AddressToStringA(&address, written);
    EXPECT_EQ(*after, 0);
    return std::string(written) + (*end != 0 ? std::string(" then ") + end : "");
}

TEST(IpText, ReadsAndWritesIpv6) {
    EXPECT_EQ(again6("2001:db8:0:0:0:0:0:1"), "2001:db8::1");
    EXPECT_EQ(again6("2001:DB8:0:1:0:0:0:1"), "2001:db8:0:1::1");
    EXPECT_EQ(again6("1:0:0:2:3:0:0:4"), "1::2:3:0:0:4") << "the first of two";
    EXPECT_EQ(again6("1:0:2:3:4:5:6:7"), "1:0:2:3:4:5:6:7") << "one zero is no row";
    EXPECT_EQ(again6("::"), "::");
    EXPECT_EQ(again6("::1"), "::1");
    EXPECT_EQ(again6("fe80::"), "fe80::");
    EXPECT_EQ(again6("::ffff:10.1.2.3"), "::ffff:10.1.2.3");
    EXPECT_EQ(again6("64:ff9b::1.2.3.4"), "64:ff9b::102:304");
    EXPECT_EQ(again6("fe80::1%4"), "fe80::1 then %4");
}

TEST(IpText, RefusesWhatIsNoIpv6) {
    for (const char* text : {"", "1", "1:2:3", ":1::2", "1:2:3:4:5:6:7:8:9", "1::2::3",
                             "12345::", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3", "1:2:3:4:5:6:7:8::"})
        EXPECT_EQ(again6(text), "-") << text;
}

TEST(IpText, ReadsAndWritesIpv4) {
    IN_ADDR     address{};
    const char* end = nullptr;
    ASSERT_EQ(RtlIpv4StringToAddressA("192.168.0.250/24", TRUE, &end, &address), STATUS_SUCCESS);
    EXPECT_STREQ(end, "/24");
    char written[16];
    EXPECT_EQ(RtlIpv4AddressToStringA(&address, written), written + 13);
    EXPECT_STREQ(written, "192.168.0.250");
    EXPECT_EQ(RtlIpv4StringToAddressA("192.168.0.256", TRUE, &end, &address),
              STATUS_INVALID_PARAMETER);
    EXPECT_EQ(RtlIpv4StringToAddressA("1.2.3", TRUE, &end, &address), STATUS_INVALID_PARAMETER);
}

TEST(IpText, ReadsEthernetAddresses) {
    UCHAR       address[6] = {};
    const char* end        = nullptr;
    EXPECT_EQ(RtlEthernetStringToAddressA("02-15:5d-00-0A-ff", &end, address), STATUS_SUCCESS);
    EXPECT_EQ(address[2], 0x5D);
    EXPECT_EQ(address[5], 0xFF);
    EXPECT_EQ(RtlEthernetStringToAddressA("02-15-5d-00-0A", &end, address),
              STATUS_INVALID_PARAMETER);
}

}  // namespace
}  // namespace interlock::harness
