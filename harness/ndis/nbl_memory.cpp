#include "harness/ndis/nbl_memory.hpp"

#include <algorithm>
#include <cstring>

namespace interlock::harness {

void* take_memory(std::size_t bytes, std::uint32_t tag, NDIS_HANDLE made_for) {
    void* const memory = allocate_for_driver(bytes, tag, PoolKind::object, made_for);
    if (memory) std::memset(memory, 0, bytes);
    return memory;
}

void give_memory_back(void* memory) {
    const model::Misuse wrong = world().memory.free(memory, 0, false, PoolKind::object);
    if (wrong != model::Misuse::none) report_misuse(wrong);
}

bool is_of(const void* memory, std::uint32_t tag) {
    const Piece* const piece = world().memory.find(memory);
    return piece && piece->kind == PoolKind::object && piece->tag == tag;
}

void describe_mdl(MDL& mdl, void* address, ULONG bytes) {
    MmInitializeMdl(&mdl, address, bytes);
    mdl.Process        = nullptr;
    mdl.MappedSystemVa = address;
    mdl.MdlFlags       = MDL_MAPPED_TO_SYSTEM_VA | MDL_SOURCE_IS_NONPAGED_POOL;
}

void find_current(NET_BUFFER& buffer) {
    MDL*  mdl    = NET_BUFFER_FIRST_MDL(&buffer);
    ULONG offset = NET_BUFFER_DATA_OFFSET(&buffer);
    while (mdl && offset > 0 && offset >= mdl->ByteCount && mdl->Next) {
        offset -= mdl->ByteCount;
        mdl = mdl->Next;
    }
    NET_BUFFER_CURRENT_MDL(&buffer)        = mdl;
    NET_BUFFER_CURRENT_MDL_OFFSET(&buffer) = offset;
}

void lay_out(NET_BUFFER& buffer, MDL* chain, ULONG offset, ULONG length) {
    NET_BUFFER_FIRST_MDL(&buffer)   = chain;
    NET_BUFFER_DATA_OFFSET(&buffer) = offset;
    NET_BUFFER_DATA_LENGTH(&buffer) = length;
    find_current(buffer);
}

void* Parts::take(std::size_t bytes) {
    void* const memory = failed ? nullptr : take_memory(bytes, nbl_tag::part);
    failed             = memory == nullptr;
    if (memory) parts.push_back(memory);
    return memory;
}

NET_BUFFER* Parts::buffer(MDL* chain, ULONG offset, ULONG length) {
    auto* const made = static_cast<NET_BUFFER*>(take(sizeof(NET_BUFFER)));
    if (made) lay_out(*made, chain, offset, length);
    return made;
}

MDL* Parts::mdl(void* address, ULONG bytes) {
    auto* const made = static_cast<MDL*>(take(sizeof(MDL)));
    if (made) describe_mdl(*made, address, bytes);
    return made;
}

MDL* Parts::mdl_with_data(ULONG bytes) {
    void* const data = take(bytes);
    return data ? mdl(data, bytes) : nullptr;
}

MDL* Parts::shared(const NET_BUFFER& source, ULONG skip, ULONG length) {
    MDL*       first  = nullptr;
    MDL**      end    = &first;
    ULONG      offset = NET_BUFFER_CURRENT_MDL_OFFSET(&source) + skip;
    const MDL* from   = NET_BUFFER_CURRENT_MDL(&source);
    for (; from && length > 0; from = from->Next) {
        if (offset < from->ByteCount) {
            const ULONG bytes = std::min(from->ByteCount - offset, length);
            MDL* const  part  = mdl(bytes_of(*from) + offset, bytes);
            if (!part) return nullptr;
            part->MdlFlags = static_cast<CSHORT>(part->MdlFlags | MDL_PARTIAL);
            *end           = part;
            end            = &part->Next;
            length -= bytes;
            offset = 0;
        } else {
            offset -= from->ByteCount;
        }
    }
    return first;
}

}  // namespace interlock::harness
