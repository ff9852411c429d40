interlock story 1
# Has no row: filter_module:pausing:restart_failed, against FILT-04
# Page: nc-ndis-filter_restart

extension 0 FilterAttach class filtering
extension 0 NdisFSetAttributes
extension 0 NdisFSetAttributes returns NDIS_STATUS_SUCCESS
extension 0 FilterAttach returns NDIS_STATUS_SUCCESS
extension 0 FilterRestart
extension 0 FilterRestart returns NDIS_STATUS_SUCCESS
extension 0 FilterPause
extension 0 NdisFRestartComplete NDIS_STATUS_FAILURE
