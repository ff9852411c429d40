interlock story 1
# Takes oid_request:forwarded:returned_pending, granted by OID-02
# Page: nf-ndis-ndisfoidrequestcomplete

extension 0 FilterAttach class filtering
extension 0 NdisFSetAttributes
extension 0 NdisFSetAttributes returns NDIS_STATUS_SUCCESS
extension 0 FilterAttach returns NDIS_STATUS_SUCCESS
host ProtocolEdgeOidRequest OID_SWITCH_FEATURE_STATUS_QUERY request 1
extension 0 FilterOidRequest OID_SWITCH_FEATURE_STATUS_QUERY request 1
extension 0 NdisAllocateCloneOidRequest OID_SWITCH_FEATURE_STATUS_QUERY request 2 clone-of 1
extension 0 NdisFOidRequest OID_SWITCH_FEATURE_STATUS_QUERY request 2 clone-of 1
extension 0 NdisFOidRequest returns request 2 NDIS_STATUS_PENDING
extension 0 FilterOidRequest returns request 1 NDIS_STATUS_PENDING
extension 0 FilterOidRequestComplete OID_SWITCH_FEATURE_STATUS_QUERY request 2 clone-of 1 NDIS_STATUS_SUCCESS
extension 0 FilterOidRequestComplete returns request 2
extension 0 NdisFOidRequestComplete OID_SWITCH_FEATURE_STATUS_QUERY request 1 NDIS_STATUS_SUCCESS
host ProtocolEdgeOidRequestComplete OID_SWITCH_FEATURE_STATUS_QUERY request 1 NDIS_STATUS_SUCCESS
extension 0 NdisFreeCloneOidRequest request 2
extension 0 NdisFOidRequestComplete returns request 1
host Quiescent
host EndOfRun
