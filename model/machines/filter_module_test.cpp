// The filter module's table, typed a second time, so that the first can be wrong.
// Source: filter-module-states-and-operations, table "Event/State".

#include <gtest/gtest.h>

#include "model/machines/page.hpp"

namespace interlock::model {
namespace {

constexpr std::string_view page = R"(
                  | detached  | attaching | paused     | restarting | running | pausing
attach            | attaching | .         | .          | .          | .       | .
attach_succeeded  | .         | paused    | .          | .          | .       | .
detach            | .         | .         | detached   | .          | .       | .
restart           | .         | .         | restarting | .          | .       | .
restart_succeeded | .         | .         | .          | running    | .       | .
pause             | .         | .         | .          | .          | pausing | .
pause_completed   | .         | .         | .          | .          | .       | paused
attach_failed     | .         | detached  | .          | .          | .       | .
restart_failed    | .         | .         | .          | paused     | .       | .
send_or_receive   | .         | .         | .          | .          | running | pausing
oid_request       | .         | .         | paused     | restarting | running | pausing
)";

TEST(FilterModuleMachine, SaysWhatThePageSays) {
    const Comparison compared = compare_transitions(filter_module_machine(), page);
    EXPECT_EQ(compared.differences, "");
    EXPECT_EQ(compared.filled, 15U);
    EXPECT_EQ(compared.blank, 51U);
}

TEST(FilterModuleMachine, NamesTheRuleOfEveryCellAndBlank) {
    const Comparison compared = compare_rules(filter_module_machine(), R"(
                  | detached  | attaching | paused    | restarting | running   | pausing
attach            | ATTACH-01 | ATTACH-01 | ATTACH-01 | ATTACH-01  | ATTACH-01 | ATTACH-01
attach_succeeded  | ATTACH-01 | ATTACH-01 | ATTACH-01 | ATTACH-01  | ATTACH-01 | ATTACH-01
detach            | ATTACH-01 | ATTACH-01 | ATTACH-01 | ATTACH-01  | ATTACH-01 | ATTACH-01
restart           | ATTACH-01 | ATTACH-01 | ATTACH-01 | ATTACH-01  | ATTACH-01 | ATTACH-01
restart_succeeded | FILT-04   | FILT-04   | FILT-04   | ATTACH-01  | FILT-04   | FILT-04
pause             | ATTACH-01 | ATTACH-01 | ATTACH-01 | ATTACH-01  | ATTACH-01 | ATTACH-01
pause_completed   | FILT-05   | FILT-05   | FILT-05   | FILT-05    | FILT-05   | ATTACH-01
attach_failed     | ATTACH-01 | ATTACH-01 | ATTACH-01 | ATTACH-01  | ATTACH-01 | ATTACH-01
restart_failed    | FILT-04   | FILT-04   | FILT-04   | ATTACH-01  | FILT-04   | FILT-04
send_or_receive   | FILT-02   | FILT-02   | FILT-02   | FILT-02    | FILT-02   | FILT-02
oid_request       | ATTACH-02 | ATTACH-02 | ATTACH-02 | ATTACH-02  | ATTACH-02 | ATTACH-02
)");
    EXPECT_EQ(compared.differences, "");
}

TEST(FilterModuleMachine, AsksForNothingElse) {
    EXPECT_EQ(compare_guards(filter_module_machine(), "").differences, "");
}

TEST(FilterModuleMachine, GoesOnWithWhatWasMeant) {
    EXPECT_EQ(odd_recoveries(filter_module_machine()), "");
}

}  // namespace
}  // namespace interlock::model
