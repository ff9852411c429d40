#include "model/rules/not_decided.hpp"

#include <array>

namespace interlock::model {
namespace {

constexpr std::array table{
    NotDecided{"PHY-05", "managing-physical-network-adapter-connection-status",
               "Who deletes one member while others are connected may be taking out that member "
               "alone, and no call says that the whole team is to go."},
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
