// `interlock cover`, for the whole model: it takes too long to be one test of the command's many.

#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "cli/shell.hpp"

namespace interlock::cli {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;

TEST(Cover, FindsAScenarioOrAStoryForEachCell) {
    const std::string folder = testing::TempDir() + "interlock_cover_" + std::to_string(getpid());
    const auto found = interlock("cover --extension pass_through --chances 12 --out " + folder);
    EXPECT_EQ(found.code, 0) << found.out;
    EXPECT_THAT(found.out, ContainsRegex("port +10 +10 +10 +0 +100 %"));
    EXPECT_THAT(found.out, ContainsRegex("nic +17 +17 +17 +0 +100 %"));
    EXPECT_THAT(found.out, HasSubstr("told     packet:made:passed, granted by FWD-02: "));
    EXPECT_THAT(found.out, HasSubstr("never    nic:disconnecting:host_packet, against NIC-15: "));

    const auto played = interlock("run --quiet --expect from-folder " + folder);
    EXPECT_EQ(played.code, 0) << played.out;
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace interlock::cli
