#pragma once

// A capture with comments, block by block. Source: draft-ietf-opsawg-pcapng. Times are in units of
// 100 ns; the link is Ethernet.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace interlock::reports {

struct PcapngPacket {
    static constexpr std::uint32_t inbound = 1, outbound = 2;

    std::uint32_t                 interface  = 0;
    std::uint64_t                 time_100ns = 0;
    std::span<const std::uint8_t> bytes      = {};
    std::string                   comment    = {};
    std::uint32_t                 direction  = 0;  // 0: not said.
};

class PcapngFile {
public:
    /// @param comment  on the whole of it.
    explicit PcapngFile(std::string_view comment);

    /// @return its number, from 0.
    std::uint32_t add_interface(std::string_view name);
    void          add_packet(const PcapngPacket& packet);

    const std::string& bytes() const {
        return written;
    }

private:
    std::string   written;
    std::uint32_t interfaces = 0;
};

}  // namespace interlock::reports
