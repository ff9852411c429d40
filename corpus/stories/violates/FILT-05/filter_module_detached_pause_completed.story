interlock story 1
# Has no row: filter_module:detached:pause_completed, against FILT-05
# Page: nc-ndis-filter_pause

extension 0 NdisFPauseComplete
