interlock story 1
# Takes save:failed:save_too_short, granted by OID-02
# Page: nf-ndis-ndisfoidrequestcomplete

host ProtocolEdgeOidRequest OID_SWITCH_PORT_CREATE 2 request 1 type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_PORT_CREATE 2 request 1 NDIS_STATUS_SUCCESS type synthetic
host ProtocolEdgeOidRequest OID_SWITCH_NIC_CREATE 2/0 request 2 type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_NIC_CREATE 2/0 request 2 NDIS_STATUS_SUCCESS type synthetic
host ProtocolEdgeOidRequest OID_SWITCH_NIC_CONNECT 2/0 request 3 type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_NIC_CONNECT 2/0 request 3 NDIS_STATUS_SUCCESS type synthetic
host ProtocolEdgeOidRequest OID_SWITCH_NIC_SAVE 2/0 request 4
host ProtocolEdgeOidRequest OID_SWITCH_NIC_SAVE 2/0 request 5
host ProtocolEdgeOidRequestComplete OID_SWITCH_NIC_SAVE 2/0 request 4 NDIS_STATUS_FAILURE
host ProtocolEdgeOidRequestComplete OID_SWITCH_NIC_SAVE 2/0 request 5 NDIS_STATUS_BUFFER_TOO_SHORT
host Quiescent
host EndOfRun
