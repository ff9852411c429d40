interlock story 1
# Has no row: nic:absent:host_packet, against PKT-03
# Page: hyper-v-extensible-switch-port-and-network-adapter-states

host ProtocolEdgeSend 2/0 nbl 1 detail 1 count 1
