// Each claim of model/smt/claims.cpp is a test, and so is its twin.

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "model/errata.hpp"
#include "model/smt/claims.hpp"

namespace interlock::model::smt {

void PrintTo(Answer answer, std::ostream* out) {
    constexpr std::string_view words[] = {"proved", "refuted", "unknown"};
    *out << words[static_cast<std::size_t>(answer)];
}

void PrintTo(const Claim& claim, std::ostream* out) {
    *out << claim.statement;
}

namespace {

class Claims : public testing::TestWithParam<Claim> {};

TEST_P(Claims, AreProved) {
    const Finding found = GetParam().find(documented());
    EXPECT_EQ(found.answer, Answer::proved) << GetParam().statement << "\n" << found.witness;
}

TEST_P(Claims, HaveATwinThatIsRefutedByAWitness) {
    const Finding twin = GetParam().find_twin(documented());
    EXPECT_EQ(twin.answer, Answer::refuted) << GetParam().twin << "\n" << twin.witness;
    EXPECT_NE(twin.witness, "");
}

TEST_P(Claims, DoNotHoldOfTablesWithoutARow) {
    const Proof emptily{&GetParam(), GetParam().find(empty()), GetParam().find_twin(empty())};
    EXPECT_FALSE(emptily.holds()) << GetParam().statement;
}

INSTANTIATE_TEST_SUITE_P(Model, Claims, testing::ValuesIn(claims().begin(), claims().end()),
                         [](const auto& tested) {
                             std::string name{tested.param.name};
                             std::ranges::replace(name, '-', '_');
                             return name;
                         });

// A claim that is struck from the list is struck from here too, or noticed.
TEST(ClaimsOfTheModel, AreEighteen) {
    EXPECT_EQ(claims().size(), 18U);
}

/// Where a reading cannot work, the ledger names the proof, and shows the run that a ban would bar.
TEST(ErrataLedger, ShowsTheWitnessesOfItsProofs) {
    std::size_t proved = 0;
    for (const Erratum& erratum : errata()) {
        if (erratum.claim.empty()) continue;
        const Proof proof = prove(claim(erratum.claim));
        EXPECT_TRUE(proof.holds()) << erratum.name;
        EXPECT_EQ(proof.twin.witness, erratum.witness) << erratum.name;
        ++proved;
    }
    EXPECT_EQ(proved, 2U);
}

}  // namespace
}  // namespace interlock::model::smt
