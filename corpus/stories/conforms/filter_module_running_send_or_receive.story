interlock story 1
# Takes filter_module:running:send_or_receive, granted by FILT-02
# Page: filter-module-states-and-operations

extension 0 FilterAttach class filtering
extension 0 NdisFSetAttributes
extension 0 NdisFSetAttributes returns NDIS_STATUS_SUCCESS
extension 0 FilterAttach returns NDIS_STATUS_SUCCESS
extension 0 FilterRestart
extension 0 FilterRestart returns NDIS_STATUS_SUCCESS
host ProtocolEdgeSend nbl 1 detail 1 count 1
extension 0 FilterSendNetBufferLists nbl 1 detail 1 count 1
extension 0 FilterSendNetBufferLists returns
extension 0 NdisFSendNetBufferListsComplete nbl 1 NDIS_STATUS_PAUSED detail 1 count 1
extension 0 NdisFSendNetBufferListsComplete returns
host ProtocolEdgeSendComplete nbl 1 NDIS_STATUS_SUCCESS
host Quiescent
host EndOfRun
