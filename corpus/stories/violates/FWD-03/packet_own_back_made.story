interlock story 1
# Has no row: packet:own_back:made, against FWD-03
# Page: nc-ndis-ndis_switch_free_net_buffer_list_forwarding_context

extension 0 FilterAttach class filtering
extension 0 NdisFSetAttributes
extension 0 NdisFSetAttributes returns NDIS_STATUS_SUCCESS
extension 0 NdisFGetOptionalSwitchHandlers
extension 0 NdisFGetOptionalSwitchHandlers returns NDIS_STATUS_SUCCESS
extension 0 FilterAttach returns NDIS_STATUS_SUCCESS
extension 0 FilterRestart
extension 0 FilterRestart returns NDIS_STATUS_SUCCESS
extension 0 NdisAllocateNetBufferList
extension 0 NdisAllocateNetBufferList returns nbl 1
extension 0 AllocateNetBufferListForwardingContext nbl 1
extension 0 AllocateNetBufferListForwardingContext returns nbl 1 NDIS_STATUS_SUCCESS
extension 0 NdisFSendNetBufferLists nbl 1 detail 1 count 1
extension 0 NdisFSendNetBufferLists returns
extension 0 FilterSendNetBufferListsComplete nbl 1 NDIS_STATUS_SUCCESS detail 1 count 1
extension 0 FilterSendNetBufferListsComplete returns
extension 0 AllocateNetBufferListForwardingContext nbl 1
extension 0 AllocateNetBufferListForwardingContext returns nbl 1 NDIS_STATUS_SUCCESS
