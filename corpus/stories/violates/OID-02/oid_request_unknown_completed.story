interlock story 1
# Has no row: oid_request:unknown:completed, against OID-02
# Page: nf-ndis-ndisfoidrequestcomplete

host ProtocolEdgeOidRequest OID_SWITCH_FEATURE_STATUS_QUERY request 1
extension 0 NdisFOidRequestComplete OID_SWITCH_FEATURE_STATUS_QUERY request 1 NDIS_STATUS_SUCCESS
