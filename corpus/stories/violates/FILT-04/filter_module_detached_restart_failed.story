interlock story 1
# Has no row: filter_module:detached:restart_failed, against FILT-04
# Page: nc-ndis-filter_restart

extension 0 NdisFRestartComplete NDIS_STATUS_FAILURE
