interlock story 1
# Has no row: activation:told:activated, against ATTACH-06
# Page: querying-the-hyper-v-extensible-switch-configuration

extension 0 FilterAttach class filtering
extension 0 NdisFSetAttributes
extension 0 NdisFSetAttributes returns NDIS_STATUS_SUCCESS
extension 0 FilterAttach returns NDIS_STATUS_SUCCESS
extension 0 FilterRestart
extension 0 FilterRestart returns NDIS_STATUS_SUCCESS
extension 0 FilterNetPnPEvent detail 17
extension 0 NdisFNetPnPEvent detail 17
extension 0 NdisFNetPnPEvent returns NDIS_STATUS_SUCCESS
extension 0 FilterNetPnPEvent returns NDIS_STATUS_SUCCESS
extension 0 FilterNetPnPEvent detail 17
