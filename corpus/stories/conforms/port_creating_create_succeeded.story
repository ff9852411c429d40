interlock story 1
# Takes port:creating:create_succeeded, granted by PORT-02
# Page: oid-switch-port-create

host ProtocolEdgeOidRequest OID_SWITCH_PORT_CREATE 2 request 1 type synthetic
host ProtocolEdgeOidRequestComplete OID_SWITCH_PORT_CREATE 2 request 1 NDIS_STATUS_SUCCESS type synthetic
host Quiescent
host EndOfRun
