interlock story 1
# Has no row: port:created:delete_completed, against OID-02
# It takes to break before that: PORT-01
# Page: nf-ndis-ndisfoidrequestcomplete

host ProtocolEdgeOidRequest OID_SWITCH_PORT_CREATE 2 request 1 type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_PORT_CREATE 2 request 1 NDIS_STATUS_SUCCESS type synthetic
host ProtocolEdgeOidRequest OID_SWITCH_PORT_TEARDOWN 2 request 2
host ProtocolEdgeOidRequestComplete OID_SWITCH_PORT_TEARDOWN 2 request 2 NDIS_STATUS_SUCCESS
host ProtocolEdgeOidRequest OID_SWITCH_PORT_DELETE 2 request 3
host ProtocolEdgeOidRequest OID_SWITCH_PORT_CREATE 2 request 4 type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_PORT_CREATE 2 request 4 NDIS_STATUS_SUCCESS type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_PORT_DELETE 2 request 3 NDIS_STATUS_SUCCESS
