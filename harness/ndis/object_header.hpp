#pragma once

#include <cstddef>

#include <ndis.h>

namespace interlock::harness {

/// What each structure of NDIS begins with; those of the switch have no type of their own.
/// Source: ns-objectheader-ndis_object_header.
inline void set_header(NDIS_OBJECT_HEADER& header, std::size_t bytes, UCHAR revision = 1,
                       UCHAR type = NDIS_OBJECT_TYPE_DEFAULT) {
    header.Type     = type;
    header.Revision = revision;
    header.Size     = static_cast<USHORT>(bytes);
}

}  // namespace interlock::harness
