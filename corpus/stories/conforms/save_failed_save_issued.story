interlock story 1
# Takes save:failed:save_issued, granted by SAVE-02
# Page: hyper-v-extensible-switch-save-operations

host ProtocolEdgeOidRequest OID_SWITCH_PORT_CREATE 2 request 1 type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_PORT_CREATE 2 request 1 NDIS_STATUS_SUCCESS type synthetic
host ProtocolEdgeOidRequest OID_SWITCH_NIC_CREATE 2/0 request 2 type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_NIC_CREATE 2/0 request 2 NDIS_STATUS_SUCCESS type synthetic
host ProtocolEdgeOidRequest OID_SWITCH_NIC_CONNECT 2/0 request 3 type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_NIC_CONNECT 2/0 request 3 NDIS_STATUS_SUCCESS type synthetic
host ProtocolEdgeOidRequest OID_SWITCH_NIC_SAVE 2/0 request 4
host ProtocolEdgeOidRequestComplete OID_SWITCH_NIC_SAVE 2/0 request 4 NDIS_STATUS_FAILURE
host ProtocolEdgeOidRequest OID_SWITCH_NIC_SAVE 2/0 request 5
host ProtocolEdgeOidRequestComplete OID_SWITCH_NIC_SAVE 2/0 request 5 NDIS_STATUS_SUCCESS
host Quiescent
host EndOfRun
