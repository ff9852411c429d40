interlock story 1
# Has no row: port:deleting:property_issued, against PORT-09
# Page: oid-switch-port-delete

host ProtocolEdgeOidRequest OID_SWITCH_PORT_CREATE 2 request 1 type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_PORT_CREATE 2 request 1 NDIS_STATUS_SUCCESS type synthetic
host ProtocolEdgeOidRequest OID_SWITCH_PORT_TEARDOWN 2 request 2
host ProtocolEdgeOidRequestComplete OID_SWITCH_PORT_TEARDOWN 2 request 2 NDIS_STATUS_SUCCESS
host ProtocolEdgeOidRequest OID_SWITCH_PORT_DELETE 2 request 3
host ProtocolEdgeOidRequest OID_SWITCH_PORT_PROPERTY_ADD 2 request 4
