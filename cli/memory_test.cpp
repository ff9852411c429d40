// --memory: what is looked at in the memory of extensions that tell of it.

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/shell.hpp"

namespace interlock::cli {
namespace {

using testing::HasSubstr;

const std::string scenario = " corpus/scenarios/conforms/two_guests_come_talk_and_go.scenario";

TEST(MemoryOption, IsForExtensionsThatTellOfTheirMemory) {
    const auto traced = interlock("run --memory both -e pass_through_traced" + scenario);
    EXPECT_EQ(traced.code, 0) << traced.out;
    const auto silent = interlock("run --memory races -e pass_through" + scenario);
    EXPECT_EQ(silent.code, 2);
    EXPECT_THAT(silent.out, HasSubstr("does not tell of its accesses to memory; expected"));
    EXPECT_EQ(interlock("fuzz --memory races --runs 1 pass_through").code, 2);
}

}  // namespace
}  // namespace interlock::cli
