#pragma once

#include <cstddef>

#include <ndis.h>

namespace interlock::harness {

/// What each structure of the switch begins with. Source: ns-objectheader-ndis_object_header.
inline void set_header(NDIS_OBJECT_HEADER& header, std::size_t bytes, UCHAR revision = 1) {
    header.Type     = NDIS_OBJECT_TYPE_DEFAULT;
    header.Revision = revision;
    header.Size     = static_cast<USHORT>(bytes);
}

}  // namespace interlock::harness
