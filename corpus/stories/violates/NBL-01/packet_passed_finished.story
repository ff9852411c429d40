interlock story 1
# Has no row: packet:passed:finished, against NBL-01
# Page: sending-data-from-a-filter-driver

extension 0 FilterAttach class filtering
extension 0 NdisFSetAttributes
extension 0 NdisFSetAttributes returns NDIS_STATUS_SUCCESS
extension 0 FilterAttach returns NDIS_STATUS_SUCCESS
extension 0 FilterRestart
extension 0 FilterRestart returns NDIS_STATUS_SUCCESS
host ProtocolEdgeSend nbl 1 detail 1 count 1
extension 0 FilterSendNetBufferLists nbl 1 detail 1 count 1
extension 0 FilterSendNetBufferLists returns
extension 0 NdisFSendNetBufferLists nbl 1 detail 1 count 1
extension 0 NdisFSendNetBufferLists returns
extension 0 NdisFSendNetBufferListsComplete nbl 1 NDIS_STATUS_SUCCESS detail 1 count 1
