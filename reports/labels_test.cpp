// What the text report tells of a finding, each other report tells too.

#include <set>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "model/judge.hpp"
#include "model/oids.hpp"
#include "reports/json.hpp"
#include "reports/junit.hpp"
#include "reports/markdown.hpp"
#include "reports/page.hpp"
#include "reports/sarif.hpp"
#include "reports/synthetic_run.hpp"
#include "reports/text.hpp"

namespace interlock::reports {
namespace {

using model::Call;
using Json = nlohmann::json;

/// A packet whose destination is gone, with all that can be known of it.
Result of_a_packet() {
    Result     result  = synthetic_run();
    const auto at      = first_violation(result.verdict)->at;
    result.called_from = std::vector<std::string>(at + 1, "Send (send.c:53)");
    result.faults      = {"fail NdisAllocateRWLock #1 in control 0 with NULL"};
    result.notes       = {{at, "left memory: 40 bytes, tag 'ItEx'", "Make (make.c:7)"}};
    result.attribution = model::Attribution{.blame    = model::Blame::extension,
                                            .restaged = {{.stack = {"forwarder"},
                                                          .how   = "with forwarder in its place",
                                                          .shows = false}},
                                            .other    = {}};
    const model::Event referenced{.call = Call::ReferenceSwitchNic, .module = 0, .port = 2};
    result.trace[1] = result.trace[0] = referenced;
    result.trace[1].phase             = model::Phase::leave;
    return result;
}

/// A port that is deleted before it is torn down: a machine tells what would have been legal.
Result of_a_port() {
    Result     result;
    const auto tell = [&](Call call, model::Oid oid, model::ObjectId object) {
        result.trace.push_back({.call = call, .object = object, .port = 3, .oid = oid});
    };
    tell(Call::ProtocolEdgeOidRequest, model::oid::port_create, 1);
    tell(Call::ProtocolEdgeOidRequestComplete, model::oid::port_create, 1);
    tell(Call::ProtocolEdgeOidRequest, model::oid::port_delete, 2);
    result.verdict = model::judge(result.trace);
    return result;
}

Result of_a_crash() {
    Result result;
    result.extensions = {"my_filter"};
    result.where      = "control 0, after NdisAllocateRWLock";
    result.printed    = "heap-use-after-free";
    result.trace      = {{.call = Call::FilterAttach, .module = 0},
                         {.call = Call::Crashed, .module = 0, .detail = 11}};
    model::Violation crash;
    crash.rule                = model::rule_of("RUN-01");
    crash.module              = 0;
    crash.at                  = 1;
    crash.what                = "crashed";
    result.verdict.outcome    = model::Outcome::violates;
    result.verdict.violations = {crash};
    result.verdict.events     = 2;
    return result;
}

const model::Violation& finding_of(const Result& result) {
    return *first_violation(result.verdict);
}

/// Those before the first empty line: a label stands in columns 2 to 12.
std::set<std::string> labels_in_text(const Result& result) {
    std::istringstream    lines(violation_text(result, finding_of(result), {}));
    std::set<std::string> labels;
    for (std::string line; std::getline(lines, line) && !line.empty();) {
        if (!line.starts_with("  ") || line.size() < 13 || line[2] == ' ') continue;
        auto label = line.substr(2, 11);
        labels.insert(label.substr(0, label.find_last_not_of(' ') + 1));
    }
    return labels;
}

Issue issue_of(const Result& result) {
    return {.command = "run", .results = {result}, .campaign = {}};
}

Json page_data(const Result& result) {
    const std::string page  = page_text(issue_of(result));
    const auto        mark  = std::string_view("id=\"data\">");
    const auto        begin = page.find(mark) + mark.size();
    return Json::parse(page.substr(begin, page.find("</script>", begin) - begin));
}

/// Of the finding itself, or of its rule.
bool has_label(const Json& page, const Result& result, const std::string& label) {
    for (const Json& fact : page["results"][0]["violations"][0]["facts"])
        if (fact["label"] == label) return true;
    const model::Rule& broken = model::rules()[finding_of(result).rule];
    for (const Json& rule : page["rules"]) {
        if (rule["id"] != broken.id) continue;
        if (label == "rule") return rule["title"] == broken.title;
        if (label == "page") return rule["page"] == broken.page;
        if (label == "verifier") return !rule["verifier"].get<std::string>().empty();
        return rule["modality"] == label && rule["says"] == broken.says;
    }
    return false;
}

bool tells(const Json& sarif, const std::string& label) {
    const auto help    = sarif["rules"][0]["help"]["text"].get<std::string>();
    const auto message = sarif["results"][0]["message"]["text"].get<std::string>();
    if (label == "what" || label == "rule") return !message.empty();
    if (label == "page") return help.find("Page: ") != std::string::npos;
    if (label == "verifier") return help.find("Driver Verifier: ") != std::string::npos;
    return message.find("\n" + label + ": ") != std::string::npos || help.starts_with(label + " ");
}

class Labels : public testing::TestWithParam<Result (*)()> {};

TEST_P(Labels, OfTheTextHaveTheirPlaceInEveryReport) {
    const Result result = GetParam()();
    const auto   page   = page_data(result);
    const auto   issue  = issue_of(result);
    const auto   facts  = to_json(result)["violations"][0]["facts"];
    const auto   run    = Json::parse(sarif_text(issue))["runs"][0];
    const Json   sarif{{"rules", run["tool"]["driver"]["rules"]}, {"results", run["results"]}};
    const auto   labels = labels_in_text(result);
    ASSERT_GE(labels.size(), 4U);
    for (const std::string& label : labels) {
        EXPECT_TRUE(facts.contains(label)) << label;
        EXPECT_TRUE(has_label(page, result, label)) << label;
        EXPECT_TRUE(tells(sarif, label)) << label << "\n" << sarif.dump(2);
    }
    const auto whole = violation_text(result, finding_of(result), {});
    EXPECT_NE(markdown_text(issue).find(whole), std::string::npos);
    EXPECT_NE(junit_text(issue).find(std::string(finding_of(result).what)), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Of, Labels, testing::Values(of_a_packet, of_a_port, of_a_crash));

TEST(LabelsTogether, AreAllThatThereAre) {
    std::set<std::string> all;
    for (const auto& result : {of_a_packet(), of_a_port(), of_a_crash()})
        all.merge(labels_in_text(result));
    for (const auto* label :
         {"what", "where", "namely", "rule", "must not", "page", "verifier", "because of", "blame",
          "tried", "state", "legal", "in flight", "referenced", "faults"})
        EXPECT_TRUE(all.contains(label)) << label;
}

TEST(JsonReport, TellsTheNearestLegalStep) {
    const auto found = to_json(of_a_port())["violations"][0];
    EXPECT_EQ(found["legal"], found["facts"]["legal"][0]["text"]);
    EXPECT_TRUE(found["legal"].get<std::string>().starts_with("port 3: "));
    EXPECT_EQ(to_json(of_a_packet())["violations"][0]["facts"]["what"][0]["from"],
              "Send (send.c:53)");
}

}  // namespace
}  // namespace interlock::reports
