interlock story 1
# Has no row: port:creating:delete_issued, against PORT-05
# Page: hyper-v-extensible-switch-port-and-network-adapter-states

host ProtocolEdgeOidRequest OID_SWITCH_PORT_CREATE 2 request 1 type synthetic
host ProtocolEdgeOidRequest OID_SWITCH_PORT_DELETE 2 request 2
