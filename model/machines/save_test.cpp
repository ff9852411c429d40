// The table of a save session, typed a second time, so that the first can be wrong.
// Source: hyper-v-extensible-switch-save-operations: the switch saves until a request came through
// all extensions or one failed it, then issues one OID_SWITCH_NIC_SAVE_COMPLETE.

#include <gtest/gtest.h>

#include "model/machines/page.hpp"

namespace interlock::model {
namespace {

TEST(SaveMachine, SaysWhatThePageSays) {
    const Comparison compared = compare_transitions(save_machine(), R"(
                  | idle | open      | asked_all | failed
save_issued       | open | open      | .         | open
save_claimed      | idle | open      | asked_all | failed
save_came_through | idle | asked_all | asked_all | failed
save_too_short    | idle | open      | asked_all | failed
save_failed       | idle | failed    | asked_all | failed
complete_issued   | .    | idle      | idle      | idle
)");
    EXPECT_EQ(compared.differences, "");
    EXPECT_EQ(compared.filled, 22U);
    EXPECT_EQ(compared.blank, 2U);
}

TEST(SaveMachine, NamesTheRuleOfEveryCellAndBlank) {
    const Comparison compared = compare_rules(save_machine(), R"(
                  | idle    | open    | asked_all | failed
save_issued       | SAVE-02 | SAVE-02 | SAVE-02   | SAVE-02
save_claimed      | OID-02  | OID-02  | OID-02    | OID-02
save_came_through | OID-02  | OID-02  | OID-02    | OID-02
save_too_short    | OID-02  | OID-02  | OID-02    | OID-02
save_failed       | OID-02  | OID-02  | OID-02    | OID-02
complete_issued   | SAVE-02 | SAVE-02 | SAVE-02   | SAVE-02
)");
    EXPECT_EQ(compared.differences, "");
}

TEST(SaveMachine, GoesOnWithWhatWasMeant) {
    EXPECT_EQ(odd_recoveries(save_machine()), "");
}

}  // namespace
}  // namespace interlock::model
