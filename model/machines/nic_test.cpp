// The table of a network adapter connection, typed a second time, so that the first can be wrong.
// Source: hyper-v-extensible-switch-port-and-network-adapter-states, the diagram and the column
// "packets" of the permissions, with the time between the issue of an OID and its completion as a
// state of its own.

#include <gtest/gtest.h>

#include "model/machines/page.hpp"

namespace interlock::model {
namespace {

constexpr std::string_view page = R"(
                     | absent   | creating | created    | connecting
create_issued        | creating | .        | .          | .
create_succeeded     | .        | created  | .          | .
create_failed        | .        | absent   | .          | .
connect_issued       | .        | .        | connecting | .
connect_succeeded    | .        | .        | .          | connected
connect_failed       | .        | .        | .          | .
updated_issued       | .        | .        | .          | .
save_issued          | .        | .        | .          | .
restore_issued       | .        | .        | created    | .
disconnect_issued    | .        | .        | .          | .
disconnect_completed | .        | .        | .          | .
delete_issued        | .        | .        | deleting   | .
delete_completed     | .        | .        | .          | .
host_packet          | .        | .        | created    | connecting

                     | connected     | disconnecting | disconnected | deleting
create_issued        | .             | .             | .            | .
create_succeeded     | .             | .             | .            | .
create_failed        | .             | .             | .            | .
connect_issued       | .             | .             | .            | .
connect_succeeded    | .             | .             | .            | .
connect_failed       | .             | .             | .            | .
updated_issued       | connected     | .             | .            | .
save_issued          | connected     | .             | .            | .
restore_issued       | connected     | .             | .            | .
disconnect_issued    | disconnecting | .             | .            | .
disconnect_completed | .             | disconnected  | .            | .
delete_issued        | .             | .             | deleting     | .
delete_completed     | .             | .             | .            | absent
host_packet          | connected     | .             | .            | .
)";

TEST(NicMachine, SaysWhatThePageSays) {
    const Comparison compared = compare_transitions(nic_machine(), page);
    EXPECT_EQ(compared.differences, "");
    EXPECT_EQ(compared.filled, 17U);
    EXPECT_EQ(compared.blank, 95U);
}

TEST(NicMachine, NamesTheRuleOfEveryCellAndBlank) {
    const Comparison compared = compare_rules(nic_machine(), R"(
                     | absent  | creating | created | connecting
create_issued        | NIC-02  | NIC-02   | NIC-02  | NIC-02
create_succeeded     | OID-02  | NIC-06   | OID-02  | OID-02
create_failed        | OID-02  | NIC-05   | OID-02  | OID-02
connect_issued       | NIC-05  | NIC-08   | NIC-08  | NIC-08
connect_succeeded    | OID-02  | OID-02   | OID-02  | NIC-09
connect_failed       | OID-02  | OID-02   | OID-02  | NIC-09
updated_issued       | NIC-10  | NIC-10   | NIC-10  | NIC-10
save_issued          | SAVE-01 | SAVE-01  | SAVE-01 | SAVE-01
restore_issued       | SAVE-09 | SAVE-09  | SAVE-09 | SAVE-09
disconnect_issued    | NIC-05  | NIC-12   | NIC-12  | NIC-12
disconnect_completed | OID-02  | OID-02   | OID-02  | OID-02
delete_issued        | NIC-05  | NIC-16   | NIC-16  | NIC-16
delete_completed     | OID-02  | OID-02   | OID-02  | OID-02
host_packet          | PKT-03  | PKT-03   | NIC-07  | NIC-07

                     | connected | disconnecting | disconnected | deleting
create_issued        | NIC-02    | NIC-02        | NIC-02       | NIC-02
create_succeeded     | OID-02    | OID-02        | OID-02       | OID-02
create_failed        | OID-02    | OID-02        | OID-02       | OID-02
connect_issued       | NIC-08    | NIC-08        | NIC-08       | NIC-08
connect_succeeded    | OID-02    | OID-02        | OID-02       | OID-02
connect_failed       | OID-02    | OID-02        | OID-02       | OID-02
updated_issued       | NIC-10    | NIC-10        | NIC-10       | NIC-10
save_issued          | SAVE-01   | SAVE-01       | SAVE-01      | NIC-17
restore_issued       | SAVE-09   | SAVE-09       | SAVE-09      | SAVE-09
disconnect_issued    | NIC-12    | NIC-12        | NIC-12       | NIC-12
disconnect_completed | OID-02    | NIC-12        | OID-02       | OID-02
delete_issued        | NIC-16    | NIC-16        | NIC-16       | NIC-16
delete_completed     | OID-02    | OID-02        | OID-02       | NIC-20
host_packet          | NIC-09    | NIC-15        | NIC-15       | PKT-03
)");
    EXPECT_EQ(compared.differences, "");
}

TEST(NicMachine, AsksBeforeItCreatesConnectsDisconnectsAndSaves) {
    const Comparison compared = compare_guards(nic_machine(), R"(
                  | absent                    | creating | created            | connecting
create_issued     | external_first index_fits | .        | .                  | .
connect_issued    | .                         | .        | external_connected | .
save_issued       | .                         | .        | .                  | .
restore_issued    | .                         | .        | guest_nic          | .
disconnect_issued | .                         | .        | .                  | .

                  | connected           | disconnecting | disconnected | deleting
create_issued     | .                   | .             | .            | .
connect_issued    | .                   | .             | .            | .
save_issued       | guest_nic           | .             | .            | .
restore_issued    | guest_nic           | .             | .            | .
disconnect_issued | bound_adapters_gone | .             | .            | .

              | absent | creating | connecting | connected | disconnecting | deleting
delete_issued | .      | .        | .          | .         | .             | .

              | disconnected
delete_issued | no_packets no_nic_oids no_nic_references

              | created
delete_issued | no_packets no_nic_oids no_nic_references bound_adapters_gone
)");
    EXPECT_EQ(compared.differences, "");
}

// The pages give a failed connect no meaning; nothing else leads to "created" on that event.
TEST(NicMachine, GoesOnWithWhatWasMeant) {
    EXPECT_EQ(odd_recoveries(nic_machine()), "connecting, connect_failed -> created\n");
}

}  // namespace
}  // namespace interlock::model
