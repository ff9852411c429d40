interlock story 1
# Has no row: port:creating:property_issued, against PORT-02
# Page: oid-switch-port-create

host ProtocolEdgeOidRequest OID_SWITCH_PORT_CREATE 2 request 1 type synthetic
host ProtocolEdgeOidRequest OID_SWITCH_PORT_PROPERTY_ADD 2 request 2
