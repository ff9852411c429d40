/* MAC addresses, each with one possible place: a newer address takes the place of an older. */
#include "forwarder.h"

static PSTATION PlaceOf(PFORWARDER Forwarder, const UCHAR* Mac)
{
    ULONG hash = 0;
    ULONG index;

    for (index = 0; index < MAC_LENGTH; ++index) {
        hash = hash * 31 + Mac[index];
    }
    return &Forwarder->Stations[hash % STATION_COUNT];
}

PSTATION FindStation(PFORWARDER Forwarder, const UCHAR* Mac)
{
    PSTATION place = PlaceOf(Forwarder, Mac);

    return place->Incarnation != 0 && IsSameMac(place->Mac, Mac) ? place : NULL;
}

BOOLEAN IsStationAt(PFORWARDER Forwarder, const UCHAR* Mac, PNIC Nic)
{
    PSTATION station = FindStation(Forwarder, Mac);

    return station != NULL && station->PortId == Nic->PortId && station->NicIndex == Nic->NicIndex
        && station->Incarnation == Nic->Incarnation;
}

VOID LearnStation(PFORWARDER Forwarder, const UCHAR* Mac, PNIC Nic)
{
    PSTATION place = PlaceOf(Forwarder, Mac);

    RtlCopyMemory(place->Mac, Mac, MAC_LENGTH);
    place->PortId = Nic->PortId;
    place->NicIndex = Nic->NicIndex;
    place->Incarnation = Nic->Incarnation;
}

VOID ForgetStationsOf(PFORWARDER Forwarder, PNIC Nic)
{
    ULONG index;

    for (index = 0; index < STATION_COUNT; ++index) {
        PSTATION station = &Forwarder->Stations[index];

        if (station->PortId == Nic->PortId && station->NicIndex == Nic->NicIndex) {
            station->Incarnation = 0;
        }
    }
}
