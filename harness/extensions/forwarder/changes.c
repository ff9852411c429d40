/*
 * Changes of NICs. One way is to make them at once; the other to queue them, so that notifications
 * are short, and to make them when the table is looked at.
 */
#include "forwarder.h"

static BOOLEAN AreChangesQueued(VOID)
{
    return HAS_FLAW(CHANGES_REVERSED) || HAS_FLAW(NONE_CHANGES_QUEUED);
}

static VOID MakeChange(PFORWARDER Forwarder, PNIC Nic, BOOLEAN IsConnected)
{
    if (IsConnected) {
        ConnectNic(Forwarder, Nic);
    } else {
        DisconnectNic(Forwarder, Nic);
    }
}

VOID ChangeNic(PFORWARDER Forwarder, PNIC Nic, BOOLEAN IsConnected)
{
    PNIC_CHANGE change = NULL;

    if (AreChangesQueued()) {
        change = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*change), EXTENSION_TAG);
    }
    if (change == NULL) {
        ApplyChanges(Forwarder);
        MakeChange(Forwarder, Nic, IsConnected);
        return;
    }
    change->PortId = Nic->PortId;
    change->NicIndex = Nic->NicIndex;
    change->IsConnected = IsConnected;
    change->Before = Forwarder->LastChange;
    Forwarder->LastChange = change;
}

/* They are queued the last one first. */
static PNIC_CHANGE FirstOneFirst(PNIC_CHANGE Last)
{
    PNIC_CHANGE first = NULL;

    while (Last != NULL) {
        PNIC_CHANGE before = Last->Before;

        Last->Before = first;
        first = Last;
        Last = before;
    }
    return first;
}

VOID ApplyChanges(PFORWARDER Forwarder)
{
    PNIC_CHANGE change = HAS_FLAW(CHANGES_REVERSED) ? Forwarder->LastChange
                                                    : FirstOneFirst(Forwarder->LastChange);

    Forwarder->LastChange = NULL;
    while (change != NULL) {
        PNIC_CHANGE next = change->Before;
        PNIC nic = FindNic(Forwarder, change->PortId, change->NicIndex);

        if (nic != NULL) {
            MakeChange(Forwarder, nic, change->IsConnected);
        }
        ExFreePoolWithTag(change, EXTENSION_TAG);
        change = next;
    }
}

VOID LockUpToDate(PFORWARDER Forwarder, PLOCK_STATE_EX LockState)
{
    if (!AreChangesQueued()) {
        NdisAcquireRWLockRead(Forwarder->Lock, LockState, 0);
        return;
    }
    NdisAcquireRWLockWrite(Forwarder->Lock, LockState, 0);
    ApplyChanges(Forwarder);
}
