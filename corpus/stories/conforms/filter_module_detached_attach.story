interlock story 1
# Takes filter_module:detached:attach, granted by ATTACH-01
# Page: filter-module-states-and-operations

extension 0 FilterAttach class filtering
extension 0 FilterAttach returns NDIS_STATUS_FAILURE
host Quiescent
host EndOfRun
