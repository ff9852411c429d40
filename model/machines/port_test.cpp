// The port's table, typed a second time, so that the first can be wrong.
// Source: hyper-v-extensible-switch-port-and-network-adapter-states, the diagram, with the time
// between the issue of an OID and its completion as a state of its own.

#include <gtest/gtest.h>

#include "model/machines/page.hpp"

namespace interlock::model {
namespace {

constexpr std::string_view page = R"(
                  |not_created|creating   |created         |teardown_pending|torn_down|deleting
create_issued     |creating   |.          |.               |.               |.        |.
create_succeeded  |.          |created    |.               |.               |.        |.
create_failed     |.          |not_created|.               |.               |.        |.
updated_issued    |.          |.          |created         |.               |.        |.
property_issued   |.          |.          |created         |.               |.        |.
nic_create_issued |.          |.          |created         |.               |.        |.
teardown_issued   |.          |.          |teardown_pending|.               |.        |.
teardown_completed|.          |.          |.               |torn_down       |.        |.
delete_issued     |.          |.          |.               |.               |deleting |.
delete_completed  |.          |.          |.               |.               |.        |not_created
)";

TEST(PortMachine, SaysWhatThePageSays) {
    const Comparison compared = compare_transitions(port_machine(), page);
    EXPECT_EQ(compared.differences, "");
    EXPECT_EQ(compared.filled, 10U);
    EXPECT_EQ(compared.blank, 50U);
}

TEST(PortMachine, NamesTheRuleOfEveryCellAndBlank) {
    const Comparison compared = compare_rules(port_machine(), R"(
                  | not_created | creating | created | teardown_pending | torn_down | deleting
create_issued     | PORT-01     | PORT-01  | PORT-01 | PORT-01          | PORT-01   | PORT-01
create_succeeded  | OID-02      | PORT-02  | OID-02  | OID-02           | OID-02    | OID-02
create_failed     | OID-02      | PORT-03  | OID-02  | OID-02           | OID-02    | OID-02
updated_issued    | PORT-04     | PORT-04  | PORT-04 | PORT-04          | PORT-04   | PORT-04
property_issued   | PORT-03     | PORT-02  | PROP-01 | PORT-07          | PORT-07   | PORT-09
nic_create_issued | NIC-01      | NIC-01   | NIC-01  | NIC-01           | NIC-01    | NIC-01
teardown_issued   | PORT-03     | PORT-05  | PORT-05 | PORT-05          | PORT-05   | PORT-05
teardown_completed| OID-02      | OID-02   | OID-02  | PORT-05          | OID-02    | OID-02
delete_issued     | PORT-03     | PORT-05  | PORT-05 | PORT-05          | PORT-05   | PORT-05
delete_completed  | OID-02      | OID-02   | OID-02  | OID-02           | OID-02    | PORT-11
)");
    EXPECT_EQ(compared.differences, "");
}

TEST(PortMachine, AsksBeforeItCreatesTearsDownAndDeletes) {
    const Comparison compared = compare_guards(port_machine(), R"(
                  | not_created  | creating | teardown_pending | deleting
create_issued     | port_id_real | .        | .                | .
nic_create_issued | .            | .        | .                | .
teardown_issued   | .            | .        | .                | .
delete_issued     | .            | .        | .                | .

                  | created        | torn_down
create_issued     | .              | .
nic_create_issued | operational    | .
teardown_issued   | no_nic_on_port | .
delete_issued     | .              | no_port_references no_port_oids
)");
    EXPECT_EQ(compared.differences, "");
}

TEST(PortMachine, GoesOnWithWhatWasMeant) {
    EXPECT_EQ(odd_recoveries(port_machine()), "");
}

}  // namespace
}  // namespace interlock::model
