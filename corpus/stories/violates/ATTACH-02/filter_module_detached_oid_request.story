interlock story 1
# Has no row: filter_module:detached:oid_request, against ATTACH-02
# Page: attaching-a-filter-module

host ProtocolEdgeOidRequest OID_SWITCH_FEATURE_STATUS_QUERY request 1
extension 0 FilterOidRequest OID_SWITCH_FEATURE_STATUS_QUERY request 1
