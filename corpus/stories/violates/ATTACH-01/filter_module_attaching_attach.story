interlock story 1
# Has no row: filter_module:attaching:attach, against ATTACH-01
# Page: filter-module-states-and-operations

extension 0 FilterAttach class filtering
extension 0 FilterAttach class filtering
