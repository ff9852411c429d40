// Where the data of a NET_BUFFER starts, and copies of it. Pages: ndisadvancenetbufferdatastart,
// ndisretreatnetbufferdatastart and their list forms, ndiscopyfromnetbuffertonetbuffer,
// ndiscopysendnetbufferlistinfo, ndiscopyreceivenetbufferlistinfo (nblapi).
//
// What the pages leave open: a retreat beyond what is there takes one MDL for the rest, and uses
// up what was there.

#include <algorithm>
#include <cstring>
#include <span>

#include "harness/ndis/nbl_memory.hpp"

namespace interlock::harness {
namespace {

constexpr auto header_mdl = MDL_NETWORK_HEADER;  // A retreat took it; an advance may give it back.

MDL* take_header(ULONG bytes) {
    void* const data = take_memory(bytes, nbl_tag::retreat);
    auto* const mdl =
        data ? static_cast<MDL*>(take_memory(sizeof(MDL), nbl_tag::retreat)) : nullptr;
    if (mdl) describe_mdl(*mdl, data, bytes);
    if (data && !mdl) give_memory_back(data);
    return mdl;
}

/// By whoever took it: the data is NDIS's own if the MDL is.
void free_header(MDL* mdl, NET_BUFFER_FREE_MDL* free) {
    if (!is_of(mdl, nbl_tag::retreat)) {
        if (free) free(mdl);
        return;
    }
    give_memory_back(mdl->MappedSystemVa);
    give_memory_back(mdl);
}

void free_unused(NET_BUFFER& buffer, NET_BUFFER_FREE_MDL* free) {
    MDL* first = NET_BUFFER_FIRST_MDL(&buffer);
    while (first && first != NET_BUFFER_CURRENT_MDL(&buffer) && (first->MdlFlags & header_mdl)) {
        NET_BUFFER_DATA_OFFSET(&buffer) -= first->ByteCount;
        NET_BUFFER_FIRST_MDL(&buffer) = first->Next;
        free_header(first, free);
        first = NET_BUFFER_FIRST_MDL(&buffer);
    }
}

}  // namespace

void advance(NET_BUFFER& buffer, ULONG delta, bool free_mdl, NET_BUFFER_FREE_MDL* free) {
    if (delta > NET_BUFFER_DATA_LENGTH(&buffer)) return report_misuse(model::Misuse::bad_argument);
    NET_BUFFER_DATA_OFFSET(&buffer) += delta;
    NET_BUFFER_DATA_LENGTH(&buffer) -= delta;
    find_current(buffer);
    if (free_mdl) free_unused(buffer, free);
}

NDIS_STATUS retreat(NET_BUFFER& buffer, ULONG delta, ULONG fill,
                    NET_BUFFER_ALLOCATE_MDL* allocate) {
    const ULONG there = NET_BUFFER_DATA_OFFSET(&buffer);
    if (delta > there) {
        const ULONG need  = delta - there;
        ULONG       bytes = need + fill;
        MDL* const  mdl   = allocate ? allocate(&bytes) : take_header(bytes);
        if (!mdl) return NDIS_STATUS_RESOURCES;
        mdl->MdlFlags                   = static_cast<CSHORT>(mdl->MdlFlags | header_mdl);
        mdl->Next                       = NET_BUFFER_FIRST_MDL(&buffer);
        NET_BUFFER_FIRST_MDL(&buffer)   = mdl;
        NET_BUFFER_DATA_OFFSET(&buffer) = there + mdl->ByteCount;
    }
    NET_BUFFER_DATA_OFFSET(&buffer) -= delta;
    NET_BUFFER_DATA_LENGTH(&buffer) += delta;
    find_current(buffer);
    return NDIS_STATUS_SUCCESS;
}

namespace {

/// A place in the bytes that an MDL chain describes.
struct Cursor {
    const MDL* mdl    = nullptr;
    ULONG      offset = 0;

    /// What lies here without a gap; empty at the end of the chain.
    std::span<std::uint8_t> here() {
        while (mdl && offset >= mdl->ByteCount) {
            offset -= mdl->ByteCount;
            mdl = mdl->Next;
        }
        if (!mdl) return {};
        return {bytes_of(*mdl) + offset, mdl->ByteCount - offset};
    }
};

constexpr int copied_down[] = {TcpIpChecksumNetBufferListInfo,
                               IPsecOffloadV1NetBufferListInfo,
                               TcpLargeSendNetBufferListInfo,
                               Ieee8021QNetBufferListInfo,
                               MediaSpecificInformation,
                               NetBufferListCancelId,
                               NetBufferListProtocolId,
                               IPsecOffloadV2TunnelNetBufferListInfo,
                               IPsecOffloadV2HeaderNetBufferListInfo,
                               VirtualSubnetInfo,
                               NetBufferListFilteringInfo};

constexpr int copied_up[] = {TcpIpChecksumNetBufferListInfo,
                             IPsecOffloadV1NetBufferListInfo,
                             TcpReceiveNoPush,
                             Ieee8021QNetBufferListInfo,
                             MediaSpecificInformation,
                             NetBufferListFrameType,
                             NetBufferListHashValue,
                             NetBufferListHashInfo,
                             NetBufferListFilteringInfo,
                             VirtualSubnetInfo,
                             TcpRecvSegCoalesceInfo};

bool needs_storage(const NET_BUFFER& buffer, ULONG delta) {
    return delta > NET_BUFFER_DATA_OFFSET(&buffer);
}

void copy_slots(std::span<const int> slots, NET_BUFFER_LIST& to, const NET_BUFFER_LIST& from) {
    for (const int slot : slots)
        to.NetBufferListInfo[slot] = from.NetBufferListInfo[slot];
}

}  // namespace
}  // namespace interlock::harness

using namespace interlock::harness;

extern "C" {

NDIS_STATUS NdisRetreatNetBufferDataStart(PNET_BUFFER buffer, ULONG delta, ULONG fill,
                                          NET_BUFFER_ALLOCATE_MDL_HANDLER allocate) noexcept {
    check_irql(dispatch_level, "NdisRetreatNetBufferDataStart");
    constexpr FaultPoint point("NdisRetreatNetBufferDataStart");
    if (needs_storage(*buffer, delta))
        if (const Failure* fault = world().faults.strike(point)) return fault->status;
    return retreat(*buffer, delta, fill, allocate);
}

VOID NdisAdvanceNetBufferDataStart(PNET_BUFFER buffer, ULONG delta, BOOLEAN free_mdl,
                                   NET_BUFFER_FREE_MDL_HANDLER free) noexcept {
    check_irql(dispatch_level, "NdisAdvanceNetBufferDataStart");
    advance(*buffer, delta, free_mdl != FALSE, free);
}

/// What cannot be done for all is done for none.
NDIS_STATUS NdisRetreatNetBufferListDataStart(PNET_BUFFER_LIST nbl, ULONG delta, ULONG fill,
                                              NET_BUFFER_ALLOCATE_MDL_HANDLER allocate,
                                              NET_BUFFER_FREE_MDL_HANDLER     free) noexcept {
    check_irql(dispatch_level, "NdisRetreatNetBufferListDataStart");
    constexpr FaultPoint point("NdisRetreatNetBufferListDataStart");
    if (nbl->FirstNetBuffer && needs_storage(*nbl->FirstNetBuffer, delta))
        if (const Failure* fault = world().faults.strike(point)) return fault->status;
    NDIS_STATUS status = NDIS_STATUS_SUCCESS;
    NET_BUFFER* buffer = nbl->FirstNetBuffer;
    for (; buffer && status == NDIS_STATUS_SUCCESS; buffer = buffer->Next) {
        status = retreat(*buffer, delta, fill, allocate);
        if (status != NDIS_STATUS_SUCCESS) break;
    }
    if (status == NDIS_STATUS_SUCCESS) return status;
    for (NET_BUFFER* done = nbl->FirstNetBuffer; done != buffer; done = done->Next)
        advance(*done, delta, true, free);
    return status;
}

VOID NdisAdvanceNetBufferListDataStart(PNET_BUFFER_LIST nbl, ULONG delta, BOOLEAN free_mdl,
                                       NET_BUFFER_FREE_MDL_HANDLER free) noexcept {
    check_irql(dispatch_level, "NdisAdvanceNetBufferListDataStart");
    for (NET_BUFFER* buffer = nbl->FirstNetBuffer; buffer; buffer = buffer->Next)
        advance(*buffer, delta, free_mdl != FALSE, free);
}

NDIS_STATUS NdisCopyFromNetBufferToNetBuffer(PNET_BUFFER to, ULONG to_offset, ULONG bytes,
                                             PNET_BUFFER from, ULONG from_offset,
                                             PULONG copied) noexcept {
    check_irql(dispatch_level, "NdisCopyFromNetBufferToNetBuffer");
    Cursor target{NET_BUFFER_CURRENT_MDL(to), NET_BUFFER_CURRENT_MDL_OFFSET(to) + to_offset};
    Cursor source{NET_BUFFER_CURRENT_MDL(from), NET_BUFFER_CURRENT_MDL_OFFSET(from) + from_offset};
    const ULONG whole = NET_BUFFER_DATA_LENGTH(from);
    const ULONG want  = from_offset < whole ? std::min(bytes, whole - from_offset) : 0;
    *copied           = 0;
    constexpr FaultPoint point("NdisCopyFromNetBufferToNetBuffer");
    if (const Failure* fault = world().faults.strike(point)) return fault->status;
    while (*copied < want) {
        const auto into = target.here();
        const auto out  = source.here();
        const auto step = static_cast<ULONG>(
            std::min({into.size(), out.size(), static_cast<std::size_t>(want - *copied)}));
        if (step == 0) break;
        std::memmove(into.data(), out.data(), step);
        target.offset += step;
        source.offset += step;
        *copied += step;
    }
    return NDIS_STATUS_SUCCESS;
}

VOID NdisCopySendNetBufferListInfo(PNET_BUFFER_LIST to, PNET_BUFFER_LIST from) noexcept {
    check_irql(dispatch_level, "NdisCopySendNetBufferListInfo");
    copy_slots(copied_down, *to, *from);
}

VOID NdisCopyReceiveNetBufferListInfo(PNET_BUFFER_LIST to, PNET_BUFFER_LIST from) noexcept {
    check_irql(dispatch_level, "NdisCopyReceiveNetBufferListInfo");
    copy_slots(copied_up, *to, *from);
}

}  // extern "C"
