// What is claimed of the portfolio follows from what was measured; and the page that is committed
// has every exhibit, and every pattern without one, and bears out each claim.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "props/bench/museum/claims.hpp"

namespace interlock::props::museum {
namespace {

Exhibit exhibit(const std::string& pattern, Needs needs) {
    Exhibit made;
    made.pattern = pattern;
    made.module  = "/somewhere/faulty_" + pattern + ".so";
    made.needs   = needs;
    return made;
}

const std::vector<Exhibit> easy{exhibit("P01", Needs::nothing)};
const std::vector<Exhibit> scheduled{exhibit("P02", Needs::schedule)};

/// For how many exhibits each of the three claims holds, and of how many: "1/1 0/0 1/1".
std::string holds(const std::vector<Exhibit>& exhibits, const std::string& lines) {
    std::istringstream text(lines);
    std::string        all;
    for (const Claim& claim : claims(exhibits, Measured(text)))
        all += std::to_string(claim.asked - claim.against.size()) + "/" +
               std::to_string(claim.asked) + " ";
    all.pop_back();
    return all;
}

TEST(Claims, HoldWhereThePortfolioIsGoodEnough) {
    EXPECT_EQ(holds(easy, "faulty_P01 portfolio 1 1 20 0\nfaulty_P01 uniform 1 1 10 0\n"),
              "1/1 0/0 1/1");
    EXPECT_EQ(holds(scheduled, "faulty_P02 portfolio 1 1 20 0\nfaulty_P02 uniform 1 0 200 0\n"),
              "1/1 1/1 0/0");
}

TEST(Claims, FailWhereItIsTooSlow) {
    EXPECT_EQ(holds(easy, "faulty_P01 portfolio 1 1 21 0\nfaulty_P01 uniform 1 1 10 0\n"),
              "1/1 0/0 0/1");
    EXPECT_EQ(holds(scheduled, "faulty_P02 portfolio 1 1 20 0\nfaulty_P02 uniform 1 0 199 0\n"),
              "1/1 0/1 0/0");
}

TEST(Claims, FailWhereOneSeedDetectsNothing) {
    EXPECT_EQ(holds(easy,
                    "faulty_P01 portfolio 1 1 2 0\nfaulty_P01 portfolio 2 0 9 0\n"
                    "faulty_P01 portfolio 3 1 3 0\nfaulty_P01 uniform 1 1 10 0\n"),
              "0/1 0/0 1/1");
}

TEST(Claims, FailWhereNothingWasMeasured) {
    EXPECT_EQ(holds(easy, ""), "0/1 0/0 0/0");
    EXPECT_EQ(holds(scheduled, "faulty_P02 uniform 1 0 200 0\n"), "0/1 0/1 0/0");
}

TEST(Measured, TheLaterOfTwoLinesForASeedCounts) {
    std::istringstream lines("faulty_P01 pct 1 1 30 0\nfaulty_P01 pct 1 0 500 0\n");
    const Trials       trials = Measured(lines).trials("faulty_P01", "pct");
    ASSERT_EQ(trials.sorted.size(), 1U);
    EXPECT_EQ(trials.detected(), 0U);
    EXPECT_EQ(trials.median().executions, 500U);
}

TEST(Measured, WhatDetectsNothingComesLast) {
    std::istringstream lines(
        "faulty_P01 pct 1 0 10 0\nfaulty_P01 pct 2 1 30 0\nfaulty_P01 pct 3 1 20 0\n");
    const Trials trials = Measured(lines).trials("faulty_P01", "pct");
    EXPECT_EQ(trials.detected(), 2U);
    EXPECT_EQ(trials.median().executions, 30U);
}

std::vector<std::string> lines_of(const std::string& path) {
    std::ifstream            file(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);)
        lines.push_back(line);
    return lines;
}

bool has(const std::vector<std::string>& lines, const std::string& begin) {
    return std::ranges::any_of(lines,
                               [&](const std::string& line) { return line.starts_with(begin); });
}

TEST(ThePage, HasEveryPattern) {
    const auto  page     = lines_of("docs/museum.md");
    std::size_t patterns = 0;
    for (const std::string& line : lines_of("props/bench/museum/museum.txt")) {
        std::istringstream words(line);
        std::string        pattern, extension, twin;
        words >> pattern >> extension >> twin;
        if (!pattern.starts_with('P')) continue;
        ++patterns;
        const std::string name = twin.starts_with('=') ? twin.substr(1) : extension;
        EXPECT_TRUE(has(page, extension == "unreachable" ? "| " + pattern + " | "
                                                         : "| " + pattern + " | `" + name + "` |"))
            << pattern;
    }
    EXPECT_EQ(patterns, 40U);
}

TEST(ThePage, BearsOutEachClaim) {
    const auto         page = lines_of("docs/museum.md");
    std::size_t        told = 0;
    std::istringstream nothing;
    for (const Claim& claim : claims({}, Measured(nothing))) {
        const auto line = std::ranges::find_if(page, [&](const std::string& one) {
            return one.starts_with("| " + claim.says + " | ");
        });
        ASSERT_NE(line, page.end()) << claim.says;
        std::size_t        held = 0, asked = 0;
        std::string        of;
        std::istringstream numbers(line->substr(claim.says.size() + 5));
        numbers >> held >> of >> asked;
        EXPECT_EQ(held, asked) << *line;
        told += asked;
    }
    EXPECT_GT(told, 40U);
}

}  // namespace
}  // namespace interlock::props::museum
