/* The guard as it is, without a device. */
#include "source_guard.h"

const CHAR InterlockExtensionClass[] = "filtering";
NDIS_STRING ExtensionServiceName = NDIS_STRING_CONST("InterlockSourceGuard");
NDIS_STRING ExtensionUniqueName = NDIS_STRING_CONST("{6F1B5C0E-31D2-4C0B-9A77-1D3A5E2B7C09}");
NDIS_STRING ExtensionFriendlyName = NDIS_STRING_CONST("Interlock source address guard");

const EXTENSION_HOOKS ExtensionHooks = {
    .Attach = SourceGuardAttach,
    .Detach = SourceGuardDetach,
    .Restart = SourceGuardRestart,
    .Activate = SourceGuardActivate,
    .OidRequest = SourceGuardOidRequest,
    .OidRequestComplete = SourceGuardOidRequestComplete,
    .Send = SourceGuardSend,
};
