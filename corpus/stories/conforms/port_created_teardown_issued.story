interlock story 1
# Takes port:created:teardown_issued, granted by PORT-05
# Page: hyper-v-extensible-switch-port-and-network-adapter-states

host ProtocolEdgeOidRequest OID_SWITCH_PORT_CREATE 2 request 1 type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_PORT_CREATE 2 request 1 NDIS_STATUS_SUCCESS type synthetic
host ProtocolEdgeOidRequest OID_SWITCH_PORT_TEARDOWN 2 request 2
host ProtocolEdgeOidRequestComplete OID_SWITCH_PORT_TEARDOWN 2 request 2 NDIS_STATUS_SUCCESS
host ProtocolEdgeOidRequest OID_SWITCH_PORT_DELETE 2 request 3
host ProtocolEdgeOidRequestComplete OID_SWITCH_PORT_DELETE 2 request 3 NDIS_STATUS_SUCCESS
host Quiescent
host EndOfRun
