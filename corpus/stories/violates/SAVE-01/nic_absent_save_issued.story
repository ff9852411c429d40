interlock story 1
# Has no row: nic:absent:save_issued, against SAVE-01
# Page: managing-hyper-v-extensible-switch-run-time-data

host ProtocolEdgeOidRequest OID_SWITCH_NIC_SAVE 2/0 request 1
