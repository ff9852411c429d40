// Status indications and PnP events on their way up the stack.
// Pages: filter-module-status-indications, filter-module-pnp-event-notifications.

#include "harness/ndis/ndis.hpp"

namespace interlock::harness {

model::Event event_of(model::Call call, const NDIS_STATUS_INDICATION& indication) {
    model::Event event{.call = call, .status = static_cast<model::Status>(indication.StatusCode)};
    if (indication.StatusCode != NDIS_STATUS_SWITCH_NIC_STATUS) return event;
    if (indication.StatusBufferSize < sizeof(NDIS_SWITCH_NIC_STATUS_INDICATION)) return event;
    const auto& inner =
        *static_cast<const NDIS_SWITCH_NIC_STATUS_INDICATION*>(indication.StatusBuffer);
    event.port       = inner.SourcePortId;
    event.nic        = inner.SourceNicIndex;
    event.other_port = inner.DestinationPortId;
    event.other_nic  = inner.DestinationNicIndex;
    return event;
}

void Ndis::indicate_status(NDIS_STATUS_INDICATION* indication, model::ModuleId below) {
    world.kernel.yield("FilterStatus");
    Module* module = next_above(below);
    while (module && (!module->handlers.StatusHandler || module->phase == ModulePhase::attaching)) {
        module = next_above(module->id);
    }
    if (!module) return;  // The protocol edge takes note of it and says nothing.
    Callback call(*this, *module, event_of(model::Call::FilterStatus, *indication));
    module->handlers.StatusHandler(module->context, indication);
    call.left();
}

NDIS_STATUS Ndis::pnp_event(NET_PNP_EVENT_NOTIFICATION* event, model::ModuleId below) {
    Module* module = next_above(below);
    while (module && !module->handlers.NetPnPEventHandler)
        module = next_above(module->id);
    if (!module) return NDIS_STATUS_SUCCESS;
    Callback          call(*this, *module,
                           {.call   = model::Call::FilterNetPnPEvent,
                            .detail = static_cast<std::uint32_t>(event->NetPnPEvent.NetEvent)});
    const NDIS_STATUS status = module->handlers.NetPnPEventHandler(module->context, event);
    call.left(status);
    return status;
}

}  // namespace interlock::harness
