interlock story 1
# Has no row: nic:absent:connect_issued, against NIC-05
# Page: hyper-v-extensible-switch-port-and-network-adapter-states

host ProtocolEdgeOidRequest OID_SWITCH_NIC_CONNECT 2/0 request 1 type synthetic
