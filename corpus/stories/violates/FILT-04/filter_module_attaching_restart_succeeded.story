interlock story 1
# Has no row: filter_module:attaching:restart_succeeded, against FILT-04
# Page: nc-ndis-filter_restart

extension 0 FilterAttach class filtering
extension 0 NdisFRestartComplete NDIS_STATUS_SUCCESS
