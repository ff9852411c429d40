#include "harness/ndis/marks.hpp"

#include <algorithm>

#include "harness/vswitch/digest.hpp"
#include "model/constants.hpp"

namespace interlock::harness {
namespace {

namespace mark = model::mark;

std::uint32_t marks_of_context(const Packet& packet) {
    const auto& info = packet.nbl->NetBufferListInfo[SwitchForwardingDetail];
    const auto& detail =
        *reinterpret_cast<const NDIS_SWITCH_FORWARDING_DETAIL_NET_BUFFER_LIST_INFO*>(&info);
    std::uint32_t marks = 0;
    if (detail.SourcePortId != (packet.port & 0xFFFF) ||
        detail.SourceNicIndex != (packet.nic & 0xFF))
        marks |= mark::source;
    if ((detail.NativeForwardingRequired != 0) != packet.native) marks |= mark::native;
    if (packet.nbl->SourceHandle != packet.source_handle) marks |= mark::source_handle;
    return marks;
}

bool is_as_made(const Packet& packet, std::size_t place) {
    const NET_BUFFER& buffer = packet.buffers[place];
    const NET_BUFFER* next =
        place + 1U < packet.buffers_made ? &packet.buffers[place + 1] : nullptr;
    return NET_BUFFER_NEXT_NB(&buffer) == next &&
           NET_BUFFER_CURRENT_MDL(&buffer) == packet.mdls + place * mdls_max &&
           NET_BUFFER_CURRENT_MDL_OFFSET(&buffer) == 0 &&
           NET_BUFFER_DATA_LENGTH(&buffer) == packet.frame_bytes;
}

/// An NBL whose bytes are all in memory of the extension's, and that does not say so.
bool is_safe_unsaid(const Packet& packet) {
    if (NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(packet.nbl)->IsPacketDataSafe) return false;
    for (const NET_BUFFER* buffer = packet.nbl->FirstNetBuffer; buffer; buffer = buffer->Next)
        for (const MDL* mdl = NET_BUFFER_CURRENT_MDL(buffer); mdl; mdl = mdl->Next)
            if (mdl->MdlFlags & (MDL_PARTIAL | not_the_extensions)) return false;
    return true;
}

std::uint32_t marks_of_own(const Packet& packet) {
    const bool changed = packet.way != Way::none && sum_of_shape(*packet.nbl) != packet.shape;
    return (changed ? mark::shape : 0U) | (is_safe_unsaid(packet) ? mark::data_not_safe : 0U);
}

bool has_its_shape(const Packet& packet) {
    if (NET_BUFFER_LIST_FIRST_NB(packet.nbl) != packet.buffers) return false;
    if (packet.nbl->ParentNetBufferList != nullptr) return false;
    for (std::size_t place = 0; place < packet.buffers_made; ++place)
        if (!is_as_made(packet, place)) return false;
    return true;
}

const NDIS_SWITCH_PORT_DESTINATION* elements_of(const Packet& packet) {
    return reinterpret_cast<const NDIS_SWITCH_PORT_DESTINATION*>(packet.array + 1);
}

std::uint32_t marks_of_destinations(const Packet& packet) {
    const auto* const elements = elements_of(packet);
    std::uint32_t     marks    = 0;
    std::size_t       excluded = 0;
    for (std::size_t place = 0; place < packet.destinations.size(); ++place) {
        const Destination& committed = packet.destinations[place];
        const auto&        now       = elements[place];
        if (now.PortId != committed.port || now.NicIndex != committed.nic)
            marks |= mark::destinations;
        excluded += now.IsExcluded;
        if (now.IsExcluded && !committed.excluded) marks |= mark::uncommitted;
        if (!now.IsExcluded && committed.excluded) marks |= mark::included_again;
    }
    if (packet.array->NumDestinations < packet.destinations.size()) marks |= mark::destinations;
    if (excluded > 0) marks |= mark::excluded;
    if (excluded == packet.destinations.size()) marks |= mark::all_excluded;
    return marks;
}

}  // namespace

std::uint32_t marks_of(const Packet& packet) {
    std::uint32_t marks = marks_of_context(packet);
    if (packet.making != Making::by_switch) {
        marks |= marks_of_own(packet);
    } else if (!has_its_shape(packet)) {
        marks |= mark::shape;
    }
    if (!packet.destinations.empty()) marks |= marks_of_destinations(packet);
    return marks;
}

std::uint64_t sum_of_shape(const NET_BUFFER_LIST& nbl) {
    const void*   first[] = {nbl.FirstNetBuffer, nbl.ParentNetBufferList};
    std::uint64_t sum     = sum_of(first, sizeof first, 1);
    for (const NET_BUFFER* buffer = nbl.FirstNetBuffer; buffer; buffer = buffer->Next) {
        const void* const   to[]  = {buffer->Next, buffer->CurrentMdl, buffer->MdlChain};
        const std::uint32_t far[] = {buffer->CurrentMdlOffset, buffer->DataLength,
                                     buffer->DataOffset};
        sum                       = sum_of(far, sizeof far, sum_of(to, sizeof to, sum));
    }
    return sum;
}

std::uint64_t sum_of_data(const Packet& packet) {
    std::uint64_t sum = 1;
    for (const NET_BUFFER* buffer = packet.nbl->FirstNetBuffer; buffer; buffer = buffer->Next) {
        std::size_t offset = NET_BUFFER_CURRENT_MDL_OFFSET(buffer);
        std::size_t left   = NET_BUFFER_DATA_LENGTH(buffer);
        sum                = sum_of(&left, sizeof left, sum);
        for (const MDL* mdl = NET_BUFFER_CURRENT_MDL(buffer); mdl && left; mdl = mdl->Next) {
            const std::size_t count = std::min<std::size_t>(mdl->ByteCount - offset, left);
            sum =
                sum_of(static_cast<const std::uint8_t*>(mdl->MappedSystemVa) + offset, count, sum);
            left -= count;
            offset = 0;
        }
    }
    return sum;
}

void commit_exclusions(Packet& packet) {
    const auto* const elements = elements_of(packet);
    for (std::size_t place = 0; place < packet.destinations.size(); ++place)
        packet.destinations[place].excluded |= elements[place].IsExcluded != 0;
}

}  // namespace interlock::harness
