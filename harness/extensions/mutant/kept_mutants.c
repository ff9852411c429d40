/* What goes with a module or with a call is kept for longer, or written to. */

#include "mutant.h"

static PVOID Kept;
static PMDL KeptMdl;
static UCHAR Described[16];
static PNDIS_FILTER_ATTACH_PARAMETERS KeptParameters;

static VOID FreeKept(VOID)
{
    if (Kept != NULL) {
        NdisFreeMemoryWithTagPriority(NULL, Kept, EXTENSION_TAG);
        Kept = NULL;
    }
    if (KeptMdl != NULL) {
        NdisFreeMdl(KeptMdl);
        KeptMdl = NULL;
    }
}

static NDIS_STATUS AllocateForModule(NDIS_HANDLE FilterHandle, NDIS_HANDLE DriverContext,
                                     PNDIS_FILTER_ATTACH_PARAMETERS Parameters)
{
    FreeKept();
    Kept = NdisAllocateMemoryWithTagPriority(FilterHandle, 16, EXTENSION_TAG, NormalPoolPriority);
    return FilterAttach(FilterHandle, DriverContext, Parameters);
}

static NDIS_STATUS DescribeForModule(NDIS_HANDLE FilterHandle, NDIS_HANDLE DriverContext,
                                     PNDIS_FILTER_ATTACH_PARAMETERS Parameters)
{
    FreeKept();
    KeptMdl = NdisAllocateMdl(FilterHandle, Described, sizeof(Described));
    return FilterAttach(FilterHandle, DriverContext, Parameters);
}

static VOID FreeKeptAtUnload(PDRIVER_OBJECT DriverObject)
{
    GoodUnload(DriverObject);
    FreeKept();
}

/* No flaw: what is made with the handle of the driver goes with the driver. */
static NDIS_STATUS AllocateForDriver(NDIS_HANDLE FilterHandle, NDIS_HANDLE DriverContext,
                                     PNDIS_FILTER_ATTACH_PARAMETERS Parameters)
{
    FreeKept();
    Kept = NdisAllocateMemoryWithTagPriority(FilterDriverHandle, 16, EXTENSION_TAG,
                                             NormalPoolPriority);
    KeptMdl = NdisAllocateMdl(FilterDriverHandle, Described, sizeof(Described));
    return FilterAttach(FilterHandle, DriverContext, Parameters);
}

static NDIS_STATUS WriteToParameters(NDIS_HANDLE FilterHandle, NDIS_HANDLE DriverContext,
                                     PNDIS_FILTER_ATTACH_PARAMETERS Parameters)
{
    Parameters->BaseMiniportName->Buffer[0] = L'<';
    return FilterAttach(FilterHandle, DriverContext, Parameters);
}

static NDIS_STATUS KeepParameters(NDIS_HANDLE FilterHandle, NDIS_HANDLE DriverContext,
                                  PNDIS_FILTER_ATTACH_PARAMETERS Parameters)
{
    KeptParameters = Parameters;
    return FilterAttach(FilterHandle, DriverContext, Parameters);
}

static NDIS_STATUS WriteToKeptParameters(NDIS_HANDLE FilterModuleContext,
                                         PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
    KeptParameters->IfIndex = 0;
    return FilterRestart(FilterModuleContext, Parameters);
}

const MUTANT KeptMutants[] = {
    {.Name = "keeps_memory_of_its_module", .Attach = AllocateForModule, .Unload = FreeKeptAtUnload},
    {.Name = "keeps_an_mdl_of_its_module", .Attach = DescribeForModule, .Unload = FreeKeptAtUnload},
    {.Name = "keeps_what_is_of_its_driver",
     .Attach = AllocateForDriver,
     .Unload = FreeKeptAtUnload},
    {.Name = "writes_to_its_parameters", .Attach = WriteToParameters},
    {.Name = "keeps_its_parameters", .Attach = KeepParameters, .Restart = WriteToKeptParameters},
    {.Name = NULL},
};
