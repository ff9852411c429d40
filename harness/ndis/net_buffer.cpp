// NET_BUFFERs that an extension allocates apart from their NBL, and MDLs.
// Pages: ndisallocatenetbuffer, ndisallocatenetbuffermdlanddata, ndisfreenetbuffer,
// ndisallocatemdl, ndisfreemdl (nblapi, mdlapi).

#include "harness/ndis/nbl_memory.hpp"

using namespace interlock;
using namespace interlock::harness;

namespace {

/// What came with a NET_BUFFER: its MDL and the data, which go with it.
PVOID& part_of(NET_BUFFER& buffer, int which) {
    return buffer.NdisReserved[which];
}

NET_BUFFER* take_buffer(NblPool& pool) {
    auto* const buffer = static_cast<NET_BUFFER*>(take_memory(sizeof(NET_BUFFER), nbl_tag::buffer));
    if (!buffer) return nullptr;
    buffer->NdisPoolHandle = &pool;
    ++pool.out;
    return buffer;
}

void give_back(NET_BUFFER& buffer) {
    for (const int which : {0, 1})
        if (void* const part = part_of(buffer, which)) give_memory_back(part);
    if (NblPool* const pool = pool_at(buffer.NdisPoolHandle, nbl_tag::buffer_pool)) --pool->out;
    give_memory_back(&buffer);
}

NblPool* pool_or_misuse(NDIS_HANDLE handle) {
    NblPool* const pool = pool_at(handle, nbl_tag::buffer_pool);
    if (!pool) report_misuse(model::Misuse::bad_argument);
    return pool;
}

MDL* take_mdl(std::uint32_t tag, void* address, ULONG bytes, NDIS_HANDLE made_for = nullptr) {
    auto* const mdl = static_cast<MDL*>(take_memory(sizeof(MDL), tag, made_for));
    if (mdl) describe_mdl(*mdl, address, bytes);
    return mdl;
}

bool add_data(NET_BUFFER& buffer, ULONG bytes) {
    void* const data   = take_memory(bytes, nbl_tag::part);
    MDL* const  mdl    = data ? take_mdl(nbl_tag::part, data, bytes) : nullptr;
    part_of(buffer, 0) = mdl;
    part_of(buffer, 1) = data;
    if (mdl) lay_out(buffer, mdl, bytes, 0);  // All of it is there to retreat into.
    return mdl != nullptr;
}

}  // namespace

extern "C" {

PNET_BUFFER NdisAllocateNetBuffer(NDIS_HANDLE handle, PMDL chain, ULONG offset,
                                  SIZE_T length) noexcept {
    enter("NdisAllocateNetBuffer", dispatch_level);
    NblPool* const    pool   = pool_or_misuse(handle);
    const bool        fails  = world().faults.strike(FaultPoint("NdisAllocateNetBuffer"));
    NET_BUFFER* const buffer = pool && !fails ? take_buffer(*pool) : nullptr;
    if (buffer) lay_out(*buffer, chain, offset, static_cast<ULONG>(length));
    return buffer;
}

PNET_BUFFER NdisAllocateNetBufferMdlAndData(NDIS_HANDLE handle) noexcept {
    enter("NdisAllocateNetBufferMdlAndData", dispatch_level);
    NblPool* const pool = pool_or_misuse(handle);
    if (world().faults.strike(FaultPoint("NdisAllocateNetBufferMdlAndData"))) return nullptr;
    NET_BUFFER* const buffer = pool && pool->data_bytes > 0 ? take_buffer(*pool) : nullptr;
    if (!buffer || add_data(*buffer, pool->data_bytes)) return buffer;
    give_back(*buffer);
    return nullptr;
}

VOID NdisFreeNetBuffer(PNET_BUFFER buffer) noexcept {
    enter("NdisFreeNetBuffer", dispatch_level);
    if (is_of(buffer, nbl_tag::buffer)) return give_back(*buffer);
    const bool part = is_of(buffer, nbl_tag::part);  // It goes with its NBL, and not alone.
    report_misuse(part ? model::Misuse::freed_as_another_kind : model::Misuse::freed_twice);
}

PMDL NdisAllocateMdl(NDIS_HANDLE for_whom, PVOID address, ULONG bytes) noexcept {
    World& here = enter("NdisAllocateMdl", dispatch_level);
    if (here.faults.strike(FaultPoint("NdisAllocateMdl"))) return nullptr;
    return take_mdl(nbl_tag::mdl, address, bytes, for_whom);
}

VOID NdisFreeMdl(PMDL mdl) noexcept {
    enter("NdisFreeMdl", dispatch_level);
    if (is_of(mdl, nbl_tag::mdl)) return give_memory_back(mdl);
    const bool known = world().memory.find(mdl) != nullptr;
    report_misuse(known ? model::Misuse::freed_as_another_kind : model::Misuse::freed_twice);
}

}  // extern "C"
