interlock story 1
# Has no row: nic:absent:restore_issued, against SAVE-09
# Page: oid-switch-nic-restore

host ProtocolEdgeOidRequest OID_SWITCH_NIC_RESTORE 2/0 request 1
