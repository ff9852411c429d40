// Pools of NBLs and of NET_BUFFERs. Nothing is kept in them: each NBL is memory of its own; the
// pool says how it is made and counts what is out.
// Pages: ndisallocatenetbufferlistpool, net_buffer_list_pool_parameters, ndisallocatenetbufferpool
// (nblapi).

#include "harness/ndis/nbl_memory.hpp"
#include "harness/ndis/ndis.hpp"

using namespace interlock;
using namespace interlock::harness;

namespace {

bool is_known(const NDIS_OBJECT_HEADER& header, std::size_t bytes_min) {
    return header.Type == NDIS_OBJECT_TYPE_DEFAULT && header.Revision >= 1 &&
           header.Size >= bytes_min;
}

NDIS_HANDLE make_pool(const NblPool& pool, std::uint32_t tag, NDIS_HANDLE made_for) {
    void* const memory = take_memory(sizeof(NblPool), tag, made_for);
    return memory ? new (memory) NblPool{pool} : nullptr;
}

/// What is still out is told as left behind. It stays what it is, and is of no pool.
void free_pool(std::string_view call, NDIS_HANDLE handle, std::uint32_t tag) {
    World&         here = enter(call, dispatch_level);
    NblPool* const pool = pool_at(handle, tag);
    if (!pool) return report_misuse(model::Misuse::bad_argument);
    if (pool->out > 0) {
        here.recorder.add({.call   = model::Call::Misused,
                           .module = here.kernel.current().module,
                           .count  = static_cast<std::uint16_t>(std::min(pool->out, 0xFFFFU)),
                           .flags  = static_cast<std::uint32_t>(model::Resource::pooled_nbl),
                           .detail = static_cast<std::uint32_t>(model::Misuse::leaked)});
    }
    give_memory_back(pool);
}

}  // namespace

extern "C" {

NDIS_HANDLE NdisAllocateNetBufferListPool(NDIS_HANDLE                      for_whom,
                                          PNET_BUFFER_LIST_POOL_PARAMETERS wanted) noexcept {
    enter("NdisAllocateNetBufferListPool", dispatch_level);
    constexpr auto bytes = NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1;
    if (!is_known(wanted->Header, bytes) || (wanted->DataSize > 0 && !wanted->fAllocateNetBuffer))
        return nullptr;
    if (world().faults.strike(FaultPoint("NdisAllocateNetBufferListPool"))) return nullptr;
    return make_pool({.data_bytes    = wanted->DataSize,
                      .context_bytes = wanted->ContextSize,
                      .with_buffer   = wanted->fAllocateNetBuffer != FALSE},
                     nbl_tag::list_pool, for_whom);
}

VOID NdisFreeNetBufferListPool(NDIS_HANDLE handle) noexcept {
    free_pool("NdisFreeNetBufferListPool", handle, nbl_tag::list_pool);
}

NDIS_HANDLE NdisAllocateNetBufferPool(NDIS_HANDLE                 for_whom,
                                      PNET_BUFFER_POOL_PARAMETERS wanted) noexcept {
    enter("NdisAllocateNetBufferPool", dispatch_level);
    if (!is_known(wanted->Header, NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1))
        return nullptr;
    if (world().faults.strike(FaultPoint("NdisAllocateNetBufferPool"))) return nullptr;
    return make_pool({.data_bytes = wanted->DataSize}, nbl_tag::buffer_pool, for_whom);
}

VOID NdisFreeNetBufferPool(NDIS_HANDLE handle) noexcept {
    free_pool("NdisFreeNetBufferPool", handle, nbl_tag::buffer_pool);
}

NDIS_HANDLE NdisGetPoolFromNetBufferList(PNET_BUFFER_LIST nbl) noexcept {
    check_irql(dispatch_level, "NdisGetPoolFromNetBufferList");
    return nbl->NdisPoolHandle;
}

NDIS_HANDLE NdisGetPoolFromNetBuffer(PNET_BUFFER buffer) noexcept {
    check_irql(dispatch_level, "NdisGetPoolFromNetBuffer");
    return buffer->NdisPoolHandle;
}

}  // extern "C"
