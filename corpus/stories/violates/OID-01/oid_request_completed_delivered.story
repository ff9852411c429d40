interlock story 1
# Has no row: oid_request:completed:delivered, against OID-01
# Page: nc-ndis-filter_oid_request

extension 0 FilterAttach class filtering
extension 0 NdisFSetAttributes
extension 0 NdisFSetAttributes returns NDIS_STATUS_SUCCESS
extension 0 FilterAttach returns NDIS_STATUS_SUCCESS
host ProtocolEdgeOidRequest OID_SWITCH_FEATURE_STATUS_QUERY request 1
extension 0 FilterOidRequest OID_SWITCH_FEATURE_STATUS_QUERY request 1
extension 0 NdisFOidRequestComplete OID_SWITCH_FEATURE_STATUS_QUERY request 1 NDIS_STATUS_SUCCESS
extension 0 NdisFOidRequestComplete returns request 1
extension 0 FilterOidRequest OID_SWITCH_FEATURE_STATUS_QUERY request 1
