#include "forwarder.h"

static PNIC NicAt(PLIST_ENTRY Link)
{
    return CONTAINING_RECORD(Link, NIC, Link);
}

PNIC FindNic(PFORWARDER Forwarder, NDIS_SWITCH_PORT_ID PortId, NDIS_SWITCH_NIC_INDEX NicIndex)
{
    PLIST_ENTRY link;

    for (link = Forwarder->Nics.Flink; link != &Forwarder->Nics; link = link->Flink) {
        if (NicAt(link)->PortId == PortId && NicAt(link)->NicIndex == NicIndex) {
            return NicAt(link);
        }
    }
    return NULL;
}

/* What the switch says of a NIC is about that one, and not about the first of its port. */
PNIC FindNicToEnd(PFORWARDER Forwarder, NDIS_SWITCH_PORT_ID PortId, NDIS_SWITCH_NIC_INDEX NicIndex)
{
    PLIST_ENTRY link;

    if (!HAS_FLAW(HALF_KEY)) {
        return FindNic(Forwarder, PortId, NicIndex);
    }
    for (link = Forwarder->Nics.Flink; link != &Forwarder->Nics; link = link->Flink) {
        if (NicAt(link)->PortId == PortId) {
            return NicAt(link);
        }
    }
    return NULL;
}

PNIC FindOrAddNic(PFORWARDER Forwarder, PNDIS_SWITCH_NIC_PARAMETERS Parameters)
{
    PNIC nic = FindNic(Forwarder, Parameters->PortId, Parameters->NicIndex);

    if (nic != NULL) {
        return nic;
    }
    nic = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*nic), EXTENSION_TAG);
    if (nic == NULL) {
        return NULL;
    }
    nic->PortId = Parameters->PortId;
    nic->NicIndex = Parameters->NicIndex;
    nic->IsExternal = Parameters->NicType == NdisSwitchNicTypeExternal;
    InsertTailList(&Forwarder->Nics, &nic->Link);
    return nic;
}

VOID ConnectNic(PFORWARDER Forwarder, PNIC Nic)
{
    Nic->IsConnected = TRUE;
    Nic->Incarnation = ++Forwarder->LastIncarnation;
}

VOID DisconnectNic(PFORWARDER Forwarder, PNIC Nic)
{
    Nic->IsConnected = FALSE;
    if (!HAS_FLAW(DISCONNECT_IGNORED)) {
        ForgetStationsOf(Forwarder, Nic);
    }
}

VOID RemoveNic(PFORWARDER Forwarder, PNIC Nic)
{
    ForgetStationsOf(Forwarder, Nic);
    RemoveEntryList(&Nic->Link);
    ExFreePoolWithTag(Nic, EXTENSION_TAG);
    if (HAS_FLAW(FREED_THEN_WRITTEN)) {
        Nic->IsConnected = FALSE;
    }
}

VOID RemoveAllNics(PFORWARDER Forwarder)
{
    while (!IsListEmpty(&Forwarder->Nics)) {
        RemoveNic(Forwarder, NicAt(Forwarder->Nics.Flink));
    }
}

/* Index 0 of the external port stands for all adapters bound to it and carries no traffic. */
PNIC FindUplink(PFORWARDER Forwarder, NDIS_SWITCH_PORT_ID PortId)
{
    PLIST_ENTRY link;
    PNIC uplink = NULL;

    for (link = Forwarder->Nics.Flink; link != &Forwarder->Nics; link = link->Flink) {
        PNIC nic = NicAt(link);

        if (nic->PortId == PortId && nic->IsExternal && nic->IsConnected && nic->NicIndex > 0
            && (uplink == NULL || nic->NicIndex < uplink->NicIndex)) {
            uplink = nic;
        }
    }
    return uplink;
}
