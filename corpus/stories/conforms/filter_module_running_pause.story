interlock story 1
# Takes filter_module:running:pause, granted by ATTACH-01
# Page: filter-module-states-and-operations

extension 0 FilterAttach class filtering
extension 0 NdisFSetAttributes
extension 0 NdisFSetAttributes returns NDIS_STATUS_SUCCESS
extension 0 FilterAttach returns NDIS_STATUS_SUCCESS
extension 0 FilterRestart
extension 0 FilterRestart returns NDIS_STATUS_SUCCESS
extension 0 FilterPause
extension 0 FilterPause returns NDIS_STATUS_SUCCESS
host Quiescent
host EndOfRun
