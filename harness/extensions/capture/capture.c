/* A capturing extension that does nothing: every hook is left to the shared body. */
#include "../base/extension.h"

const CHAR InterlockExtensionClass[] = "capturing";
NDIS_STRING ExtensionServiceName = NDIS_STRING_CONST("InterlockCapture");
NDIS_STRING ExtensionUniqueName = NDIS_STRING_CONST("{6F1B5C0E-31D2-4C0B-9A77-1D3A5E2B7C05}");
NDIS_STRING ExtensionFriendlyName = NDIS_STRING_CONST("Interlock capturing extension");

const EXTENSION_HOOKS ExtensionHooks = {
    .Attach = NULL,
};
