interlock story 1
# Has no row: port:not_created:create_succeeded, against OID-02
# It takes to break before that: PORT-01
# Page: nf-ndis-ndisfoidrequestcomplete

host ProtocolEdgeOidRequest OID_SWITCH_PORT_CREATE 2 request 1 type synthetic
host ProtocolEdgeOidRequest OID_SWITCH_PORT_CREATE 2 request 2 type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_PORT_CREATE 2 request 1 NDIS_STATUS_FAILURE type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_PORT_CREATE 2 request 2 NDIS_STATUS_SUCCESS type synthetic
