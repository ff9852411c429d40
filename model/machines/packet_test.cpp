// The packet's table, typed a second time, so that the first can be wrong.
// Source: sending-data-from-a-filter-driver and receiving-data-in-a-filter-driver, which tell it in
// prose: who is handed an NBL owns it until he hands it on, and gives back what is not his own.

#include <gtest/gtest.h>

#include "model/machines/page.hpp"

namespace interlock::model {
namespace {

constexpr std::string_view page = R"(
           | away | held   | passed | back | made       | own_passed | own_back
delivered  | held | .      | .      | .    | .          | .          | .
passed     | .    | passed | .      | .    | own_passed | .          | own_passed
given_back | .    | .      | back   | .    | .          | own_back   | .
finished   | .    | away   | .      | away | .          | .          | .
made       | made | .      | .      | .    | .          | .          | .
unmade     | .    | .      | .      | .    | away       | .          | away
)";

TEST(PacketMachine, SaysWhatThePageSays) {
    const Comparison compared = compare_transitions(packet_machine(), page);
    EXPECT_EQ(compared.differences, "");
    EXPECT_EQ(compared.filled, 11U);
    EXPECT_EQ(compared.blank, 31U);
}

TEST(PacketMachine, NamesTheRuleOfEveryCellAndBlank) {
    const Comparison compared = compare_rules(packet_machine(), R"(
           | away   | held   | passed | back   | made   | own_passed | own_back
delivered  | NBL-01 | NBL-01 | NBL-01 | NBL-01 | NBL-01 | NBL-01     | NBL-01
passed     | NBL-01 | NBL-01 | NBL-01 | NBL-09 | FWD-02 | NBL-01     | NBL-08
given_back | NBL-01 | NBL-01 | NBL-01 | NBL-01 | NBL-01 | NBL-01     | NBL-01
finished   | NBL-02 | NBL-02 | NBL-01 | NBL-09 | NBL-08 | NBL-08     | NBL-08
made       | FWD-02 | FWD-03 | FWD-03 | FWD-03 | FWD-03 | FWD-03     | FWD-03
unmade     | FWD-03 | FWD-03 | FWD-03 | FWD-03 | FWD-03 | FWD-03     | FWD-03
)");
    EXPECT_EQ(compared.differences, "");
}

TEST(PacketMachine, AsksForNothingElse) {
    EXPECT_EQ(compare_guards(packet_machine(), "").differences, "");
}

TEST(PacketMachine, GoesOnWithWhatWasMeant) {
    EXPECT_EQ(odd_recoveries(packet_machine()), "");
}

}  // namespace
}  // namespace interlock::model
