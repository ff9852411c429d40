interlock story 1
# Has no row: filter_module:detached:restart, against ATTACH-01
# Page: filter-module-states-and-operations

extension 0 FilterRestart
