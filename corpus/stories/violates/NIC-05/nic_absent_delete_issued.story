interlock story 1
# Has no row: nic:absent:delete_issued, against NIC-05
# Page: hyper-v-extensible-switch-port-and-network-adapter-states

host ProtocolEdgeOidRequest OID_SWITCH_NIC_DELETE 2/0 request 1 type synthetic
