// The table of a restore session, typed a second time, so that the first can be wrong.
// Source: hyper-v-extensible-switch-restore-operations and oid-switch-nic-restore: none or more
// OID_SWITCH_NIC_RESTORE, no more once one failed, then OID_SWITCH_NIC_RESTORE_COMPLETE.

#include <gtest/gtest.h>

#include "model/machines/page.hpp"

namespace interlock::model {
namespace {

TEST(RestoreMachine, SaysWhatThePageSays) {
    const Comparison compared = compare_transitions(restore_machine(), R"(
                  | idle | open   | failed
restore_issued    | open | open   | .
restore_succeeded | idle | open   | failed
restore_failed    | idle | failed | failed
complete_issued   | idle | idle   | idle
)");
    EXPECT_EQ(compared.differences, "");
    EXPECT_EQ(compared.filled, 11U);
    EXPECT_EQ(compared.blank, 1U);
}

TEST(RestoreMachine, NamesTheRuleOfEveryCellAndBlank) {
    const Comparison compared = compare_rules(restore_machine(), R"(
                  | idle    | open    | failed
restore_issued    | SAVE-09 | SAVE-09 | SAVE-09
restore_succeeded | OID-02  | OID-02  | OID-02
restore_failed    | OID-02  | OID-02  | OID-02
complete_issued   | SAVE-09 | SAVE-09 | SAVE-09
)");
    EXPECT_EQ(compared.differences, "");
}

TEST(RestoreMachine, GoesOnWithWhatWasMeant) {
    EXPECT_EQ(odd_recoveries(restore_machine()), "");
}

}  // namespace
}  // namespace interlock::model
