// The table of a property, typed a second time, so that the first can be wrong. Source: managing-
// port-policies and managing-switch-policies: added, then changed, then deleted; what is refused
// changes nothing. Of a property that was there from the beginning nobody was told.

#include <gtest/gtest.h>

#include "model/machines/page.hpp"

namespace interlock::model {
namespace {

TEST(PropertyMachine, SaysWhatThePageSays) {
    const Comparison compared = compare_transitions(property_machine(), R"(
                 | unheard | absent  | present
add_issued       | absent  | absent  | .
add_succeeded    | .       | present | present
add_failed       | .       | absent  | present
update_issued    | unheard | .       | present
update_completed | unheard | absent  | present
delete_issued    | unheard | .       | present
delete_succeeded | absent  | absent  | absent
delete_failed    | unheard | absent  | present
)");
    EXPECT_EQ(compared.differences, "");
    EXPECT_EQ(compared.filled, 19U);
    EXPECT_EQ(compared.blank, 5U);
}

TEST(PropertyMachine, NamesTheRuleOfEveryCellAndBlank) {
    const Comparison compared = compare_rules(property_machine(), R"(
                 | unheard | absent  | present
add_issued       | PROP-02 | PROP-02 | PROP-02
add_succeeded    | OID-02  | PROP-02 | PROP-02
add_failed       | OID-02  | PROP-02 | PROP-02
update_issued    | PROP-02 | PROP-02 | PROP-02
update_completed | PROP-02 | PROP-02 | PROP-02
delete_issued    | PROP-02 | PROP-02 | PROP-02
delete_succeeded | PROP-02 | PROP-02 | PROP-02
delete_failed    | PROP-02 | PROP-02 | PROP-02
)");
    EXPECT_EQ(compared.differences, "");
}

TEST(PropertyMachine, GoesOnWithWhatWasMeant) {
    EXPECT_EQ(odd_recoveries(property_machine()), "");
}

}  // namespace
}  // namespace interlock::model
