interlock story 1
# Takes port:creating:create_failed, granted by PORT-03
# Page: hyper-v-extensible-switch-port-and-network-adapter-states

host ProtocolEdgeOidRequest OID_SWITCH_PORT_CREATE 2 request 1 type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_PORT_CREATE 2 request 1 NDIS_STATUS_FAILURE type synthetic
host Quiescent
host EndOfRun
