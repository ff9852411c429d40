#include "harness/vswitch/digest.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <vector>

namespace interlock::harness {
namespace {

TEST(Digest, IsOfTheBytesAndNotOfTheirPlace) {
    const std::vector<std::uint8_t> some(100, 7);
    const std::vector<std::uint8_t> more(101, 7);
    EXPECT_EQ(digest_of(some.data(), 100), digest_of(more.data() + 1, 100));
    EXPECT_NE(digest_of(some.data(), 100), digest_of(more.data(), 101));
    EXPECT_NE(digest_of(some.data(), 100), digest_of(some.data(), 100, 1));
}

TEST(Digest, SeesEveryChangedByte) {
    std::vector<std::uint8_t> bytes(67);
    std::set<std::uint32_t>   seen{digest_of(bytes.data(), bytes.size())};
    for (std::uint8_t& byte : bytes) {
        byte = 1;
        EXPECT_TRUE(seen.insert(digest_of(bytes.data(), bytes.size())).second);
        byte = 0;
    }
}

TEST(Digest, OfNothingSaysThatItWasTaken) {
    EXPECT_NE(digest_of(nullptr, 0), 0U);
}

}  // namespace
}  // namespace interlock::harness
