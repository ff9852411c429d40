/*
 * Where a packet goes. Choice and commit are one step under the lock: a notification
 * that ends the right to name a NIC takes the lock for writing before it goes down.
 */
#include "forwarder.h"

typedef struct _ROUTE {
    NDIS_SWITCH_PORT_ID SourcePortId;
    NDIS_SWITCH_NIC_INDEX SourceNicIndex;
    UCHAR SourceMac[MAC_LENGTH];
    UCHAR DestinationMac[MAC_LENGTH];
    BOOLEAN IsForAll;
} ROUTE, *PROUTE;

/* A packet whose frames do not agree on one station goes everywhere. */
static BOOLEAN ReadRoute(PNET_BUFFER_LIST NetBufferList, PROUTE Route)
{
    PNDIS_SWITCH_FORWARDING_DETAIL_NET_BUFFER_LIST_INFO detail =
        NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(NetBufferList);
    PNET_BUFFER first = NET_BUFFER_LIST_FIRST_NB(NetBufferList);
    PNET_BUFFER netBuffer;
    FRAME frame;

    if (first == NULL || !ReadFrame(first, &frame)) {
        return FALSE;
    }
    Route->SourcePortId = detail->SourcePortId;
    Route->SourceNicIndex = (NDIS_SWITCH_NIC_INDEX)detail->SourceNicIndex;
    RtlCopyMemory(Route->SourceMac, frame.Source, MAC_LENGTH);
    RtlCopyMemory(Route->DestinationMac, frame.Destination, MAC_LENGTH);
    Route->IsForAll = IsGroupAddress(frame.Destination);

    for (netBuffer = NET_BUFFER_NEXT_NB(first); netBuffer != NULL;
         netBuffer = NET_BUFFER_NEXT_NB(netBuffer)) {
        if (!ReadFrame(netBuffer, &frame)) {
            return FALSE;
        }
        if (!IsSameMac(frame.Destination, Route->DestinationMac)) {
            Route->IsForAll = TRUE;
        }
    }
    return TRUE;
}

static VOID LearnSource(PFORWARDER Forwarder, const ROUTE* Route)
{
    LOCK_STATE_EX lockState;
    PNIC nic;

    NdisAcquireRWLockWrite(Forwarder->Lock, &lockState, 0);
    nic = FindNic(Forwarder, Route->SourcePortId, Route->SourceNicIndex);
    if (nic != NULL && nic->IsConnected) {
        LearnStation(Forwarder, Route->SourceMac, nic);
    }
    NdisReleaseRWLock(Forwarder->Lock, &lockState);
}

static BOOLEAN IsSourceNew(PFORWARDER Forwarder, const ROUTE* Route)
{
    PNIC nic = FindNic(Forwarder, Route->SourcePortId, Route->SourceNicIndex);

    return nic != NULL && nic->IsConnected && !IsGroupAddress(Route->SourceMac)
        && !IsStationAt(Forwarder, Route->SourceMac, nic);
}

static BOOLEAN IsFloodTarget(PFORWARDER Forwarder, PNIC Nic, const ROUTE* Route)
{
    if (!Nic->IsConnected || Nic->PortId == Route->SourcePortId) {
        return FALSE;
    }
    return Nic->IsExternal ? Nic == FindUplink(Forwarder, Nic->PortId) : Nic->NicIndex == 0;
}

/* The NIC that a station is known behind; NULL if it is to be searched everywhere. */
static PNIC FindNicOfStation(PFORWARDER Forwarder, const UCHAR* Mac)
{
    PSTATION station = FindStation(Forwarder, Mac);
    PNIC nic = station == NULL ? NULL : FindNic(Forwarder, station->PortId, station->NicIndex);

    if (nic == NULL || nic->Incarnation != station->Incarnation) {
        return NULL;
    }
    return nic->IsConnected || HAS_FLAW(DISCONNECT_IGNORED) ? nic : NULL;
}

/* The destination array with room for Count more, or NULL. */
static PNDIS_SWITCH_FORWARDING_DESTINATION_ARRAY MakeRoom(PFILTER_MODULE Module,
                                                          PNET_BUFFER_LIST NetBufferList,
                                                          UINT32 Count)
{
    PNDIS_SWITCH_FORWARDING_DETAIL_NET_BUFFER_LIST_INFO detail =
        NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(NetBufferList);
    PNDIS_SWITCH_FORWARDING_DESTINATION_ARRAY destinations = NULL;

    if (detail->NumAvailableDestinations < Count) {
        NDIS_STATUS status = Module->SwitchHandlers.GrowNetBufferListDestinations(
            Module->SwitchContext, NetBufferList, Count, &destinations);

        return status == NDIS_STATUS_SUCCESS ? destinations : NULL;
    }
    Module->SwitchHandlers.GetNetBufferListDestinations(Module->SwitchContext, NetBufferList,
                                                        &destinations);
    return destinations;
}

static VOID SetDestination(PNDIS_SWITCH_PORT_DESTINATION Destination, PNIC Nic)
{
    RtlZeroMemory(Destination, sizeof(*Destination));
    Destination->PortId = Nic->PortId;
    Destination->NicIndex = Nic->NicIndex;
    Destination->PreserveVLAN = TRUE;
    Destination->PreservePriority = TRUE;
}

static BOOLEAN CommitOne(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList, PNIC Nic)
{
    NDIS_SWITCH_PORT_DESTINATION destination;

    if (MakeRoom(Module, NetBufferList, 1) == NULL) {
        return FALSE;
    }
    SetDestination(&destination, Nic);
    return Module->SwitchHandlers.AddNetBufferListDestination(
               Module->SwitchContext, NetBufferList, &destination) == NDIS_STATUS_SUCCESS;
}

/* The right to name the NIC may end between the lookup and the commit. */
static BOOLEAN CommitAfterTheLock(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList,
                                  const ROUTE* Route)
{
    PFORWARDER forwarder = ForwarderOf(Module);
    LOCK_STATE_EX lockState;
    NIC copy;
    PNIC nic;

    NdisAcquireRWLockRead(forwarder->Lock, &lockState, 0);
    nic = Route->IsForAll ? NULL : FindNicOfStation(forwarder, Route->DestinationMac);
    if (nic != NULL) {
        copy = *nic;
    }
    NdisReleaseRWLock(forwarder->Lock, &lockState);
    return nic != NULL && !copy.IsExternal && copy.PortId != Route->SourcePortId
        && CommitOne(Module, NetBufferList, &copy);
}

static UINT32 CountFloodTargets(PFORWARDER Forwarder, const ROUTE* Route)
{
    PLIST_ENTRY link;
    UINT32 count = 0;

    for (link = Forwarder->Nics.Flink; link != &Forwarder->Nics; link = link->Flink) {
        count += IsFloodTarget(Forwarder, CONTAINING_RECORD(link, NIC, Link), Route);
    }
    return count;
}

static BOOLEAN CommitAll(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList, const ROUTE* Route)
{
    PFORWARDER forwarder = ForwarderOf(Module);
    UINT32 count = CountFloodTargets(forwarder, Route);
    PNDIS_SWITCH_FORWARDING_DESTINATION_ARRAY destinations;
    PLIST_ENTRY link;
    UINT32 next;

    if (count == 0) {
        return FALSE;
    }
    destinations = MakeRoom(Module, NetBufferList, count);
    if (destinations == NULL) {
        return FALSE;
    }
    next = destinations->NumDestinations;
    for (link = forwarder->Nics.Flink; link != &forwarder->Nics; link = link->Flink) {
        PNIC nic = CONTAINING_RECORD(link, NIC, Link);

        if (IsFloodTarget(forwarder, nic, Route)) {
            SetDestination(NDIS_SWITCH_PORT_DESTINATION_AT_ARRAY_INDEX(destinations, next), nic);
            ++next;
        }
    }
    return Module->SwitchHandlers.UpdateNetBufferListDestinations(
               Module->SwitchContext, NetBufferList, count, destinations) == NDIS_STATUS_SUCCESS;
}

static BOOLEAN CommitRoute(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList,
                           const ROUTE* Route)
{
    PFORWARDER forwarder = ForwarderOf(Module);
    PNIC nic = Route->IsForAll ? NULL : FindNicOfStation(forwarder, Route->DestinationMac);

    if (nic == NULL) {
        return CommitAll(Module, NetBufferList, Route);
    }
    if (nic->PortId == Route->SourcePortId) {
        return FALSE;
    }
    if (nic->IsExternal && nic->NicIndex == 0) {
        nic = FindUplink(forwarder, nic->PortId);
    }
    return nic != NULL && CommitOne(Module, NetBufferList, nic);
}

BOOLEAN CommitDestinations(PFILTER_MODULE Module, PNET_BUFFER_LIST NetBufferList)
{
    PFORWARDER forwarder = ForwarderOf(Module);
    LOCK_STATE_EX lockState;
    ROUTE route;
    BOOLEAN isCommitted;
    BOOLEAN isSourceNew;

    if (!ReadRoute(NetBufferList, &route)) {
        return FALSE;
    }
    if (HAS_FLAW(UNLOCKED_THEN_USED) && CommitAfterTheLock(Module, NetBufferList, &route)) {
        return TRUE;
    }
    LockUpToDate(forwarder, &lockState);
    isCommitted = CommitRoute(Module, NetBufferList, &route);
    isSourceNew = IsSourceNew(forwarder, &route);
    NdisReleaseRWLock(forwarder->Lock, &lockState);

    if (isSourceNew) {
        LearnSource(forwarder, &route);
    }
    return isCommitted;
}
