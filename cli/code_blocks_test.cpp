#include "cli/code_blocks.hpp"

#include <map>

#include <gtest/gtest.h>

namespace interlock::cli {
namespace {

std::map<std::uint64_t, std::uint64_t> runs_by_begin(const fuzz::ModuleCode&           code,
                                                     const std::vector<std::uint64_t>& runs) {
    std::map<std::uint64_t, std::uint64_t> all;
    for (const CodeBlock& block : code_blocks(code, runs))
        all[block.begin] = block.runs;
    return all;
}

/// if (10) then 20; 30. As the compiler counts it: 10 and 20.
const fuzz::ModuleCode one_if{.edges = {10, 20}, .flow = {10, 20, 30, 0, 20, 30, 0, 30, 0}};

TEST(CodeBlocks, AfterAnIfAreRunAsOftenAsItIs) {
    EXPECT_EQ(runs_by_begin(one_if, {5, 0}),
              (std::map<std::uint64_t, std::uint64_t>{{10, 5}, {20, 0}, {30, 5}}));
}

TEST(CodeBlocks, ThatOneBranchLeadsToAreNotRunForTheOther) {
    // 10 goes to 20 or 30; 30 to 40 and 50, which are counted and dominated by it.
    const fuzz::ModuleCode code{
        .edges = {10, 20, 40, 50},
        .flow  = {10, 20, 30, 0, 20, 60, 0, 30, 40, 50, 0, 40, 60, 0, 50, 60, 0, 60, 0}};
    EXPECT_EQ(runs_by_begin(code, {7, 7, 0, 0})[30], 0U);
    EXPECT_EQ(runs_by_begin(code, {7, 4, 3, 2})[30], 3U) << "at least as often as the busiest";
    EXPECT_EQ(runs_by_begin(code, {7, 7, 0, 0})[60], 7U);
}

/// 10; head 20 leads to body 30 or out to 40; the body goes back to the head.
TEST(CodeBlocks, OfALoopAreRunThoughTheWayBackIsAnother) {
    const fuzz::ModuleCode code{.edges = {10, 30, 40},
                                .flow  = {10, 20, 0, 20, 30, 40, 0, 30, 20, 0, 40, 0}};
    EXPECT_EQ(runs_by_begin(code, {2, 0, 2})[20], 2U);
    EXPECT_EQ(runs_by_begin(code, {0, 0, 0})[20], 0U);
}

TEST(CodeBlocks, AreThoseThatAreCountedWhereNoFlowIsKnown) {
    EXPECT_EQ(runs_by_begin({.edges = {10, 20}, .flow = {}}, {1, 0}),
              (std::map<std::uint64_t, std::uint64_t>{{10, 1}, {20, 0}}));
}

TEST(CodeBlocks, OfOneFunctionSayNothingOfAnother) {
    fuzz::ModuleCode code = one_if;
    code.edges.push_back(100);
    code.flow.insert(code.flow.end(), {100, 110, 0, 110, 0});
    const auto runs = runs_by_begin(code, {5, 5, 0});
    EXPECT_EQ(runs.at(110), 0U);
    EXPECT_EQ(runs.at(30), 5U);
}

}  // namespace
}  // namespace interlock::cli
