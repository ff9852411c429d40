interlock story 1
# Takes restore:idle:restore_issued, granted by SAVE-09
# Page: oid-switch-nic-restore

host ProtocolEdgeOidRequest OID_SWITCH_PORT_CREATE 2 request 1 type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_PORT_CREATE 2 request 1 NDIS_STATUS_SUCCESS type synthetic
host ProtocolEdgeOidRequest OID_SWITCH_NIC_CREATE 2/0 request 2 type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_NIC_CREATE 2/0 request 2 NDIS_STATUS_SUCCESS type synthetic
host ProtocolEdgeOidRequest OID_SWITCH_NIC_RESTORE 2/0 request 3
host ProtocolEdgeOidRequestComplete OID_SWITCH_NIC_RESTORE 2/0 request 3 NDIS_STATUS_SUCCESS
host Quiescent
host EndOfRun
