// What is committed in docs/ is what the command says now.

#include "reports/documents.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "model/judge.hpp"

namespace interlock::reports {
namespace {

std::string committed(const std::string& name) {
    std::ifstream      file("docs/" + name);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// Compared line by line, so that a failure names the first that differs.
void expect_committed(const std::string& name, const std::string& generated,
                      const std::string& command) {
    std::istringstream old(committed(name)), now(generated);
    std::size_t        number = 0;
    for (std::string one, other; std::getline(now, other);) {
        ++number;
        std::getline(old, one);
        ASSERT_EQ(one, other) << "docs/" << name << ":" << number << " is out of date: interlock "
                              << command << " > docs/" << name;
    }
    EXPECT_GT(number, 20U);
    EXPECT_EQ(committed(name), generated);
}

TEST(Documents, ErrataAreAsGenerated) {
    expect_committed("errata.md", errata_document(), "errata --markdown");
}

TEST(Documents, RulesAreAsGenerated) {
    expect_committed("rules.md", rules_document(model::rules()), "rules --markdown");
}

TEST(Documents, RulesToSearchAreAsGenerated) {
    expect_committed("rules.html", rules_html(model::rules()), "rules --html");
}

TEST(Documents, MachinesAreAsGenerated) {
    expect_committed("machines.md", machines_document(model::machines()), "machines --markdown");
}

TEST(Documents, OidsAreAsGenerated) {
    expect_committed("oids.md", oids_document(), "oids --markdown");
}

TEST(Documents, TellTheReadingsOfARule) {
    const TextStyle style;
    EXPECT_NE(errata_lines("REF-04", style).find("as-written violation, reconciled silent"),
              std::string::npos);
    EXPECT_EQ(errata_lines("NIC-17", style), "");
    EXPECT_EQ(weight_words(model::rules()[model::rule_of("NIC-17")]), "violation");
    EXPECT_EQ(weight_words(model::rules()[model::rule_of("NIC-15")]),
              "as-written silent, reconciled violation, strict violation");
}

}  // namespace
}  // namespace interlock::reports
