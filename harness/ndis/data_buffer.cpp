// NdisGetDataBuffer. Page: nf-ndis-ndisgetdatabuffer.

#include <algorithm>
#include <cstring>

#include "harness/ndis/ndis.hpp"

namespace interlock::harness {
namespace {

std::uint8_t* bytes_of(const MDL& mdl) {
    return static_cast<std::uint8_t*>(mdl.MappedSystemVa);
}

/// The address must stand at a multiple of `multiple`, plus `offset`.
bool is_aligned(const void* address, ULONG multiple, ULONG offset) {
    return multiple <= 1 || (reinterpret_cast<std::uintptr_t>(address) - offset) % multiple == 0;
}

void gather(const MDL* mdl, std::size_t offset, std::size_t left, std::uint8_t* to) {
    for (; mdl && left > 0; mdl = mdl->Next, offset = 0) {
        const std::size_t count = std::min<std::size_t>(mdl->ByteCount - offset, left);
        std::memcpy(to, bytes_of(*mdl) + offset, count);
        to += count;
        left -= count;
    }
}

}  // namespace
}  // namespace interlock::harness

extern "C" PVOID NdisGetDataBuffer(PNET_BUFFER NetBuffer, ULONG BytesNeeded, PVOID Storage,
                                   ULONG AlignMultiple, ULONG AlignOffset) noexcept {
    using namespace interlock::harness;
    check_irql(dispatch_level, "NdisGetDataBuffer");
    if (BytesNeeded == 0 || NET_BUFFER_DATA_LENGTH(NetBuffer) < BytesNeeded) return nullptr;
    if (world().faults.strike(FaultPoint("NdisGetDataBuffer"))) return nullptr;
    const MDL* const  mdl    = NET_BUFFER_CURRENT_MDL(NetBuffer);
    const std::size_t offset = NET_BUFFER_CURRENT_MDL_OFFSET(NetBuffer);
    std::uint8_t*     here   = bytes_of(*mdl) + offset;
    const bool        whole  = offset + BytesNeeded <= mdl->ByteCount;
    if (whole && is_aligned(here, AlignMultiple, AlignOffset)) return here;
    if (Storage) gather(mdl, offset, BytesNeeded, static_cast<std::uint8_t*>(Storage));
    return Storage;
}
