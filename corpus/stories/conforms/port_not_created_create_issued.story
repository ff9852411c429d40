interlock story 1
# Takes port:not_created:create_issued, granted by PORT-01
# Page: overview-of-hyper-v-extensible-switch-ports

host ProtocolEdgeOidRequest OID_SWITCH_PORT_CREATE 2 request 1 type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_PORT_CREATE 2 request 1 NDIS_STATUS_SUCCESS type synthetic
host Quiescent
host EndOfRun
