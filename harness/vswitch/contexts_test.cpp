#include "harness/vswitch/contexts.hpp"

#include <gtest/gtest.h>

namespace interlock::harness {
namespace {

TEST(SwitchContexts, AreFoundByWhoSetThemUnderWhichType) {
    SwitchContexts contexts;
    int            type = 0, other_type = 0, memory = 0;
    EXPECT_TRUE(contexts.set(1, 0, &type, &memory));
    EXPECT_EQ(contexts.get(1, 0, &type), &memory);
    EXPECT_EQ(contexts.get(1, 0, &other_type), nullptr);
    EXPECT_EQ(contexts.get(1, 1, &type), nullptr);
    EXPECT_EQ(contexts.get(2, 0, &type), nullptr);
}

TEST(SwitchContexts, AreSetOnceUntilTheyAreTakenAway) {
    SwitchContexts contexts;
    int            type = 0, memory = 0, more = 0;
    EXPECT_TRUE(contexts.set(1, 0, &type, &memory));
    EXPECT_FALSE(contexts.set(1, 0, &type, &more));
    EXPECT_EQ(contexts.get(1, 0, &type), &memory);
    EXPECT_TRUE(contexts.set(1, 0, &type, nullptr));
    EXPECT_TRUE(contexts.set(1, 0, &type, &more));
    EXPECT_EQ(contexts.get(1, 0, &type), &more);
}

TEST(SwitchContexts, GoWithTheirPacket) {
    SwitchContexts contexts;
    int            type = 0, memory = 0;
    contexts.set(1, 0, &type, &memory);
    contexts.set(2, 0, &type, &memory);
    contexts.forget(1);
    EXPECT_EQ(contexts.get(1, 0, &type), nullptr);
    EXPECT_EQ(contexts.get(2, 0, &type), &memory);
}

TEST(SwitchContexts, NumberTheirTypesAsTheyComeUp) {
    SwitchContexts contexts;
    int            type = 0, other_type = 0;
    EXPECT_EQ(contexts.number_of(&type), 1U);
    EXPECT_EQ(contexts.number_of(&other_type), 2U);
    EXPECT_EQ(contexts.number_of(&type), 1U);
    contexts.begin();
    EXPECT_EQ(contexts.number_of(&other_type), 1U);
}

}  // namespace
}  // namespace interlock::harness
