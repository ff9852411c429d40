interlock story 1
# Has no row: port:torn_down:create_succeeded, against OID-02
# It takes to break before that: PORT-05
# Page: nf-ndis-ndisfoidrequestcomplete

host ProtocolEdgeOidRequest OID_SWITCH_PORT_CREATE 2 request 1 type synthetic
host ProtocolEdgeOidRequest OID_SWITCH_PORT_TEARDOWN 2 request 2
host ProtocolEdgeOidRequestComplete OID_SWITCH_PORT_TEARDOWN 2 request 2 NDIS_STATUS_SUCCESS
host ProtocolEdgeOidRequestComplete OID_SWITCH_PORT_CREATE 2 request 1 NDIS_STATUS_SUCCESS type synthetic
