interlock story 1
# Has no row: port:torn_down:property_issued, against PORT-07
# Page: hyper-v-extensible-switch-port-and-network-adapter-states

host ProtocolEdgeOidRequest OID_SWITCH_PORT_CREATE 2 request 1 type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_PORT_CREATE 2 request 1 NDIS_STATUS_SUCCESS type synthetic
host ProtocolEdgeOidRequest OID_SWITCH_PORT_TEARDOWN 2 request 2
host ProtocolEdgeOidRequestComplete OID_SWITCH_PORT_TEARDOWN 2 request 2 NDIS_STATUS_SUCCESS
host ProtocolEdgeOidRequest OID_SWITCH_PORT_PROPERTY_ADD 2 request 3
