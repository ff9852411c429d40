// The page for a browser, as far as no browser is needed; html/opens has the rest.

#include <algorithm>

#include <gtest/gtest.h>

#include "reports/page.hpp"
#include "reports/state.hpp"
#include "reports/synthetic_run.hpp"
#include "reports/trend.hpp"
#include "reports/under_way.hpp"

namespace interlock::reports {
namespace {

Issue issue_of(Result result) {
    return {.command = "run", .results = {std::move(result)}, .campaign = {}};
}

TEST(Page, HoldsNoMarkupOfAnybodyElse) {
    auto result     = synthetic_run();
    result.scenario = "</script><b>.scenario";
    const auto page = page_text(issue_of(result));
    EXPECT_EQ(page.find("<b>"), std::string::npos);
    EXPECT_NE(page.find("\\u003c/script>\\u003cb>.scenario"), std::string::npos);
}

TEST(Page, HasNoPlaceLeftUnfilled) {
    const auto page = page_text(issue_of(synthetic_run()));
    for (const auto* mark : {"@PAGE_DATA@", "@PAGE_JS@", "@PAGE_CSS@", "http-equiv=\"refresh\""})
        EXPECT_EQ(page.find(mark), std::string::npos) << mark;
}

TEST(Page, TellsTheStatesOfEachAdapter) {
    const auto run = synthetic_run();
    const auto all = lives(run.trace, run.extensions);
    ASSERT_FALSE(all.empty());
    for (const Life& life : all) {
        ASSERT_FALSE(life.spans.empty()) << life.name;
        EXPECT_EQ(life.spans.front().since, 0U) << life.name;
    }
    EXPECT_EQ(all.back().name, "late_sender");
}

TEST(UnderWay, IsCountedWhenAStateChanges) {
    Issue issue;
    EXPECT_TRUE(under_way_rows(issue.under_way).empty());
    for (const std::uint64_t runs : {1U, 2U}) {
        count_under_way(issue, synthetic_run().trace);
        const auto rows = under_way_rows(issue.under_way);
        const auto disconnects =
            std::ranges::find(rows, "nic:connected:disconnect_issued", &UnderWayRow::name);
        ASSERT_NE(disconnects, rows.end());
        EXPECT_EQ(disconnects->taken, (model::UnderWay{runs, 0, 0, 0, 0}));
    }
    const auto sum = sum_of(under_way_rows(issue.under_way));
    EXPECT_GT(sum.seen, 3U);
    EXPECT_LT(sum.seen, sum.all);
}

TEST(Trend, KeepsItsBeginningAndItsEndHoweverLongItIs) {
    std::vector<Sample> trend;
    for (std::uint64_t runs = 0; runs < 5000; ++runs)
        add_sample(trend, {.runs = runs});
    EXPECT_LE(trend.size(), trend_max);
    EXPECT_GE(trend.size(), trend_max / 2);
    EXPECT_EQ(trend.front().runs, 0U);
    EXPECT_EQ(trend.back().runs, 4999U);
    EXPECT_TRUE(std::ranges::is_sorted(trend, {}, &Sample::runs));
}

}  // namespace
}  // namespace interlock::reports
