interlock story 1
# Has no row: nic:absent:updated_issued, against NIC-10
# Page: oid-switch-nic-updated

host ProtocolEdgeOidRequest OID_SWITCH_NIC_UPDATED 2/0 request 1 type synthetic
