/* What was on the switch before us. */
#include "oid.h"

#define TRIES_MAX 16

BOOLEAN AskSwitchParameters(PFILTER_MODULE Module, PNDIS_SWITCH_PARAMETERS Parameters)
{
    ULONG needed;

    RtlZeroMemory(Parameters, sizeof(*Parameters));
    Parameters->Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    Parameters->Header.Revision = NDIS_SWITCH_PARAMETERS_REVISION_1;
    Parameters->Header.Size = NDIS_SIZEOF_NDIS_SWITCH_PARAMETERS_REVISION_1;
    return QuerySwitch(Module, OID_SWITCH_PARAMETERS, Parameters, sizeof(*Parameters), &needed)
        == NDIS_STATUS_SUCCESS;
}

PVOID AskSwitchArray(PFILTER_MODULE Module, NDIS_OID Oid, NDIS_OBJECT_HEADER Header, ULONG Length)
{
    ULONG needed = 0;
    ULONG tries;

    /* Some may come between being told the size and asking with it. */
    for (tries = 0; tries < TRIES_MAX; ++tries) {
        PNDIS_OBJECT_HEADER array = ExAllocatePool2(POOL_FLAG_NON_PAGED, Length, EXTENSION_TAG);
        NDIS_STATUS status;

        if (array == NULL) {
            return NULL;
        }
        *array = Header;
        status = QuerySwitch(Module, Oid, array, Length, &needed);
        if (status == NDIS_STATUS_SUCCESS) {
            return array;
        }
        ExFreePoolWithTag(array, EXTENSION_TAG);
        if (status != NDIS_STATUS_INVALID_LENGTH || needed <= Length) {
            return NULL;
        }
        Length = needed;
    }
    return NULL;
}
