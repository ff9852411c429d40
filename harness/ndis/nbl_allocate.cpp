// NBLs of an extension's own, and their contexts. Pages: ndisallocatenetbufferlist,
// ndisallocatenetbufferandnetbufferlist, ndisfreenetbufferlist, ndisallocatenetbufferlistcontext,
// net_buffer_list_context (nblapi, nbl).

#include <algorithm>

#include "harness/ndis/nbl_memory.hpp"
#include "harness/ndis/ndis.hpp"

namespace interlock::harness {
namespace {

NET_BUFFER_LIST_CONTEXT* put_context(NET_BUFFER_LIST& nbl, void* memory, ULONG used, ULONG fill) {
    if (!memory) return nullptr;
    auto* const context = static_cast<NET_BUFFER_LIST_CONTEXT*>(memory);
    context->Size       = static_cast<USHORT>(used + fill);
    context->Offset     = static_cast<USHORT>(fill);
    context->Next       = nbl.Context;
    nbl.Context         = context;
    return context;
}

constexpr ULONG context_bytes_max = 0xFFFF;

std::size_t bytes_with(ULONG used, ULONG fill) {
    return sizeof(NET_BUFFER_LIST_CONTEXT) + used + fill;
}

}  // namespace

Packet* make_nbl(NblPool* pool, ULONG context_bytes, ULONG context_fill) {
    Ndis&       ndis   = *world().ndis;
    void* const memory = take_memory(sizeof(NET_BUFFER_LIST), nbl_tag::list);
    if (!memory) return nullptr;
    auto* const nbl     = static_cast<NET_BUFFER_LIST*>(memory);
    nbl->NdisPoolHandle = pool;
    if (pool) ++pool->out;
    const model::ModuleId maker  = world().kernel.current().module;
    Packet&               packet = ndis.packets().remember(nbl, ndis.next_object(), maker);
    if (maker < ndis.stack().size()) ndis.stack()[maker].makes_packets = true;
    if (pool) context_fill = std::max<ULONG>(context_fill, pool->context_bytes);
    if (context_bytes + context_fill == 0) return &packet;
    Parts       parts(packet.parts);
    void* const context = parts.take(bytes_with(context_bytes, context_fill));
    if (put_context(*nbl, context, context_bytes, context_fill)) return &packet;
    unmake_nbl(packet);
    return nullptr;
}

void unmake_nbl(Packet& packet) {
    for (void* const part : packet.parts)
        give_memory_back(part);
    packet.parts.clear();
    const NDIS_HANDLE pool = packet.nbl->NdisPoolHandle;
    if (NblPool* const from = pool_at(pool, nbl_tag::list_pool)) --from->out;
    give_memory_back(packet.nbl);
    if (packet.original) world().ndis->packets().lose_clone(*packet.original);
    world().ndis->packets().take_back(packet);
}

MakingCall::MakingCall(model::Call call, Packet* made_from)
    : event{.call   = call,
            .module = world().kernel.current().module,
            .parent = made_from ? made_from->id : 0},
      original(made_from) {
    arrive(world(), call, dispatch_level);
    if (original) original->cloned = true;
    world().recorder.add(event);
}

NET_BUFFER_LIST* MakingCall::left(Packet* packet, Making making) {
    event.phase  = model::Phase::leave;
    event.object = packet ? packet->id : 0;
    event.status = static_cast<model::Status>(packet ? NDIS_STATUS_SUCCESS : NDIS_STATUS_RESOURCES);
    world().recorder.add(event);
    if (!packet) return nullptr;
    packet->making = making;
    packet->parent = event.parent;
    if (original) world().ndis->packets().gain_clone(*original, *packet);
    return packet->nbl;
}

namespace {

/// What is under way or somebody else's is not freed: the judge tells of it, and nobody else is to
/// fall over it.
bool may_free(const Packet& packet) {
    return packet.maker != model::host_module && packet.maker == world().kernel.current().module &&
           packet.holder == packet.maker && packet.way == Way::none;
}

}  // namespace

void free_nbl(NET_BUFFER_LIST* nbl, Making making) {
    World&         here = world();
    constexpr auto call = model::Call::NdisFreeNetBufferList;
    arrive(here, call, dispatch_level);
    Packet* const packet = here.ndis->packets().find(nbl);
    if (!packet) return report_misuse(model::Misuse::bad_argument);
    if (!packet->alive) return report_misuse(model::Misuse::freed_twice);
    model::Event event{.call = call, .module = here.kernel.current().module, .object = packet->id};
    here.recorder.add(event);
    const bool fits = packet->making == making || packet->making == Making::by_switch;
    if (!fits) report_misuse(model::Misuse::freed_as_another_kind);
    if (may_free(*packet)) {
        here.ndis->both_ends().forget_ends_of(*packet);
        unmake_nbl(*packet);
    }
    event.phase = model::Phase::leave;
    here.recorder.add(event);
}

namespace {

/// With a NET_BUFFER if the pool says so, and with data if the pool says that.
bool add_buffer(Packet& packet, const NblPool& pool, MDL* chain, ULONG offset, ULONG length) {
    Parts parts(packet.parts);
    if (pool.data_bytes > 0) {
        chain  = parts.mdl_with_data(pool.data_bytes);
        offset = pool.data_bytes;  // All of it is there to retreat into.
    }
    packet.nbl->FirstNetBuffer = parts.buffer(chain, offset, length);
    return parts.complete();
}

Packet* made_from(NDIS_HANDLE handle, ULONG context_bytes, ULONG context_fill) {
    NblPool* const pool = pool_at(handle, nbl_tag::list_pool);
    if (!pool) report_misuse(model::Misuse::bad_argument);
    if (!pool || world().faults.strike(FaultPoint("NdisAllocateNetBufferList"))) return nullptr;
    return make_nbl(pool, context_bytes, context_fill);
}

Packet* or_unmade(Packet* packet, bool complete) {
    if (complete) return packet;
    unmake_nbl(*packet);
    return nullptr;
}

}  // namespace
}  // namespace interlock::harness

using namespace interlock;
using namespace interlock::harness;

extern "C" {

PNET_BUFFER_LIST NdisAllocateNetBufferList(NDIS_HANDLE handle, USHORT context_bytes,
                                           USHORT context_fill) noexcept {
    MakingCall     call(model::Call::NdisAllocateNetBufferList, nullptr);
    Packet*        packet = made_from(handle, context_bytes, context_fill);
    const NblPool* pool   = pool_at(handle, nbl_tag::list_pool);
    if (packet && pool->with_buffer)
        packet = or_unmade(packet, add_buffer(*packet, *pool, nullptr, 0, 0));
    return call.left(packet, Making::allocated);
}

PNET_BUFFER_LIST NdisAllocateNetBufferAndNetBufferList(NDIS_HANDLE handle, USHORT context_bytes,
                                                       USHORT context_fill, PMDL chain,
                                                       ULONG offset, SIZE_T length) noexcept {
    MakingCall     call(model::Call::NdisAllocateNetBufferList, nullptr);
    const NblPool* pool = pool_at(handle, nbl_tag::list_pool);
    const bool     fits = pool && pool->with_buffer && pool->data_bytes == 0;
    if (!fits) report_misuse(model::Misuse::bad_argument);
    constexpr FaultPoint point("NdisAllocateNetBufferAndNetBufferList");
    Packet*              packet = nullptr;
    if (fits && !world().faults.strike(point))
        packet = make_nbl(pool_at(handle, nbl_tag::list_pool), context_bytes, context_fill);
    if (packet)
        packet = or_unmade(packet,
                           add_buffer(*packet, *pool, chain, offset, static_cast<ULONG>(length)));
    return call.left(packet, Making::allocated);
}

VOID NdisFreeNetBufferList(PNET_BUFFER_LIST nbl) noexcept {
    free_nbl(nbl, Making::allocated);
}

NDIS_STATUS NdisAllocateNetBufferListContext(PNET_BUFFER_LIST nbl, USHORT context_bytes,
                                             USHORT context_fill, ULONG) noexcept {
    enter("NdisAllocateNetBufferListContext", dispatch_level);
    NET_BUFFER_LIST_CONTEXT* const first = nbl->Context;
    if (first && first->Offset >= context_bytes) {
        first->Offset = static_cast<USHORT>(first->Offset - context_bytes);
        return NDIS_STATUS_SUCCESS;
    }
    if (context_bytes + context_fill > static_cast<int>(context_bytes_max))
        return NDIS_STATUS_FAILURE;
    constexpr FaultPoint point("NdisAllocateNetBufferListContext");
    if (const Failure* fault = world().faults.strike(point)) return fault->status;
    void* const memory = take_memory(bytes_with(context_bytes, context_fill), nbl_tag::context);
    return put_context(*nbl, memory, context_bytes, context_fill) ? NDIS_STATUS_SUCCESS
                                                                  : NDIS_STATUS_RESOURCES;
}

VOID NdisFreeNetBufferListContext(PNET_BUFFER_LIST nbl, USHORT context_bytes) noexcept {
    enter("NdisFreeNetBufferListContext", dispatch_level);
    NET_BUFFER_LIST_CONTEXT* const first = nbl->Context;
    if (!first || first->Offset + context_bytes > first->Size)
        return report_misuse(model::Misuse::bad_argument);
    first->Offset = static_cast<USHORT>(first->Offset + context_bytes);
    if (first->Offset < first->Size || !is_of(first, nbl_tag::context)) return;
    nbl->Context = first->Next;
    give_memory_back(first);
}

}  // extern "C"
