#include "reports/text.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include <gtest/gtest.h>

#include "reports/synthetic_run.hpp"

namespace interlock::reports {
namespace {

std::string read(const std::string& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// What the report says is compared word for word. To change it on purpose, run with
/// INTERLOCK_REWRITE=1, read the difference, and keep it only if a stranger understands it better.
void expect_as_written(const std::string& text, const std::string& name) {
    const std::string file = "reports/expected/" + name;
    if (std::getenv("INTERLOCK_REWRITE") != nullptr) std::ofstream(file) << text;
    EXPECT_EQ(text, read(file));
}

std::size_t longest_line(const std::string& text) {
    std::istringstream lines(text);
    std::size_t        longest = 0;
    for (std::string line; std::getline(lines, line);) {
        // Links and commands are never broken.
        if (line.find("https://") != std::string::npos) continue;
        if (line.find("interlock replay") == std::string::npos) {
            longest = std::max(longest, line.size());
        }
    }
    return longest;
}

TEST(TextReport, OfAViolationReadsAsItAlwaysDid) {
    const Result result = synthetic_run();
    expect_as_written(verdict_line(result, {}) + "\n" + result_text(result, {}), "violation.txt");
}

TEST(TextReport, StaysWithinItsWidth) {
    const Result result = synthetic_run();
    for (const std::size_t width : {80U, 100U, 120U}) {
        EXPECT_LE(longest_line(result_text(result, {.width = width})), width);
    }
}

TEST(TextReport, OfAViolationNamesWhatAReaderAsksFor) {
    const auto text = result_text(synthetic_run(), {});
    for (const auto* word :
         {"PKT-04", "late_sender", "step 5", "OID_SWITCH_NIC_DISCONNECT", "NDIS_STATUS_PENDING",
          "https://learn.microsoft.com/", "2/0", "interlock replay "}) {
        EXPECT_NE(text.find(word), std::string::npos) << word;
    }
}

TEST(TextReport, HasNoColourUnlessItIsAskedFor) {
    const Result result = synthetic_run();
    EXPECT_EQ(result_text(result, {}).find('\x1b'), std::string::npos);
    EXPECT_NE(result_text(result, {.colour = Colour::always}).find('\x1b'), std::string::npos);
}

TEST(TextReport, OfAConformingRunIsEmpty) {
    Result result;
    result.scenario        = "calm.scenario";
    result.verdict.outcome = model::Outcome::conforms;
    EXPECT_EQ(result_text(result, {}), "");
    EXPECT_EQ(verdict_line(result, {}), "conforms   calm.scenario\n");
}

TEST(TextReport, GivesEveryStepAHeadingInTheTranscript) {
    const auto text = transcript(synthetic_run(), {});
    for (const auto* step : {"step 1: create-port 2", "step 5: send 1/0"}) {
        EXPECT_NE(text.find(step), std::string::npos) << step;
    }
}

}  // namespace
}  // namespace interlock::reports
