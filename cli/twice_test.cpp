// --twice: what no seed decides is found.

#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/shell.hpp"

namespace interlock::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const std::string folder = build_folder() + "/cli_test/twice";

TEST(Twice, AnExtensionThatAsksAnotherClockIsFound) {
    fs::remove_all(folder);
    const auto run = interlock("fuzz --twice --runs 200 --seed 1 --out " + folder + " " +
                               build_folder() + "/tests/is_not_the_same_twice.so");
    EXPECT_EQ(run.code, 3) << run.out;
    EXPECT_THAT(run.out, HasSubstr("played twice, it is not the same from event #"));
    EXPECT_THAT(run.out, HasSubstr("NDIS_STATUS_RESOURCES"));
    EXPECT_TRUE(fs::exists(folder + "/found/twice/not_the_same_twice.scenario")) << run.out;
}

TEST(Twice, GoodOnesAreTheSameAlsoWhereCallsFail) {
    for (const std::string name : {"forwarder", "cloner"}) {
        const auto run =
            interlock("fuzz --twice --faults all --runs 300 --seed 1 --out " + folder + " " + name);
        EXPECT_EQ(run.code, 0) << run.out;
    }
}

}  // namespace
}  // namespace interlock::cli
