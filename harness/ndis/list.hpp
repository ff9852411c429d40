#pragma once

// Lists of NBLs, linked by Next, and the flags that travel with them.

#include <cstddef>

#include <ndis.h>

namespace interlock::harness {

/// Builds a list in order.
class Chain {
public:
    void append(NET_BUFFER_LIST* nbl) {
        nbl->Next = nullptr;
        *tail     = nbl;
        tail      = &nbl->Next;
    }
    NET_BUFFER_LIST* first() const {
        return head;
    }

    Chain()                        = default;
    Chain(const Chain&)            = delete;
    Chain& operator=(const Chain&) = delete;

private:
    NET_BUFFER_LIST*  head = nullptr;
    NET_BUFFER_LIST** tail = &head;
};

inline std::size_t count(const NET_BUFFER_LIST* list) {
    std::size_t nbls = 0;
    for (; list; list = list->Next)
        ++nbls;
    return nbls;
}

/// Calls `each` for every NBL; it may relink or give away the one it is given.
template <typename Each>
void for_each(NET_BUFFER_LIST* list, Each each) {
    while (list) {
        NET_BUFFER_LIST* const next = list->Next;
        each(list);
        list = next;
    }
}

/// The same facts as completion flags. Source: send-complete and receive flags of
/// hyper-v-extensible-switch-send-and-receive-flags.
inline ULONG complete_flags_of(ULONG send_flags) {
    ULONG flags = 0;
    if (send_flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL)
        flags |= NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL;
    if (send_flags & NDIS_SEND_FLAGS_SWITCH_SINGLE_SOURCE) {
        flags |= NDIS_SEND_COMPLETE_FLAGS_SWITCH_SINGLE_SOURCE;
    }
    return flags;
}

inline ULONG return_flags_of(ULONG receive_flags) {
    ULONG flags = 0;
    if (receive_flags & NDIS_RECEIVE_FLAGS_DISPATCH_LEVEL)
        flags |= NDIS_RETURN_FLAGS_DISPATCH_LEVEL;
    if (receive_flags & NDIS_RECEIVE_FLAGS_SWITCH_SINGLE_SOURCE) {
        flags |= NDIS_RETURN_FLAGS_SWITCH_SINGLE_SOURCE;
    }
    return flags;
}

}  // namespace interlock::harness
