interlock story 1
# Takes activation:inactive:asks_parameters, granted by QRY-01
# Page: querying-the-hyper-v-extensible-switch-configuration

extension 0 FilterAttach class filtering
extension 0 NdisFSetAttributes
extension 0 NdisFSetAttributes returns NDIS_STATUS_SUCCESS
extension 0 FilterAttach returns NDIS_STATUS_SUCCESS
extension 0 FilterRestart
extension 0 FilterRestart returns NDIS_STATUS_SUCCESS
extension 0 NdisFOidRequest OID_SWITCH_PARAMETERS request 1
extension 0 NdisFOidRequest returns OID_SWITCH_PARAMETERS request 1 NDIS_STATUS_SUCCESS
extension 0 NdisFOidRequest OID_SWITCH_PARAMETERS request 2
extension 0 NdisFOidRequest returns OID_SWITCH_PARAMETERS request 2 NDIS_STATUS_SUCCESS
host Quiescent
host EndOfRun
