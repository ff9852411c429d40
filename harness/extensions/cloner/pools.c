#include "cloner.h"

static NDIS_HANDLE CreateListPool(PFILTER_MODULE Module, BOOLEAN WithBuffer, ULONG DataSize)
{
    NET_BUFFER_LIST_POOL_PARAMETERS parameters;

    RtlZeroMemory(&parameters, sizeof(parameters));
    parameters.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    parameters.Header.Revision = NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    parameters.Header.Size = NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    parameters.ProtocolId = NDIS_PROTOCOL_ID_DEFAULT;
    parameters.fAllocateNetBuffer = WithBuffer;
    parameters.PoolTag = EXTENSION_TAG;
    parameters.DataSize = DataSize;
    return NdisAllocateNetBufferListPool(Module->FilterHandle, &parameters);
}

static NDIS_HANDLE CreateBufferPool(PFILTER_MODULE Module)
{
    NET_BUFFER_POOL_PARAMETERS parameters;

    RtlZeroMemory(&parameters, sizeof(parameters));
    parameters.Header.Type = NDIS_OBJECT_TYPE_DEFAULT;
    parameters.Header.Revision = NET_BUFFER_POOL_PARAMETERS_REVISION_1;
    parameters.Header.Size = NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1;
    parameters.PoolTag = EXTENSION_TAG;
    return NdisAllocateNetBufferPool(Module->FilterHandle, &parameters);
}

NDIS_STATUS CreatePools(PFILTER_MODULE Module, PCLONER Cloner)
{
    Cloner->ListPool = CreateListPool(Module, FALSE, 0);
    Cloner->ProbePool = CreateListPool(Module, TRUE, PROBE_SPACE);
    Cloner->BufferPool = CreateBufferPool(Module);
    if (Cloner->ListPool != NULL && Cloner->ProbePool != NULL && Cloner->BufferPool != NULL) {
        return NDIS_STATUS_SUCCESS;
    }
    DeletePools(Cloner);
    return NDIS_STATUS_RESOURCES;
}

VOID DeletePools(PCLONER Cloner)
{
    if (Cloner->ListPool != NULL) {
        NdisFreeNetBufferListPool(Cloner->ListPool);
    }
    if (Cloner->ProbePool != NULL) {
        NdisFreeNetBufferListPool(Cloner->ProbePool);
    }
    if (Cloner->BufferPool != NULL) {
        NdisFreeNetBufferPool(Cloner->BufferPool);
    }
}
