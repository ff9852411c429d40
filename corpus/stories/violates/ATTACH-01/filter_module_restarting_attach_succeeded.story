interlock story 1
# Has no row: filter_module:restarting:attach_succeeded, against ATTACH-01
# It takes to break before that: ATTACH-01
# Page: filter-module-states-and-operations

extension 0 FilterAttach class filtering
extension 0 NdisFSetAttributes
extension 0 NdisFSetAttributes returns NDIS_STATUS_SUCCESS
extension 0 FilterRestart
extension 0 FilterRestart returns NDIS_STATUS_PENDING
extension 0 FilterAttach returns NDIS_STATUS_SUCCESS
