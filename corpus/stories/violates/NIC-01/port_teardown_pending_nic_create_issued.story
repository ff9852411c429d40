interlock story 1
# Has no row: port:teardown_pending:nic_create_issued, against NIC-01
# Page: hyper-v-extensible-switch-port-and-network-adapter-states

host ProtocolEdgeOidRequest OID_SWITCH_PORT_CREATE 2 request 1 type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_PORT_CREATE 2 request 1 NDIS_STATUS_SUCCESS type synthetic
host ProtocolEdgeOidRequest OID_SWITCH_PORT_TEARDOWN 2 request 2
host ProtocolEdgeOidRequest OID_SWITCH_NIC_CREATE 2/0 request 3 type synthetic
