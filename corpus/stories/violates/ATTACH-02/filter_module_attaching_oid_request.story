interlock story 1
# Has no row: filter_module:attaching:oid_request, against ATTACH-02
# Page: attaching-a-filter-module

extension 0 FilterAttach class filtering
host ProtocolEdgeOidRequest OID_SWITCH_FEATURE_STATUS_QUERY request 1
extension 0 FilterOidRequest OID_SWITCH_FEATURE_STATUS_QUERY request 1
