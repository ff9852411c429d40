interlock story 1
# Has no row: filter_module:attaching:send_or_receive, against FILT-02
# Page: filter-module-states-and-operations

extension 0 FilterAttach class filtering
host ProtocolEdgeSend nbl 1 detail 1 count 1
extension 0 FilterSendNetBufferLists nbl 1 detail 1 count 1
