// What the miniport edge tells the stack above it: PnP events and status indications.
// Pages: filter-module-status-indications, filter-module-pnp-event-notifications,
// ndis-status-switch-nic-status.

#include "harness/vswitch/switch.hpp"

namespace interlock::harness {
namespace {

NDIS_STATUS status_of(Indicated what) {
    switch (what) {
        case Indicated::media_connect:
            return NDIS_STATUS_MEDIA_CONNECT;
        case Indicated::media_disconnect:
            return NDIS_STATUS_MEDIA_DISCONNECT;
        case Indicated::network_change:
            return NDIS_STATUS_NETWORK_CHANGE;
        default:
            return NDIS_STATUS_LINK_STATE;
    }
}

NET_PNP_EVENT_CODE event_of(Told what) {
    switch (what) {
        case Told::query_remove:
            return NetEventQueryRemoveDevice;
        case Told::cancel_remove:
            return NetEventCancelRemoveDevice;
        case Told::reconfigure:
            return NetEventReconfigure;
        default:
            return NetEventQueryPower;
    }
}

NDIS_STATUS_INDICATION indication_of(NDIS_STATUS status) {
    NDIS_STATUS_INDICATION made{};
    made.Header.Type     = NDIS_OBJECT_TYPE_STATUS_INDICATION;
    made.Header.Revision = NDIS_STATUS_INDICATION_REVISION_1;
    made.Header.Size     = NDIS_SIZEOF_STATUS_INDICATION_REVISION_1;
    made.StatusCode      = status;
    return made;
}

NET_PNP_EVENT_NOTIFICATION notification_of(NET_PNP_EVENT_CODE event) {
    NET_PNP_EVENT_NOTIFICATION made{};
    made.Header.Type          = NDIS_OBJECT_TYPE_DEFAULT;
    made.Header.Revision      = NET_PNP_EVENT_NOTIFICATION_REVISION_1;
    made.Header.Size          = NDIS_SIZEOF_NET_PNP_EVENT_NOTIFICATION_REVISION_1;
    made.NetPnPEvent.NetEvent = event;
    return made;
}

}  // namespace

void Switch::activate() {
    state.active = true;
    world.recorder.add({.call = model::Call::SwitchActivated});
    NET_PNP_EVENT_NOTIFICATION event = notification_of(NetEventSwitchActivate);
    ndis.pnp_event(&event, model::host_module);
    if (world.flaw == HostFlaw::activates_twice) ndis.pnp_event(&event, model::host_module);
}

void Switch::tell(Told what) {
    NET_DEVICE_POWER_STATE     power = NetDeviceStateD3;
    NET_PNP_EVENT_NOTIFICATION event = notification_of(event_of(what));
    if (what == Told::query_power) {
        event.NetPnPEvent.Buffer       = &power;
        event.NetPnPEvent.BufferLength = sizeof power;
    }
    ndis.pnp_event(&event, model::host_module);
}

void Switch::indicate(Indicated what) {
    NDIS_STATUS_INDICATION indication = indication_of(status_of(what));
    NDIS_LINK_STATE        link{};
    if (what == Indicated::link_state) {
        link.Header.Type            = NDIS_OBJECT_TYPE_DEFAULT;
        link.Header.Revision        = NDIS_LINK_STATE_REVISION_1;
        link.Header.Size            = sizeof link;
        link.MediaConnectState      = MediaConnectStateConnected;
        link.MediaDuplexState       = MediaDuplexStateFull;
        indication.StatusBuffer     = &link;
        indication.StatusBufferSize = sizeof link;
    }
    ndis.indicate_status(&indication, model::host_module);
}

void Switch::status_from(model::PortId port, model::NicIndex nic) {
    NDIS_STATUS_INDICATION            inner = indication_of(NDIS_STATUS_LINK_STATE);
    NDIS_STATUS_INDICATION            outer = indication_of(NDIS_STATUS_SWITCH_NIC_STATUS);
    NDIS_SWITCH_NIC_STATUS_INDICATION encapsulated{};
    encapsulated.Header.Type      = NDIS_OBJECT_TYPE_DEFAULT;
    encapsulated.Header.Revision  = NDIS_SWITCH_NIC_STATUS_INDICATION_REVISION_1;
    encapsulated.Header.Size      = NDIS_SIZEOF_SWITCH_NIC_STATUS_REVISION_1;
    encapsulated.SourcePortId     = port;
    encapsulated.SourceNicIndex   = nic;
    encapsulated.StatusIndication = &inner;
    outer.StatusBuffer            = &encapsulated;
    outer.StatusBufferSize        = sizeof encapsulated;
    ndis.indicate_status(&outer, model::host_module);
}

}  // namespace interlock::harness
