interlock story 1
# Takes nic:disconnecting:disconnect_completed, granted by NIC-12
# Page: hyper-v-extensible-switch-port-and-network-adapter-states

host ProtocolEdgeOidRequest OID_SWITCH_PORT_CREATE 2 request 1 type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_PORT_CREATE 2 request 1 NDIS_STATUS_SUCCESS type synthetic
host ProtocolEdgeOidRequest OID_SWITCH_NIC_CREATE 2/0 request 2 type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_NIC_CREATE 2/0 request 2 NDIS_STATUS_SUCCESS type synthetic
host ProtocolEdgeOidRequest OID_SWITCH_NIC_CONNECT 2/0 request 3 type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_NIC_CONNECT 2/0 request 3 NDIS_STATUS_SUCCESS type synthetic
host ProtocolEdgeOidRequest OID_SWITCH_NIC_DISCONNECT 2/0 request 4 type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_NIC_DISCONNECT 2/0 request 4 NDIS_STATUS_SUCCESS type synthetic
host ProtocolEdgeOidRequest OID_SWITCH_NIC_DELETE 2/0 request 5 type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_NIC_DELETE 2/0 request 5 NDIS_STATUS_SUCCESS type synthetic
host Quiescent
host EndOfRun
