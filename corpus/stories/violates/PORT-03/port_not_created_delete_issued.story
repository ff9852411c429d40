interlock story 1
# Has no row: port:not_created:delete_issued, against PORT-03
# Page: hyper-v-extensible-switch-port-and-network-adapter-states

host ProtocolEdgeOidRequest OID_SWITCH_PORT_DELETE 2 request 1
