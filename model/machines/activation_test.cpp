// The table of what an extension knows of the activation, typed a second time, so that the first
// can be wrong. Source: querying-the-hyper-v-extensible-switch-configuration: first
// OID_SWITCH_PARAMETERS; the rest only when IsActive is TRUE, or after NetEventSwitchActivate.

#include <gtest/gtest.h>

#include "model/machines/page.hpp"

namespace interlock::model {
namespace {

TEST(ActivationMachine, SaysWhatThePageSays) {
    const Comparison compared = compare_transitions(activation_machine(), R"(
                   | unasked  | told   | inactive | active
asks_parameters    | unasked  | told   | inactive | active
answered_inactive  | inactive | active | inactive | active
answered_active    | active   | active | active   | active
activated          | told     | .      | active   | active
asks_configuration | .        | .      | inactive | active
)");
    EXPECT_EQ(compared.differences, "");
    EXPECT_EQ(compared.filled, 17U);
    EXPECT_EQ(compared.blank, 3U);
}

TEST(ActivationMachine, NamesTheRuleOfEveryCellAndBlank) {
    const Comparison compared = compare_rules(activation_machine(), R"(
                   | unasked | told   | inactive | active
asks_parameters    | QRY-01  | QRY-01 | QRY-01   | QRY-01
answered_inactive  | QRY-02  | QRY-02 | QRY-02   | QRY-02
answered_active    | QRY-01  | QRY-01 | QRY-01   | QRY-01
activated          | QRY-02  | ATTACH-06 | QRY-02 | QRY-02
asks_configuration | QRY-01  | QRY-01 | QRY-01   | QRY-01
)");
    EXPECT_EQ(compared.differences, "");
}

TEST(ActivationMachine, AsksWhetherAnInactiveSwitchIsActiveByNow) {
    const Comparison compared = compare_guards(activation_machine(), R"(
                   | unasked | told | inactive      | active
asks_configuration | .       | .    | switch_active | .
)");
    EXPECT_EQ(compared.differences, "");
}

TEST(ActivationMachine, GoesOnWithWhatWasMeant) {
    EXPECT_EQ(odd_recoveries(activation_machine()), "");
}

}  // namespace
}  // namespace interlock::model
