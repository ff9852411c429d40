#include "reports/json.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "model/judge.hpp"
#include "reports/synthetic_run.hpp"

namespace interlock::reports {
namespace {

TEST(JsonReport, SaysWhatTheTextSays) {
    const auto json =
        to_json(Issue{.command = "run", .results = {synthetic_run()}, .campaign = {}});
    EXPECT_EQ(json["outcome"], "violates");
    const auto& violation = json["results"][0]["violations"][0];
    EXPECT_EQ(violation["rule"], "PKT-04");
    EXPECT_EQ(violation["guilty"], "extension");
    EXPECT_EQ(violation["extension"], "late_sender");
    EXPECT_EQ(violation["step"], 5);
    EXPECT_EQ(violation["story"].back()["call"], "AddNetBufferListDestination");
}

TEST(JsonReport, CanBeParsedBack) {
    const auto text = to_json(synthetic_run()).dump(2);
    EXPECT_EQ(nlohmann::ordered_json::parse(text), to_json(synthetic_run()));
}

TEST(JsonReport, OfRulesAndMachinesCanBeParsed) {
    const auto rules = nlohmann::json::parse(json_text(model::rules()));
    EXPECT_EQ(rules.size(), model::rules().size());
    EXPECT_EQ(nlohmann::json::parse(json_text(model::machines())).size(), 9U);
    const Issue issue{.command = "run", .results = {synthetic_run()}, .campaign = Campaign{}};
    EXPECT_TRUE(nlohmann::json::parse(json_text(issue)).contains("campaign"));
}

}  // namespace
}  // namespace interlock::reports
