// Status indications and PnP events on their way up the stack.
// Pages: filter-module-status-indications, filter-module-pnp-event-notifications.

#include "harness/kernel/outside.hpp"
#include "harness/ndis/ndis.hpp"
#include "harness/vswitch/digest.hpp"
#include "model/constants.hpp"

namespace interlock::harness {
namespace {

std::uint32_t digest_of_buffer(const NDIS_STATUS_INDICATION& indication) {
    const void* const data = indication.StatusBuffer;
    return digest_of(data, data ? indication.StatusBufferSize : 0);
}

}  // namespace

model::Event event_of(model::Call call, const NDIS_STATUS_INDICATION& indication) {
    model::Event event{.call = call, .status = static_cast<model::Status>(indication.StatusCode)};
    event.digest = digest_of_buffer(indication);
    if (indication.StatusCode != NDIS_STATUS_SWITCH_NIC_STATUS) return event;
    if (indication.StatusBufferSize < sizeof(NDIS_SWITCH_NIC_STATUS_INDICATION)) return event;
    const auto& wrapper =
        *static_cast<const NDIS_SWITCH_NIC_STATUS_INDICATION*>(indication.StatusBuffer);
    event.port       = wrapper.SourcePortId;
    event.nic        = wrapper.SourceNicIndex;
    event.other_port = wrapper.DestinationPortId;
    event.other_nic  = wrapper.DestinationNicIndex;
    event.flags      = model::buffer::no_inner;
    if (!wrapper.StatusIndication) return event;
    const NDIS_STATUS_INDICATION& inner = *wrapper.StatusIndication;
    event.detail                        = static_cast<std::uint32_t>(inner.StatusCode);
    event.digest                        = digest_of_buffer(inner);
    const bool data = inner.StatusBuffer != nullptr || inner.StatusBufferSize != 0;
    event.flags     = data ? model::buffer::inner_data : 0;
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
    call_outside(module->handlers.StatusHandler, module->context, indication);
    call.left();
}

NDIS_STATUS Ndis::pnp_event(NET_PNP_EVENT_NOTIFICATION* event, model::ModuleId below) {
    Module* module = next_above(below);
    while (module && !module->handlers.NetPnPEventHandler)
        module = next_above(module->id);
    if (!module) return NDIS_STATUS_SUCCESS;
    const std::uint8_t irql = world.kernel.current().irql;
    if (world.flaw == HostFlaw::calls_at_dispatch_level) {
        world.kernel.current().irql = dispatch_level;
    }
    Callback          call(*this, *module,
                           {.call   = model::Call::FilterNetPnPEvent,
                            .detail = static_cast<std::uint32_t>(event->NetPnPEvent.NetEvent)});
    const NDIS_STATUS status =
        call_outside(module->handlers.NetPnPEventHandler, module->context, event);
    call.left(status);
    world.kernel.current().irql = irql;
    return status;
}

}  // namespace interlock::harness
