interlock story 1
# Takes filter_module:paused:detach, granted by ATTACH-01
# Page: filter-module-states-and-operations

extension 0 FilterAttach class filtering
extension 0 NdisFSetAttributes
extension 0 NdisFSetAttributes returns NDIS_STATUS_SUCCESS
extension 0 FilterAttach returns NDIS_STATUS_SUCCESS
extension 0 FilterDetach
extension 0 FilterDetach returns
host Quiescent
host EndOfRun
