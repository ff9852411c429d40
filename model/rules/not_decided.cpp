#include "model/rules/not_decided.hpp"

#include <array>

namespace interlock::model {
namespace {

constexpr std::array table{
    NotDecided{"FILT-12", "pausing-a-filter-module",
               "Which memory was taken at the attach, and what a timer is for, is the driver's own "
               "knowledge; a timer that goes on sending is told by FILT-10."},
    NotDecided{"FILT-18", "nc-ndis-filter_set_module_options",
               "Which handlers a module changes shows only in the calls that it then gets, and a "
               "request that is kept until a restart is told by OID-03."},
    NotDecided{"IRQL-05", "nf-ndis-ndisacquirespinlock",
               "The page asks for locks to be held briefly and forbids no call under one; the "
               "deadlock that may follow is told by RUN-05, by IRQL-04 and RUN-04 when it comes."},
    NotDecided{"NBL-21", "relationships-between-net-buffer-list-generations",
               "The switch's own page on cloning passes the original on while its clone is under "
               "way, and a clone's bytes may be a copy of which no call tells."},
    NotDecided{"NBL-26", "packet-management-guidelines-for-the-extensible-switch-data-path",
               "Data in the format of sends and in that of receives share their bits, so that "
               "none can be seen to be in the wrong one."},
    NotDecided{"OIDF-14", "filter-module-direct-oid-requests",
               "No request of the switch goes the direct or the synchronous way, so that no such "
               "call ever crosses an edge."},
    NotDecided{"PHY-05", "managing-physical-network-adapter-connection-status",
               "Who deletes one member while others are connected may be taking out that member "
               "alone, and no call says that the whole team is to go."},
    NotDecided{"PKT-23", "nc-ndis-ndis_switch_reference_switch_nic",
               "What a reference is taken for is in the mind of the extension; one that is held "
               "while packets are sent may be there for an OID request to come."},
    NotDecided{"PROP-05", "overview-of-port-policies",
               "Whether a forwarding extension enforces VLAN properties is its own knowledge: no "
               "call asks for it."},
    NotDecided{"REF-09", "oid-switch-nic-delete",
               "It only grants: a disconnect or teardown that a switch never issues may not have "
               "been due, so no switch can be seen to wait."},
    NotDecided{"REF-10", "nc-ndis-ndis_switch_reference_switch_nic",
               "What a reference is taken for is in the mind of the extension; one that is held "
               "while packets are sent may be there for an OID request to come."},
    NotDecided{"SAVE-07", "hyper-v-extensible-switch-save-operations",
               "How an extension keeps the sessions of two adapters apart lies inside it; what "
               "goes wrong outside is told session by session."},
    NotDecided{"SAVE-12", "managing-hyper-v-extensible-switch-run-time-data",
               "What is restored may have been saved on another computer, or long before the "
               "trace began."},
    NotDecided{"STAT-06", "ndis-status-switch-port-remove-vf",
               "The page promises that packets take the way through the switch again, not that "
               "any notification tells of it."},
};

}  // namespace

std::span<const NotDecided> not_decided() {
    return table;
}

}  // namespace interlock::model
