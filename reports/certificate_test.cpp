#include "reports/certificate.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "model/judge.hpp"
#include "reports/synthetic_run.hpp"

namespace interlock::reports {
namespace {

/// Of runs in which PKT-04 was broken, NIC-13 asked, and nothing else came up.
Certificate certificate_of(std::vector<Result> results, std::uint64_t undecided_runs) {
    Certificate certificate;
    Campaign    campaign;
    campaign.runs           = 10;
    campaign.undecided_runs = undecided_runs;
    for (const model::Rule& rule : model::rules())
        if (rule.id != "NIC-13" && rule.id != "PKT-04") campaign.rules_missed.emplace_back(rule.id);
    certificate.issue = {
        .command = "certify", .results = std::move(results), .campaign = std::move(campaign)};
    return certificate;
}

Fulfilment fulfilment_of(const Certificate& certificate, std::string_view rule) {
    const auto all   = requirements(certificate);
    const auto found = std::ranges::find(all, rule, &Requirement::rule);
    EXPECT_NE(found, all.end()) << rule;
    return found == all.end() ? Fulfilment::undecided : found->fulfilment;
}

TEST(Certificate, TellsWhatPassedFromWhatWasNotTried) {
    const auto certificate = certificate_of({synthetic_run()}, 0);
    EXPECT_EQ(fulfilment_of(certificate, "PKT-04"), Fulfilment::fail);
    EXPECT_EQ(fulfilment_of(certificate, "NIC-13"), Fulfilment::pass);
    EXPECT_EQ(fulfilment_of(certificate, "PKT-15"), Fulfilment::not_exercised);
    EXPECT_EQ(fulfilment_of(certificate, "REF-10"), Fulfilment::undecided);
    EXPECT_EQ(conclusion(certificate), "fails");
}

TEST(Certificate, IsUndecidedWhereRunsWereCutShort) {
    const auto certificate = certificate_of({}, 1);
    EXPECT_EQ(fulfilment_of(certificate, "PKT-15"), Fulfilment::undecided);
    EXPECT_EQ(fulfilment_of(certificate, "NIC-13"), Fulfilment::pass);
    EXPECT_EQ(conclusion(certificate), "undecided");
    EXPECT_EQ(conclusion(certificate_of({}, 0)), "passes");
    EXPECT_EQ(conclusion(Certificate{}), "undecided");
}

TEST(Certificate, AsksOnlyWhatAnExtensionIsObligedTo) {
    const auto all = requirements(certificate_of({}, 0));
    EXPECT_FALSE(all.empty());
    for (const Requirement& one : all) {
        const auto rule = model::rule_of(one.rule);
        if (rule == model::no_rule) continue;
        EXPECT_NE(model::rules()[rule].obliged, model::Obliged::host) << one.rule;
    }
}

}  // namespace
}  // namespace interlock::reports
