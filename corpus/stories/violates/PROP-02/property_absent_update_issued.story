interlock story 1
# Has no row: property:absent:update_issued, against PROP-02
# Page: managing-port-policies

host ProtocolEdgeOidRequest OID_SWITCH_PROPERTY_ADD request 1 flags 0x100 detail 1
host ProtocolEdgeOidRequest OID_SWITCH_PROPERTY_UPDATE request 2 flags 0x100 detail 1
