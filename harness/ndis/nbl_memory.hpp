#pragma once

// What the functions for NBLs, NET_BUFFERs and the data in them have in common: pools, and memory
// that goes with an NBL. Each piece is an allocation of its own, charged to the extension, so that
// its bounds are exact and what is left at unload is seen.

#include <new>

#include "harness/ddi/ddi.hpp"
#include "harness/ndis/packet.hpp"

namespace interlock::harness {

/// What stands behind the handle of a NET_BUFFER_LIST pool or of a NET_BUFFER pool.
struct NblPool {
    std::uint32_t data_bytes    = 0;  // Of the data that comes with each NET_BUFFER.
    std::uint16_t context_bytes = 0;  // Of the NET_BUFFER_LIST_CONTEXT that comes with each NBL.
    bool          with_buffer   = false;
    std::uint32_t out           = 0;  // NBLs or NET_BUFFERs that are allocated from it.
};

namespace nbl_tag {
inline constexpr std::uint32_t list_pool   = tag_of("NblP");
inline constexpr std::uint32_t buffer_pool = tag_of("NbPl");
inline constexpr std::uint32_t list        = tag_of("Nbl ");
inline constexpr std::uint32_t part        = tag_of("NblX");  // Goes with its NBL.
inline constexpr std::uint32_t buffer      = tag_of("Nb  ");
inline constexpr std::uint32_t context     = tag_of("NblC");  // Of NdisAllocateNetBufferListContext
inline constexpr std::uint32_t mdl         = ndis_mdl_tag;
inline constexpr std::uint32_t retreat     = tag_of("NdRt");  // MDLs and data of a retreat
}  // namespace nbl_tag

/// @return memory charged to whoever runs; cleared; nullptr when there is none.
void* take_memory(std::size_t bytes, std::uint32_t tag, NDIS_HANDLE made_for = nullptr);
void  give_memory_back(void* memory);

/// Whether `memory` is an allocation of that tag.
bool is_of(const void* memory, std::uint32_t tag);

/// The pool behind a handle, as long as it is one.
inline NblPool* pool_at(NDIS_HANDLE handle, std::uint32_t tag) {
    return handle && is_of(handle, tag) ? static_cast<NblPool*>(handle) : nullptr;
}

/// An MDL that describes these bytes; mapped, as all non-paged memory is.
void describe_mdl(MDL& mdl, void* address, ULONG bytes);

/// The bytes of an MDL.
inline std::uint8_t* bytes_of(const MDL& mdl) {
    return static_cast<std::uint8_t*>(mdl.MappedSystemVa ? mdl.MappedSystemVa
                                                         : MmGetMdlVirtualAddress(&mdl));
}

/// Points a NET_BUFFER at `length` bytes, `offset` bytes into an MDL chain.
void lay_out(NET_BUFFER& buffer, MDL* chain, ULONG offset, ULONG length);

/// Puts CurrentMdl and CurrentMdlOffset where DataOffset says.
void find_current(NET_BUFFER& buffer);

/// Parts of one NBL that is being made. When one of them cannot be had, all are given back.
class Parts {
public:
    explicit Parts(std::vector<void*>& of_the_nbl) : parts(of_the_nbl) {}

    void*       take(std::size_t bytes);
    NET_BUFFER* buffer(MDL* chain, ULONG offset, ULONG length);
    MDL*        mdl(void* address, ULONG bytes);
    MDL*        mdl_with_data(ULONG bytes);

    /// MDLs that describe `length` bytes of `source`, from `skip` bytes into its data on.
    MDL* shared(const NET_BUFFER& source, ULONG skip, ULONG length);

    bool complete() const {
        return !failed;
    }

private:
    std::vector<void*>& parts;
    bool                failed = false;
};

/// An NBL with its context, and with nothing else; not announced to the judge.
/// @param pool  may be nullptr: then it is of no pool. @return nullptr when there is no memory.
Packet* make_nbl(NblPool* pool, ULONG context_bytes, ULONG context_fill);

/// The opposite: NBL, context and parts.
void unmake_nbl(Packet& packet);

/// A call that makes an NBL: its events.
class MakingCall {
public:
    MakingCall(model::Call call, Packet* original);

    /// @return the NBL, or NULL where `packet` is nullptr.
    NET_BUFFER_LIST* left(Packet* packet, Making making);

private:
    model::Event event;
    Packet*      original;
};

/// A call that frees an NBL: its events, and what is wrong with it.
void free_nbl(NET_BUFFER_LIST* nbl, Making making);

/// Moves the start of the data forward, and back. Pages: ndisadvancenetbufferdatastart,
/// ndisretreatnetbufferdatastart.
void        advance(NET_BUFFER& buffer, ULONG delta, bool free_mdl, NET_BUFFER_FREE_MDL* free);
NDIS_STATUS retreat(NET_BUFFER& buffer, ULONG delta, ULONG fill, NET_BUFFER_ALLOCATE_MDL* allocate);

}  // namespace interlock::harness
