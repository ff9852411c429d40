interlock story 1
# Takes nic:absent:create_issued, granted by NIC-02
# Page: hyper-v-extensible-switch-port-and-network-adapter-states

host ProtocolEdgeOidRequest OID_SWITCH_PORT_CREATE 2 request 1 type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_PORT_CREATE 2 request 1 NDIS_STATUS_SUCCESS type synthetic
host ProtocolEdgeOidRequest OID_SWITCH_NIC_CREATE 2/0 request 2 type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_NIC_CREATE 2/0 request 2 NDIS_STATUS_SUCCESS type synthetic
host Quiescent
host EndOfRun
