interlock story 1
# Has no row: filter_module:detached:attach_failed, against ATTACH-01
# It takes to break before that: ATTACH-01
# Page: filter-module-states-and-operations

extension 0 FilterAttach class filtering
extension 0 FilterAttach class filtering
extension 0 FilterAttach returns NDIS_STATUS_FAILURE
extension 0 FilterAttach returns NDIS_STATUS_FAILURE
