interlock story 1
# Takes port:created:updated_issued, granted by PORT-04
# Page: oid-switch-port-updated

host ProtocolEdgeOidRequest OID_SWITCH_PORT_CREATE 2 request 1 type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_PORT_CREATE 2 request 1 NDIS_STATUS_SUCCESS type synthetic
host ProtocolEdgeOidRequest OID_SWITCH_PORT_UPDATED 2 request 2
host ProtocolEdgeOidRequestComplete OID_SWITCH_PORT_UPDATED 2 request 2 NDIS_STATUS_SUCCESS
host Quiescent
host EndOfRun
