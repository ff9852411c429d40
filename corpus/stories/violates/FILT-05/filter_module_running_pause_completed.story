interlock story 1
# Has no row: filter_module:running:pause_completed, against FILT-05
# Page: nc-ndis-filter_pause

extension 0 FilterAttach class filtering
extension 0 NdisFSetAttributes
extension 0 NdisFSetAttributes returns NDIS_STATUS_SUCCESS
extension 0 FilterAttach returns NDIS_STATUS_SUCCESS
extension 0 FilterRestart
extension 0 FilterRestart returns NDIS_STATUS_SUCCESS
extension 0 NdisFPauseComplete
