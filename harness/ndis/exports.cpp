// The NdisF functions, as drivers link to them. Each finds its world and its module, and leaves
// the rest to Ndis. Pages: nf-ndis-<name of the function>.

#include <cstring>

#include "harness/image.hpp"
#include "harness/ndis/ndis.hpp"
#include "model/constants.hpp"

using namespace interlock;
using namespace interlock::harness;

namespace {

constexpr Handover send_on{model::Call::NdisFSendNetBufferLists, Path::ingress, &Ndis::send};
constexpr Handover complete_on{model::Call::NdisFSendNetBufferListsComplete, Path::ingress,
                               &Ndis::send_complete};
constexpr Handover indicate_on{model::Call::NdisFIndicateReceiveNetBufferLists, Path::egress,
                               &Ndis::indicate};
constexpr Handover return_on{model::Call::NdisFReturnNetBufferLists, Path::egress,
                             &Ndis::give_back};

void hand_over(NDIS_HANDLE filter, NET_BUFFER_LIST* list, ULONG flags, const Handover& handover) {
    if (Module* const module = module_or_misuse(filter)) {
        world().ndis->list_from(*module, list, flags, handover);
    }
}

Module* module_of_driver(const DRIVER_OBJECT* driver) {
    for (Module& module : world().ndis->stack()) {
        if (&module.driver == driver) return &module;
    }
    report_misuse(model::Misuse::bad_argument);
    return nullptr;
}

/// The handlers as that module is to call them.
NDIS_SWITCH_OPTIONAL_HANDLERS led(NDIS_SWITCH_OPTIONAL_HANDLERS table, const Image* image) {
    if (image == nullptr) return table;
    const auto each = [&]<typename... Function>(Function*&... handler) {
        ((handler = reinterpret_cast<Function*>(image->led(reinterpret_cast<void*>(handler)))),
         ...);
    };
    each(table.AllocateNetBufferListForwardingContext, table.FreeNetBufferListForwardingContext,
         table.SetNetBufferListSource, table.AddNetBufferListDestination,
         table.GrowNetBufferListDestinations, table.GetNetBufferListDestinations,
         table.UpdateNetBufferListDestinations, table.CopyNetBufferListInfo,
         table.ReferenceSwitchNic, table.DereferenceSwitchNic, table.ReferenceSwitchPort,
         table.DereferenceSwitchPort, table.ReportFilteredNetBufferLists,
         table.SetNetBufferListSwitchContext, table.GetNetBufferListSwitchContext);
    return table;
}

/// Attach, detach, restart and pause handlers are mandatory.
/// Source: ns-ndis-_ndis_filter_driver_characteristics.
bool is_complete(const NDIS_FILTER_DRIVER_CHARACTERISTICS& handlers) {
    return handlers.AttachHandler && handlers.DetachHandler && handlers.RestartHandler &&
           handlers.PauseHandler;
}

bool is_known(const NDIS_OBJECT_HEADER& header) {
    return header.Type == NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS && header.Revision >= 1 &&
           header.Size >= NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_1;
}

/// Which handlers it gives, as events tell it.
std::uint32_t given_in(const NDIS_FILTER_DRIVER_CHARACTERISTICS& handlers) {
    namespace handler   = model::handler;
    std::uint32_t given = is_complete(handlers) ? handler::mandatory : 0U;
    if (handlers.SendNetBufferListsHandler) given |= handler::send;
    if (handlers.SendNetBufferListsCompleteHandler) given |= handler::send_complete;
    if (handlers.CancelSendNetBufferListsHandler) given |= handler::cancel_send;
    if (handlers.ReceiveNetBufferListsHandler) given |= handler::receive;
    if (handlers.ReturnNetBufferListsHandler) given |= handler::receive_return;
    if (handlers.StatusHandler) given |= handler::status;
    if (handlers.OidRequestHandler) given |= handler::oid_request;
    if (handlers.OidRequestCompleteHandler) given |= handler::oid_complete;
    return given;
}

NDIS_STATUS register_driver(Module& module, const NDIS_FILTER_DRIVER_CHARACTERISTICS& given,
                            NDIS_HANDLE context) {
    if (!is_known(given.Header)) return NDIS_STATUS_BAD_VERSION;
    std::memcpy(&module.handlers, &given,
                std::min<std::size_t>(given.Header.Size, sizeof module.handlers));
    if (!is_complete(module.handlers)) return NDIS_STATUS_BAD_CHARACTERISTICS;
    module.driver_context = context;
    module.registered     = true;
    return NDIS_STATUS_SUCCESS;
}

}  // namespace

extern "C" {

NDIS_STATUS NdisFRegisterFilterDriver(PDRIVER_OBJECT DriverObject, NDIS_HANDLE FilterDriverContext,
                                      PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics,
                                      PNDIS_HANDLE NdisFilterDriverHandle) noexcept {
    Module* const module = module_of_driver(DriverObject);
    if (!module) return NDIS_STATUS_FAILURE;
    const std::uint32_t given = is_known(Characteristics->Header) ? given_in(*Characteristics) : 0;
    Ddi ddi(*module, {.call = model::Call::NdisFRegisterFilterDriver, .detail = given},
            passive_level);
    const Failure* const fault = world().faults.strike(FaultPoint("NdisFRegisterFilterDriver"));
    const NDIS_STATUS    status =
        fault ? fault->status : register_driver(*module, *Characteristics, FilterDriverContext);
    if (status == NDIS_STATUS_SUCCESS) {
        *NdisFilterDriverHandle = &module->driver_handle;
        const auto& registered   = world().ndis->life.registered;
        if (registered) registered(*module);
    }
    ddi.left(status);
    return status;
}

VOID NdisFDeregisterFilterDriver(NDIS_HANDLE NdisFilterDriverHandle) noexcept {
    Module* const module = driver_or_misuse(NdisFilterDriverHandle);
    if (!module) return;
    Ddi ddi(*module, {.call = model::Call::NdisFDeregisterFilterDriver}, passive_level);
    if (!module->registered) report_misuse(model::Misuse::freed_twice);
    const auto& deregisters = world().ndis->life.deregisters;
    if (module->attached() && deregisters) deregisters(*module);
    // It does not come back before the module is detached. What keeps that from coming is told;
    // what FilterDetach would have given back was not left behind.
    while (module->attached())
        world().kernel.block(module, "NdisFDeregisterFilterDriver");
    module->registered = false;
    ddi.left();
}

NDIS_STATUS NdisFSetAttributes(NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterModuleContext,
                               PNDIS_FILTER_ATTRIBUTES /*FilterAttributes*/) noexcept {
    Module* const module = module_or_misuse(NdisFilterHandle);
    if (!module) return NDIS_STATUS_INVALID_PARAMETER;
    Ddi        ddi(*module, {.call = model::Call::NdisFSetAttributes}, passive_level);
    const bool in_time = module->phase == ModulePhase::attaching;
    if (const Failure* fault = world().faults.strike(FaultPoint("NdisFSetAttributes"))) {
        ddi.left(fault->status);
        return fault->status;
    }
    if (in_time) module->context = FilterModuleContext;
    if (in_time) world().ndis->both_ends().attributes_set();
    const NDIS_STATUS status = in_time ? NDIS_STATUS_SUCCESS : NDIS_STATUS_INVALID_PARAMETER;
    ddi.left(status);
    return status;
}

NDIS_STATUS NdisFGetOptionalSwitchHandlers(
    NDIS_HANDLE NdisFilterHandle, PNDIS_SWITCH_CONTEXT NdisSwitchContext,
    PNDIS_SWITCH_OPTIONAL_HANDLERS NdisSwitchHandlers) noexcept {
    Module* const module = module_or_misuse(NdisFilterHandle);
    if (!module) return NDIS_STATUS_INVALID_PARAMETER;
    Ddi ddi(*module, {.call = model::Call::NdisFGetOptionalSwitchHandlers}, dispatch_level);
    const NDIS_OBJECT_HEADER header = NdisSwitchHandlers->Header;
    const bool known = header.Revision >= 1 && header.Size >= sizeof(NDIS_OBJECT_HEADER);
    if (known) {
        const auto table = led(world().ndis->switch_handlers(), module->image);
        std::memcpy(NdisSwitchHandlers, &table, std::min<std::size_t>(header.Size, sizeof table));
        NdisSwitchHandlers->Header = header;
        *NdisSwitchContext         = module;
    }
    const NDIS_STATUS status = known ? NDIS_STATUS_SUCCESS : NDIS_STATUS_INVALID_PARAMETER;
    ddi.left(status);
    return status;
}

VOID NdisFPauseComplete(NDIS_HANDLE NdisFilterHandle) noexcept {
    Module* const module = module_or_misuse(NdisFilterHandle);
    if (!module) return;
    Ddi ddi(*module, {.call = model::Call::NdisFPauseComplete}, dispatch_level);
    module->entry_status    = NDIS_STATUS_SUCCESS;
    module->entry_completed = true;
    world().kernel.wake_all(module);
    ddi.left();
}

VOID NdisFRestartComplete(NDIS_HANDLE NdisFilterHandle, NDIS_STATUS Status) noexcept {
    Module* const module = module_or_misuse(NdisFilterHandle);
    if (!module) return;
    Ddi ddi(
        *module,
        {.call = model::Call::NdisFRestartComplete, .status = static_cast<model::Status>(Status)},
        passive_level);
    module->entry_status    = Status;
    module->entry_completed = true;
    world().kernel.wake_all(module);
    ddi.left(Status);
}

NDIS_STATUS NdisFRestartFilter(NDIS_HANDLE NdisFilterHandle) noexcept {
    Module* const module = module_or_misuse(NdisFilterHandle);
    if (!module) return NDIS_STATUS_INVALID_PARAMETER;
    Ddi        ddi(*module, {.call = model::Call::NdisFRestartFilter}, dispatch_level);
    const bool runs = module->phase == ModulePhase::running;
    const Failure* const fault =
        runs ? world().faults.strike(FaultPoint("NdisFRestartFilter")) : nullptr;
    if (fault) {
        ddi.left(fault->status);
        return fault->status;
    }
    module->restart_asked    = module->restart_asked || runs;
    const NDIS_STATUS status = runs ? NDIS_STATUS_SUCCESS : NDIS_STATUS_FAILURE;
    ddi.left(status);
    return status;
}

VOID NdisFSendNetBufferLists(NDIS_HANDLE NdisFilterHandle, PNET_BUFFER_LIST NetBufferList,
                             NDIS_PORT_NUMBER /*PortNumber*/, ULONG         SendFlags) noexcept {
    hand_over(NdisFilterHandle, NetBufferList, SendFlags, send_on);
}

VOID NdisFSendNetBufferListsComplete(NDIS_HANDLE NdisFilterHandle, PNET_BUFFER_LIST NetBufferList,
                                     ULONG SendCompleteFlags) noexcept {
    hand_over(NdisFilterHandle, NetBufferList, SendCompleteFlags, complete_on);
}

VOID NdisFIndicateReceiveNetBufferLists(NDIS_HANDLE      NdisFilterHandle,
                                        PNET_BUFFER_LIST NetBufferLists,
                                        NDIS_PORT_NUMBER /*PortNumber*/,
                                        ULONG NumberOfNetBufferLists, ULONG ReceiveFlags) noexcept {
    Handover counted = indicate_on;
    counted.said     = NumberOfNetBufferLists;
    hand_over(NdisFilterHandle, NetBufferLists, ReceiveFlags, counted);
}

VOID NdisFReturnNetBufferLists(NDIS_HANDLE NdisFilterHandle, PNET_BUFFER_LIST NetBufferLists,
                               ULONG ReturnFlags) noexcept {
    hand_over(NdisFilterHandle, NetBufferLists, ReturnFlags, return_on);
}

VOID NdisFCancelSendNetBufferLists(NDIS_HANDLE NdisFilterHandle, PVOID CancelId) noexcept {
    Module* const module = module_or_misuse(NdisFilterHandle);
    if (!module) return;
    Ddi ddi(*module, {.call = model::Call::NdisFCancelSendNetBufferLists}, dispatch_level);
    world().ndis->cancel_send(CancelId, module->id);
    ddi.left();
}

NDIS_STATUS NdisAllocateCloneOidRequest(NDIS_HANDLE SourceHandle, PNDIS_OID_REQUEST OidRequest,
                                        UINT               PoolTag,
                                        PNDIS_OID_REQUEST* ClonedOidRequest) noexcept {
    Module* const module = module_or_misuse(SourceHandle);
    if (!module) return NDIS_STATUS_FAILURE;
    return world().ndis->allocate_clone(*module, OidRequest, PoolTag, ClonedOidRequest);
}

VOID NdisFreeCloneOidRequest(NDIS_HANDLE SourceHandle, PNDIS_OID_REQUEST Request) noexcept {
    if (Module* const module = module_or_misuse(SourceHandle)) {
        world().ndis->free_clone(*module, Request);
    }
}

NDIS_STATUS NdisFOidRequest(NDIS_HANDLE NdisFilterHandle, PNDIS_OID_REQUEST OidRequest) noexcept {
    Module* const module = module_or_misuse(NdisFilterHandle);
    return module ? world().ndis->request_from(*module, OidRequest) : NDIS_STATUS_FAILURE;
}

VOID NdisFOidRequestComplete(NDIS_HANDLE NdisFilterHandle, PNDIS_OID_REQUEST OidRequest,
                             NDIS_STATUS Status) noexcept {
    if (Module* const module = module_or_misuse(NdisFilterHandle)) {
        world().ndis->complete_from(*module, OidRequest, Status);
    }
}

VOID NdisFCancelOidRequest(NDIS_HANDLE NdisFilterHandle, PVOID RequestId) noexcept {
    Module* const module = module_or_misuse(NdisFilterHandle);
    if (!module) return;
    Ndis&                ndis    = *world().ndis;
    const Request* const request = ndis.issued_under(RequestId, module->id);
    Ddi                  ddi(*module,
                             {.call   = model::Call::NdisFCancelOidRequest,
                              .object = request ? request->id : 0},
                             dispatch_level);
    if (request) ndis.cancel_oid(RequestId, module->id);
    ddi.left();
}

VOID NdisFIndicateStatus(NDIS_HANDLE             NdisFilterHandle,
                         PNDIS_STATUS_INDICATION StatusIndication) noexcept {
    Module* const module = module_or_misuse(NdisFilterHandle);
    if (!module) return;
    Ddi ddi(*module, event_of(model::Call::NdisFIndicateStatus, *StatusIndication), dispatch_level);
    world().ndis->indicate_status(StatusIndication, module->id);
    ddi.left(StatusIndication->StatusCode);
}

NDIS_STATUS NdisFNetPnPEvent(NDIS_HANDLE                 NdisFilterHandle,
                             PNET_PNP_EVENT_NOTIFICATION NetPnPEventNotification) noexcept {
    Module* const module = module_or_misuse(NdisFilterHandle);
    if (!module) return NDIS_STATUS_FAILURE;
    const auto what = static_cast<std::uint32_t>(NetPnPEventNotification->NetPnPEvent.NetEvent);
    Ddi        ddi(*module, {.call = model::Call::NdisFNetPnPEvent, .detail = what}, passive_level);
    const NDIS_STATUS status = world().ndis->pnp_event(NetPnPEventNotification, module->id);
    ddi.left(status);
    return status;
}

}  // extern "C"
