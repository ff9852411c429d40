interlock story 1
# Has no row: filter_module:detached:send_or_receive, against FILT-02
# Page: filter-module-states-and-operations

host ProtocolEdgeSend nbl 1 detail 1 count 1
extension 0 FilterSendNetBufferLists nbl 1 detail 1 count 1
