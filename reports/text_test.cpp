#include "reports/text.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "model/judge.hpp"
#include "model/oids.hpp"
#include "reports/as_written.hpp"
#include "reports/state.hpp"
#include "reports/synthetic_run.hpp"

namespace interlock::reports {
namespace {

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

/// A port that is deleted before it is torn down.
Result deleted_too_early() {
    Result     result;
    const auto tell = [&](model::Call call, model::Oid oid, model::ObjectId object) {
        result.trace.push_back({.call = call, .object = object, .port = 3, .oid = oid});
    };
    tell(model::Call::ProtocolEdgeOidRequest, model::oid::port_create, 1);
    tell(model::Call::ProtocolEdgeOidRequestComplete, model::oid::port_create, 1);
    tell(model::Call::ProtocolEdgeOidRequest, model::oid::port_delete, 2);
    result.verdict = model::judge(result.trace);
    return result;
}

TEST(TextReport, SaysWhatWouldHaveBeenLegal) {
    const Result result = deleted_too_early();
    ASSERT_NE(first_violation(result.verdict), nullptr);
    EXPECT_EQ(legal_in_words(*first_violation(result.verdict), result.trace),
              "port 3: updated issued, property issued, nic create issued if operational, teardown "
              "issued if no nic on port");
    EXPECT_NE(result_text(result, {}).find("  legal      port 3: updated issued, "),
              std::string::npos);
}

TEST(TextReport, DoesNotSayWhatIsLegalWhereItDoesNotKnow) {
    const Result result = deleted_too_early();
    const auto   late   = std::span(result.trace).subspan(2);
    auto         broken = *first_violation(result.verdict);
    broken.at           = 0;
    EXPECT_EQ(legal_in_words(broken, late), "");
    EXPECT_EQ(legal_in_words(*first_violation(synthetic_run().verdict), synthetic_run().trace), "")
        << "PKT-04 stands in no machine.";
}

TEST(TextReport, TellsFromWhereAndUnderWhichFaultsItCame) {
    Result     result      = synthetic_run();
    const auto at          = first_violation(result.verdict)->at;
    result.called_from     = std::vector<std::string>(at + 1);
    result.called_from[at] = "SendDown (send.c:53) < FilterSend (send.c:80)";
    result.faults          = {"fail NdisAllocateRWLock #1 in control 0 with NULL"};
    result.notes           = {{at, "left memory: 40 bytes, tag 'ItEx'", "Make (make.c:7)"}};
    const auto text        = result_text(result, {});
    for (const auto* words :
         {"             from SendDown (send.c:53) < FilterSend (send.c:80)\n",
          "  faults     fail NdisAllocateRWLock #1 in control 0 with NULL\n",
          "  namely     left memory: 40 bytes, tag 'ItEx', from Make (make.c:7)\n"}) {
        EXPECT_NE(text.find(words), std::string::npos) << words << text;
    }
}

TEST(TextReport, TellsWhoCrashedInWhichCallback) {
    using model::Call;
    Result result;
    result.extensions      = {"my_filter"};
    result.where           = "control 0, after NdisAllocateRWLock";
    result.trace           = {{.call = Call::FilterAttach, .module = 0},
                              {.call = Call::Crashed, .module = 0, .detail = 11}};
    result.verdict.outcome = model::Outcome::violates;
    model::Violation crash;
    crash.rule                = model::rule_of("RUN-01");
    crash.module              = 0;
    crash.at                  = 1;
    crash.what                = "crashed";
    result.verdict.violations = {crash};
    const auto text           = result_text(result, {});
    EXPECT_NE(text.find("control 0, after NdisAllocateRWLock, in #0 FilterAttach"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("of my_filter"), std::string::npos) << text;
}

/// What was not given back and not finished when the world stood still: why a step never came.
TEST(TextReport, TellsWhatAStepWaitedForInVain) {
    using model::Call;
    using model::Phase;
    Result result;
    result.extensions = {"my_filter"};
    result.left_out   = {{9, "nic 3/0 is still referenced"}};
    result.trace      = {
             {.call = Call::ReferenceSwitchNic, .phase = Phase::enter, .module = 0, .port = 3},
             {.call = Call::ReferenceSwitchNic, .phase = Phase::leave, .module = 0, .port = 3},
             {.call = Call::ReferenceSwitchNic, .phase = Phase::enter, .module = 0, .port = 4},
             {.call = Call::ReferenceSwitchNic, .phase = Phase::leave, .module = 0, .port = 4},
             {.call = Call::DereferenceSwitchNic, .phase = Phase::leave, .module = 0, .port = 4},
             {.call = Call::Quiescent}};
    result.called_from     = {"Take (take.c:5)"};
    result.verdict.outcome = model::Outcome::undecided;
    const auto text        = result_text(result, {});
    EXPECT_NE(text.find("step 9: nic 3/0 is still referenced"), std::string::npos) << text;
    EXPECT_NE(text.find("  referenced #0 ReferenceSwitchNic 3/0"), std::string::npos) << text;
    EXPECT_NE(text.find("from Take (take.c:5)"), std::string::npos) << text;
    EXPECT_EQ(text.find("4/0"), std::string::npos) << "that one was given back: " << text;
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
