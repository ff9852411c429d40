interlock story 1
# Has no row: port:not_created:updated_issued, against PORT-04
# Page: oid-switch-port-updated

host ProtocolEdgeOidRequest OID_SWITCH_PORT_UPDATED 2 request 1
