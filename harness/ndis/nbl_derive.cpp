// NBLs that share the data of others: clones, fragments, and fragments put together again.
// Pages: ndisallocateclonenetbufferlist, ndisallocatefragmentnetbufferlist,
// ndisallocatereassemblednetbufferlist and their frees (nblapi).

#include <algorithm>

#include "harness/ndis/nbl_memory.hpp"
#include "harness/ndis/ndis.hpp"

using namespace interlock;
using namespace interlock::harness;

namespace {

/// Appends NET_BUFFERs to an NBL, in order.
class Buffers {
public:
    explicit Buffers(NET_BUFFER_LIST& nbl) : end(&nbl.FirstNetBuffer) {}

    void append(NET_BUFFER* buffer) {
        *end = buffer;
        end  = &buffer->Next;
    }

private:
    NET_BUFFER** end;
};

/// An NBL to derive into, and what was wrong if there is none.
Packet* begin_derived(FaultPoint call, NDIS_HANDLE list_pool) {
    if (world().faults.strike(call)) return nullptr;
    NblPool* const pool = pool_at(list_pool, nbl_tag::list_pool);
    if (list_pool && !pool) {
        report_misuse(model::Misuse::bad_argument);
        return nullptr;
    }
    return make_nbl(pool, 0, 0);
}

Packet* finished(Packet* packet, bool complete) {
    if (complete) return packet;
    unmake_nbl(*packet);
    return nullptr;
}

NET_BUFFER* clone_of(const NET_BUFFER& source, Parts& parts, ULONG flags) {
    const ULONG length = NET_BUFFER_DATA_LENGTH(&source);
    if (flags & NDIS_CLONE_FLAGS_USE_ORIGINAL_MDLS)
        return parts.buffer(NET_BUFFER_CURRENT_MDL(&source), NET_BUFFER_CURRENT_MDL_OFFSET(&source),
                            length);
    MDL* const chain = parts.shared(source, 0, length);
    return parts.complete() ? parts.buffer(chain, 0, length) : nullptr;
}

Packet* clone_into(Packet* packet, const NET_BUFFER_LIST& original, NDIS_HANDLE buffer_pool,
                   ULONG flags) {
    Parts   parts(packet->parts);
    Buffers buffers(*packet->nbl);
    for (const NET_BUFFER* from = original.FirstNetBuffer; from; from = from->Next) {
        NET_BUFFER* const buffer = clone_of(*from, parts, flags);
        if (!buffer) return finished(packet, false);
        buffer->NdisPoolHandle = buffer_pool;
        buffers.append(buffer);
    }
    return packet;
}

/// How much of the data goes where.
struct Cut {
    ULONG skip = 0, length_max = 0, delta = 0, fill = 0;
};

/// What a retreat took for those NET_BUFFERs is given back before they go.
void advance_all(NET_BUFFER_LIST& nbl, ULONG delta) {
    for (NET_BUFFER* buffer = nbl.FirstNetBuffer; buffer; buffer = buffer->Next)
        advance(*buffer, delta, true, nullptr);
}

bool cut_up(const NET_BUFFER& source, Parts& parts, Buffers& buffers, const Cut& cut) {
    const ULONG whole = NET_BUFFER_DATA_LENGTH(&source);
    for (ULONG at = cut.skip; at < whole; at += cut.length_max) {
        const ULONG       length = std::min(cut.length_max, whole - at);
        MDL* const        chain  = parts.shared(source, at, length);
        NET_BUFFER* const buffer = parts.complete() ? parts.buffer(chain, 0, length) : nullptr;
        if (!buffer || retreat(*buffer, cut.delta, cut.fill, nullptr) != NDIS_STATUS_SUCCESS)
            return false;
        buffers.append(buffer);
    }
    return true;
}

Packet* cut_into(Packet* packet, const NET_BUFFER_LIST& original, const Cut& cut) {
    Parts   parts(packet->parts);
    Buffers buffers(*packet->nbl);
    for (const NET_BUFFER* from = original.FirstNetBuffer; from; from = from->Next) {
        if (cut_up(*from, parts, buffers, cut)) continue;
        advance_all(*packet->nbl, cut.delta);
        return finished(packet, false);
    }
    return packet;
}

Packet* join_into(Packet* packet, const NET_BUFFER_LIST& fragments, const Cut& cut) {
    Parts parts(packet->parts);
    MDL*  chain  = nullptr;
    MDL** end    = &chain;
    ULONG length = 0;
    for (const NET_BUFFER* from = fragments.FirstNetBuffer; from; from = from->Next) {
        const ULONG whole = NET_BUFFER_DATA_LENGTH(from);
        if (whole <= cut.skip) continue;
        *end = parts.shared(*from, cut.skip, whole - cut.skip);
        length += whole - cut.skip;
        while (*end)
            end = &(*end)->Next;
    }
    NET_BUFFER* const buffer = parts.complete() ? parts.buffer(chain, 0, length) : nullptr;
    if (!buffer || retreat(*buffer, cut.delta, cut.fill, nullptr) != NDIS_STATUS_SUCCESS)
        return finished(packet, false);
    packet->nbl->FirstNetBuffer = buffer;
    return packet;
}

Packet* packet_of(const NET_BUFFER_LIST* nbl) {
    return world().ndis->packets().find(nbl);
}

/// Gives the header space back that was taken with the NBL.
void free_derived(NET_BUFFER_LIST* nbl, ULONG delta, Making making) {
    const Packet* const packet = packet_of(nbl);
    if (packet && packet->alive && packet->making == making && packet->way == Way::none)
        advance_all(*nbl, delta);
    free_nbl(nbl, making);
}

}  // namespace

extern "C" {

PNET_BUFFER_LIST NdisAllocateCloneNetBufferList(PNET_BUFFER_LIST original, NDIS_HANDLE list_pool,
                                                NDIS_HANDLE buffer_pool, ULONG flags) noexcept {
    MakingCall    call(model::Call::NdisAllocateCloneNetBufferList, packet_of(original));
    constexpr FaultPoint point("NdisAllocateCloneNetBufferList");
    Packet* const        packet = begin_derived(point, list_pool);
    return call.left(packet ? clone_into(packet, *original, buffer_pool, flags) : nullptr,
                     Making::cloned);
}

VOID NdisFreeCloneNetBufferList(PNET_BUFFER_LIST clone, ULONG) noexcept {
    free_nbl(clone, Making::cloned);
}

PNET_BUFFER_LIST NdisAllocateFragmentNetBufferList(PNET_BUFFER_LIST original, NDIS_HANDLE list_pool,
                                                   NDIS_HANDLE, ULONG skip, ULONG length_max,
                                                   ULONG delta, ULONG fill, ULONG) noexcept {
    MakingCall call(model::Call::NdisAllocateCloneNetBufferList, packet_of(original));
    constexpr FaultPoint point("NdisAllocateFragmentNetBufferList");
    Packet*              packet = length_max > 0 ? begin_derived(point, list_pool) : nullptr;
    if (packet) packet = cut_into(packet, *original, {skip, length_max, delta, fill});
    return call.left(packet, Making::fragmented);
}

VOID NdisFreeFragmentNetBufferList(PNET_BUFFER_LIST fragment, ULONG delta, ULONG) noexcept {
    free_derived(fragment, delta, Making::fragmented);
}

PNET_BUFFER_LIST NdisAllocateReassembledNetBufferList(PNET_BUFFER_LIST fragments,
                                                      NDIS_HANDLE list_pool, ULONG skip,
                                                      ULONG delta, ULONG fill, ULONG) noexcept {
    MakingCall call(model::Call::NdisAllocateCloneNetBufferList, packet_of(fragments));
    constexpr FaultPoint point("NdisAllocateReassembledNetBufferList");
    Packet*              packet = begin_derived(point, list_pool);
    if (packet)
        packet = join_into(packet, *fragments, {.skip = skip, .delta = delta, .fill = fill});
    return call.left(packet, Making::reassembled);
}

VOID NdisFreeReassembledNetBufferList(PNET_BUFFER_LIST nbl, ULONG delta, ULONG) noexcept {
    free_derived(nbl, delta, Making::reassembled);
}

}  // extern "C"
