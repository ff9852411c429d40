interlock story 1
# Takes packet:held:finished, granted by NBL-02
# Page: sending-data-from-a-filter-driver

extension 0 FilterAttach class filtering
extension 0 NdisFSetAttributes
extension 0 NdisFSetAttributes returns NDIS_STATUS_SUCCESS
extension 0 FilterAttach returns NDIS_STATUS_SUCCESS
extension 0 FilterRestart
extension 0 FilterRestart returns NDIS_STATUS_FAILURE
host ProtocolEdgeSend nbl 1 detail 1 count 1
extension 0 FilterReceiveNetBufferLists nbl 1 detail 1 count 1
extension 0 FilterReceiveNetBufferLists returns
extension 0 NdisFReturnNetBufferLists nbl 1 flags 0x4 detail 1 count 1
extension 0 NdisFReturnNetBufferLists returns
host ProtocolEdgeSendComplete nbl 1 NDIS_STATUS_SUCCESS
host Quiescent
host EndOfRun
