// Contradictions that no trace can show.

#include "model/errata.hpp"

namespace interlock::model {
namespace {

// clang-format off
constexpr Unseparated table[] = {
    {"Referencing adapters for packets",
     {Side{"nc-ndis-ndis_switch_reference_switch_nic",
           "References are not for the forwarding of packets."},
      Side{"hyper-v-extensible-switch-port-and-network-adapter-states",
           "The delete waits for packets and for references."}},
     "What a reference is taken for is in the mind of the extension."},
    {"NdisM functions on pages for extensions",
     {Side{"adding-extensible-switch-destination-port-data-to-a-packet",
           "An extension calls functions that only miniport drivers have."},
      Side{"nf-ndis-ndisfsendnetbufferlists",
           "A filter calls the functions of filters."}},
     "A filter cannot make those calls, so no trace holds one."},
    {"Forwarding unmodified after the disconnect",
     {Side{"hyper-v-extensible-switch-port-and-network-adapter-states",
           "Late packets are passed on without any change."},
      Side{"adding-extensible-switch-destination-port-data-to-a-packet",
           "A forwarding extension adds destinations, or drops the packet."}},
     "Destinations are taken for no change in every reading, else no late packet could be "
     "forwarded."},
    {"The IRQL of FilterOidRequest",
     {Side{"nc-ndis-filter_oid_request",
           "It may be called at DISPATCH_LEVEL."},
      Side{"",
           "Requests of the switch come at PASSIVE_LEVEL."}},
     "It binds no extension: the one reading only gives it more room."},
    {"Asking for ports and adapters during the attach",
     {Side{"oid-switch-nic-connect",
           "The array requests are issued on FilterAttach."},
      Side{"attaching-a-filter-module",
           "A filter makes no request before it is attached."}},
     "No path is there for a request before the attach is complete; the harness refuses it in "
     "every reading."},
    {"The kind of OID_SWITCH_NIC_SAVE",
     {Side{"oid-switch-nic-save",
           "It is a method request."},
      Side{"hyper-v-extensible-switch-oids",
           "The table of all OIDs lists it as a query."}},
     "The number of an OID does not tell its kind, and the player always issues methods."},
    {"Lowering the MTU in a create",
     {Side{"oid-switch-nic-create",
           "The parameters are not modified."},
      Side{"ns-ntddndis-_ndis_switch_nic_parameters",
           "The MTU of a synthetic adapter may be lowered as it begins."}},
     "The narrower page is an exception to the wider one, in every reading: NIC-18."},
    {"Failing offload requests that change a resource",
     {Side{"managing-hardware-offload-oid-requests-to-physical-network-adapters",
           "Adding a security association is not failed."},
      Side{"managing-hardware-offload-oid-requests-to-physical-network-adapters",
           "Adding a security association is an example of what may be failed."}},
     "One page says both of the same request, so no rule judges it."},
};
// clang-format on

}  // namespace

std::span<const Unseparated> unseparated() {
    return table;
}

}  // namespace interlock::model
