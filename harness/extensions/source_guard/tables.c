/* Ports, which the switch and a program may both have, and the adapters of guests on them. */
#include "source_guard.h"

PGUARDED_PORT FindPort(PSOURCE_GUARD Guard, NDIS_SWITCH_PORT_ID PortId)
{
    PLIST_ENTRY link;

    for (link = Guard->Ports.Flink; link != &Guard->Ports; link = link->Flink) {
        PGUARDED_PORT port = CONTAINING_RECORD(link, GUARDED_PORT, Link);

        if (port->PortId == PortId) {
            return port;
        }
    }
    return NULL;
}

PGUARDED_PORT FindExemptPort(PSOURCE_GUARD Guard, NDIS_SWITCH_PORT_ID PortId)
{
    PLIST_ENTRY link;

    for (link = Guard->Exempt.Flink; link != &Guard->Exempt; link = link->Flink) {
        PGUARDED_PORT port = CONTAINING_RECORD(link, GUARDED_PORT, ExemptLink);

        if (port->PortId == PortId) {
            return port;
        }
    }
    return NULL;
}

PGUARDED_PORT FindPortAbove(PSOURCE_GUARD Guard, NDIS_SWITCH_PORT_ID Above)
{
    PGUARDED_PORT next = NULL;
    PLIST_ENTRY link;

    for (link = Guard->Ports.Flink; link != &Guard->Ports; link = link->Flink) {
        PGUARDED_PORT port = CONTAINING_RECORD(link, GUARDED_PORT, Link);

        if (port->PortId > Above && (next == NULL || port->PortId < next->PortId)) {
            next = port;
        }
    }
    return next;
}

static PGUARDED_PORT AllocatePort(NDIS_SWITCH_PORT_ID PortId)
{
    PGUARDED_PORT port = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*port), EXTENSION_TAG);

    if (port != NULL) {
        port->PortId = PortId;
    }
    return port;
}

PGUARDED_PORT AddPort(PSOURCE_GUARD Guard, NDIS_SWITCH_PORT_ID PortId)
{
    PGUARDED_PORT port = FindPort(Guard, PortId);

    if (port != NULL) {
        return port;
    }
    port = FindExemptPort(Guard, PortId);
    if (port == NULL) {
        port = AllocatePort(PortId);
    }
    if (port == NULL) {
        return NULL;
    }
    InsertTailList(&Guard->Ports, &port->Link);
    port->IsLeaving = FALSE;
    port->MaySpoof = FALSE;
    if (!HAS_FLAW(FREED_WHILE_LINKED) || !port->IsExempt) {
        port->IsOnSwitch = TRUE;
    }
    return port;
}

VOID RemovePort(PGUARDED_PORT Port)
{
    RemoveEntryList(&Port->Link);
    Port->IsOnSwitch = FALSE;
    if (!Port->IsExempt) {
        ExFreePoolWithTag(Port, EXTENSION_TAG);
    }
}

PGUARDED_PORT ExemptPort(PSOURCE_GUARD Guard, NDIS_SWITCH_PORT_ID PortId)
{
    PGUARDED_PORT port = FindExemptPort(Guard, PortId);

    if (port != NULL) {
        return port;
    }
    port = FindPort(Guard, PortId);
    if (port == NULL) {
        port = AllocatePort(PortId);
    }
    if (port != NULL) {
        InsertTailList(&Guard->Exempt, &port->ExemptLink);
        port->IsExempt = TRUE;
    }
    return port;
}

VOID EndExemption(PGUARDED_PORT Port)
{
    RemoveEntryList(&Port->ExemptLink);
    Port->IsExempt = FALSE;
    if (!Port->IsOnSwitch) {
        ExFreePoolWithTag(Port, EXTENSION_TAG);
    }
}

PGUARDED_NIC FindGuardedNic(PSOURCE_GUARD Guard, NDIS_SWITCH_PORT_ID PortId,
                            NDIS_SWITCH_NIC_INDEX NicIndex)
{
    PLIST_ENTRY link;

    for (link = Guard->Nics.Flink; link != &Guard->Nics; link = link->Flink) {
        PGUARDED_NIC nic = CONTAINING_RECORD(link, GUARDED_NIC, Link);

        if (nic->PortId == PortId && nic->NicIndex == NicIndex) {
            return nic;
        }
    }
    return NULL;
}

static VOID CopyAddress(PUCHAR To, const UCHAR* From, ULONG Length)
{
    RtlCopyMemory(To, From, Length);
}

/* The field of the switch has room for addresses of any medium; those of Ethernet fill a part. */
VOID SetAddress(PGUARDED_NIC Nic, PNDIS_SWITCH_NIC_PARAMETERS Parameters)
{
    ULONG length = HAS_FLAW(ADDRESS_TOO_LONG) ? sizeof(Parameters->CurrentMacAddress) : MAC_LENGTH;

    CopyAddress(Nic->Mac, Parameters->CurrentMacAddress, length);
}

PGUARDED_NIC AddGuardedNic(PSOURCE_GUARD Guard, PGUARDED_PORT Port,
                           PNDIS_SWITCH_NIC_PARAMETERS Parameters)
{
    PGUARDED_NIC nic = FindGuardedNic(Guard, Parameters->PortId, Parameters->NicIndex);

    if (nic == NULL) {
        nic = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*nic), EXTENSION_TAG);
        if (nic == NULL) {
            return NULL;
        }
        InsertTailList(&Guard->Nics, &nic->Link);
    }
    nic->PortId = Parameters->PortId;
    nic->NicIndex = Parameters->NicIndex;
    nic->Port = Port;
    nic->Mtu = Parameters->MTU;
    SetAddress(nic, Parameters);
    return nic;
}

VOID RemoveGuardedNic(PGUARDED_NIC Nic)
{
    RemoveEntryList(&Nic->Link);
    ExFreePoolWithTag(Nic, EXTENSION_TAG);
}

VOID RemoveAll(PSOURCE_GUARD Guard)
{
    while (!IsListEmpty(&Guard->Nics)) {
        RemoveGuardedNic(CONTAINING_RECORD(Guard->Nics.Flink, GUARDED_NIC, Link));
    }
    while (!IsListEmpty(&Guard->Ports)) {
        RemovePort(CONTAINING_RECORD(Guard->Ports.Flink, GUARDED_PORT, Link));
    }
    while (!IsListEmpty(&Guard->Exempt)) {
        EndExemption(CONTAINING_RECORD(Guard->Exempt.Flink, GUARDED_PORT, ExemptLink));
    }
}
