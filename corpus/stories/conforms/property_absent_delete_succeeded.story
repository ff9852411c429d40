interlock story 1
# Takes property:absent:delete_succeeded, granted by PROP-02
# Page: managing-port-policies

host ProtocolEdgeOidRequest OID_SWITCH_PROPERTY_DELETE request 1 flags 0x100 detail 1
host ProtocolEdgeOidRequest OID_SWITCH_PROPERTY_ADD request 2 flags 0x100 detail 1
host ProtocolEdgeOidRequestComplete OID_SWITCH_PROPERTY_DELETE request 1 NDIS_STATUS_SUCCESS flags 0x100 detail 1
host ProtocolEdgeOidRequestComplete OID_SWITCH_PROPERTY_ADD request 2 NDIS_STATUS_SUCCESS flags 0x100 detail 1
host Quiescent
host EndOfRun
