interlock story 1
# Has no row: port:creating:updated_issued, against PORT-04
# Page: oid-switch-port-updated

host ProtocolEdgeOidRequest OID_SWITCH_PORT_CREATE 2 request 1 type synthetic
host ProtocolEdgeOidRequest OID_SWITCH_PORT_UPDATED 2 request 2
