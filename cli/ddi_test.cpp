// interlock ddi and interlock deviations, as a shell sees them.

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/shell.hpp"

namespace interlock::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(DdiCommand, DdiListsWhatADriverWantsOfWindows) {
    const auto good = interlock("ddi " + build_folder() + "/extensions/pass_through.so");
    EXPECT_EQ(good.code, 0) << good.out;
    EXPECT_THAT(good.out, HasSubstr("nf-ndis-ndisfregisterfilterdriver\n"));
    EXPECT_THAT(good.out, HasSubstr(" 0 missing, 0 that Windows has not"));

    const std::string unfinished = build_folder() + "/tests/unfinished.so";
    const auto        bad        = interlock("ddi --quiet " + unfinished);
    EXPECT_EQ(bad.code, 2);
    EXPECT_THAT(bad.out, StartsWith("InterlockHasNotThatEither"));
    EXPECT_THAT(bad.out, HasSubstr("CONTRIBUTING.md"));
    EXPECT_THAT(interlock("ddi --json " + unfinished).out,
                HasSubstr("{\"name\": \"InterlockHasNotThis\", \"standing\": \"missing\""));
    EXPECT_EQ(interlock("ddi README.md").code, 2);
    EXPECT_THAT(interlock("fuzz " + unfinished).out, HasSubstr("`interlock ddi` lists them"));
}

TEST(DdiCommand, DeviationsAreToldAsText) {
    EXPECT_THAT(interlock("deviations").out, HasSubstr("KeSetPriorityThread"));
    EXPECT_THAT(interlock("deviations --markdown").out, StartsWith("# Known deviations"));
    EXPECT_THAT(interlock("faults").out, HasSubstr("NdisAllocateNetBufferPool"));
    EXPECT_THAT(interlock("faults --markdown").out, StartsWith("# Calls that can fail"));
}

}  // namespace
}  // namespace interlock::cli
