#pragma once

// The OIDs of the extensible switch: what they are called, who may issue them, and what an
// extension that is handed one may do with it. Numbers: ntddndis.h. The rest: the oid-switch-*
// pages and hyper-v-extensible-switch-oids.
//
// The constants lack the prefix OID_SWITCH_, because that is a family of macros in ntddndis.h.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "model/event.hpp"

namespace interlock::model {

enum class RequestType : std::uint8_t { query, set, method };

/// Who starts it. `either`: the switch and extensions.
enum class Originator : std::uint8_t { host, extension, either };

/// What an extension that is handed the request may do.
enum class Handling : std::uint8_t {
    forward,           // Pass it on, always.
    forward_or_veto,   // Pass it on, or complete it with a failure.
    claim_or_forward,  // Complete it if it is meant for the extension, else pass it on.
};

/// What a request tells of the life of a port or of a network adapter connection.
enum class Tells : std::uint8_t {
    nothing,
    port_create, port_update, port_teardown, port_delete, port_property,
    nic_create, nic_connect, nic_update, nic_disconnect, nic_delete,
    nic_save, nic_save_complete, nic_restore, nic_restore_complete,
};

struct OidInfo {
    std::string_view name;  // As the pages have it.
    Oid              value    = 0;
    RequestType      type     = RequestType::query;
    Originator       from     = Originator::either;
    Handling         handling = Handling::claim_or_forward;
    Tells            tells    = Tells::nothing;
};

namespace oid {
namespace page {

using Row = OidInfo;
using enum RequestType;
using enum Tells;
inline constexpr auto host  = Originator::host;
inline constexpr auto ext   = Originator::extension;
inline constexpr auto both  = Originator::either;
inline constexpr auto fwd   = Handling::forward;
inline constexpr auto veto  = Handling::forward_or_veto;
inline constexpr auto claim = Handling::claim_or_forward;

// The table of hyper-v-extensible-switch-oids, with what it omits (the two *_UPDATED and
// NIC_RESTORE_COMPLETE), NIC_SAVE as the method that its own page makes it, and NIC_REQUEST from
// both sides. NIC_CREATE for an index above 0 is to be forwarded: rule NIC-04.
// clang-format off
inline constexpr std::array table{
    //                                        number    type    from  handed tells
    Row{"OID_SWITCH_PROPERTY_ADD",             0x1'0263, set,    host, veto,  nothing},
    Row{"OID_SWITCH_PROPERTY_UPDATE",          0x1'0264, set,    host, veto,  nothing},
    Row{"OID_SWITCH_PROPERTY_DELETE",          0x1'0265, set,    host, veto,  nothing},
    Row{"OID_SWITCH_PROPERTY_ENUM",            0x1'0266, method, ext,  fwd,   nothing},
    Row{"OID_SWITCH_FEATURE_STATUS_QUERY",     0x1'0267, method, host, claim, nothing},
    Row{"OID_SWITCH_NIC_REQUEST",              0x1'0270, method, both, claim, nothing},
    Row{"OID_SWITCH_PORT_PROPERTY_ADD",        0x1'0271, set,    host, veto,  port_property},
    Row{"OID_SWITCH_PORT_PROPERTY_UPDATE",     0x1'0272, set,    host, veto,  port_property},
    Row{"OID_SWITCH_PORT_PROPERTY_DELETE",     0x1'0273, set,    host, veto,  port_property},
    Row{"OID_SWITCH_PORT_PROPERTY_ENUM",       0x1'0274, method, ext,  fwd,   nothing},
    Row{"OID_SWITCH_PARAMETERS",               0x1'0275, query,  ext,  fwd,   nothing},
    Row{"OID_SWITCH_PORT_ARRAY",               0x1'0276, query,  ext,  fwd,   nothing},
    Row{"OID_SWITCH_NIC_ARRAY",                0x1'0277, query,  ext,  fwd,   nothing},
    Row{"OID_SWITCH_PORT_CREATE",              0x1'0278, set,    host, veto,  port_create},
    Row{"OID_SWITCH_PORT_DELETE",              0x1'0279, set,    host, fwd,   port_delete},
    Row{"OID_SWITCH_NIC_CREATE",               0x1'027A, set,    host, veto,  nic_create},
    Row{"OID_SWITCH_NIC_CONNECT",              0x1'027B, set,    host, fwd,   nic_connect},
    Row{"OID_SWITCH_NIC_DISCONNECT",           0x1'027C, set,    host, fwd,   nic_disconnect},
    Row{"OID_SWITCH_NIC_DELETE",               0x1'027D, set,    host, fwd,   nic_delete},
    Row{"OID_SWITCH_PORT_FEATURE_STATUS_QUERY", 0x1'027E, method, host, claim, port_property},
    Row{"OID_SWITCH_PORT_TEARDOWN",            0x1'027F, set,    host, fwd,   port_teardown},
    Row{"OID_SWITCH_NIC_SAVE",                 0x1'0290, method, host, claim, nic_save},
    Row{"OID_SWITCH_NIC_SAVE_COMPLETE",        0x1'0291, set,    host, fwd,   nic_save_complete},
    Row{"OID_SWITCH_NIC_RESTORE",              0x1'0292, set,    host, claim, nic_restore},
    Row{"OID_SWITCH_NIC_RESTORE_COMPLETE",     0x1'0293, set,    host, fwd,   nic_restore_complete},
    Row{"OID_SWITCH_NIC_UPDATED",              0x1'0294, set,    host, fwd,   nic_update},
    Row{"OID_SWITCH_PORT_UPDATED",             0x1'0295, set,    host, fwd,   port_update},
};
// clang-format on

}  // namespace page

/// Of the switch's family, but named by the header alone: no page says what they ask for.
struct UndocumentedOid {
    std::string_view name;
    Oid              value = 0;
    std::uint16_t    since = 0;  // The first NDIS version whose header has it.
};

// clang-format off
inline constexpr std::array undocumented{
    UndocumentedOid{"OID_SWITCH_NIC_DIRECT_REQUEST",               0x1'0296, 650},
    UndocumentedOid{"OID_SWITCH_NIC_SUSPEND",                      0x1'0297, 650},
    UndocumentedOid{"OID_SWITCH_NIC_RESUME",                       0x1'0298, 650},
    UndocumentedOid{"OID_SWITCH_NIC_SUSPENDED_LM_SOURCE_STARTED",  0x1'0299, 680},
    UndocumentedOid{"OID_SWITCH_NIC_SUSPENDED_LM_SOURCE_FINISHED", 0x1'029A, 680},
};
// clang-format on

/// An OID that is not the switch's: nothing is known, so nothing is asked.
inline constexpr OidInfo other{"another OID"};

/// By name without OID_SWITCH_; does not compile if there is none.
consteval Oid number(std::string_view name) {
    for (const OidInfo& row : page::table)
        if (row.name.substr(std::string_view("OID_SWITCH_").size()) == name) return row.value;
    throw "no such OID";
}

inline constexpr Oid property_add              = number("PROPERTY_ADD");
inline constexpr Oid property_update           = number("PROPERTY_UPDATE");
inline constexpr Oid property_delete           = number("PROPERTY_DELETE");
inline constexpr Oid property_enum             = number("PROPERTY_ENUM");
inline constexpr Oid feature_status_query      = number("FEATURE_STATUS_QUERY");
inline constexpr Oid nic_request               = number("NIC_REQUEST");
inline constexpr Oid port_property_add         = number("PORT_PROPERTY_ADD");
inline constexpr Oid port_property_update      = number("PORT_PROPERTY_UPDATE");
inline constexpr Oid port_property_delete      = number("PORT_PROPERTY_DELETE");
inline constexpr Oid port_property_enum        = number("PORT_PROPERTY_ENUM");
inline constexpr Oid parameters                = number("PARAMETERS");
inline constexpr Oid port_array                = number("PORT_ARRAY");
inline constexpr Oid nic_array                 = number("NIC_ARRAY");
inline constexpr Oid port_create               = number("PORT_CREATE");
inline constexpr Oid port_delete               = number("PORT_DELETE");
inline constexpr Oid nic_create                = number("NIC_CREATE");
inline constexpr Oid nic_connect               = number("NIC_CONNECT");
inline constexpr Oid nic_disconnect            = number("NIC_DISCONNECT");
inline constexpr Oid nic_delete                = number("NIC_DELETE");
inline constexpr Oid port_feature_status_query = number("PORT_FEATURE_STATUS_QUERY");
inline constexpr Oid port_teardown             = number("PORT_TEARDOWN");
inline constexpr Oid nic_save                  = number("NIC_SAVE");
inline constexpr Oid nic_save_complete         = number("NIC_SAVE_COMPLETE");
inline constexpr Oid nic_restore               = number("NIC_RESTORE");
inline constexpr Oid nic_restore_complete      = number("NIC_RESTORE_COMPLETE");
inline constexpr Oid nic_updated               = number("NIC_UPDATED");
inline constexpr Oid port_updated              = number("PORT_UPDATED");

inline constexpr std::size_t span = port_updated - property_add + 1;

/// Where in the table an OID stands, by its distance from the first; the table's size if nowhere.
inline constexpr auto places = [] {
    std::array<std::uint8_t, span> found{};
    found.fill(page::table.size());
    for (std::uint8_t place = 0; place < page::table.size(); ++place)
        found[page::table[place].value - property_add] = place;
    return found;
}();

/// How many OIDs the switch has.
inline constexpr std::size_t count = page::table.size();

/// Where in the table it stands; `count` if nowhere. Constant time.
constexpr std::size_t place(Oid value) {
    const Oid distance = value - property_add;
    return distance < span ? places[distance] : count;
}

/// @return what is known of it; `other` if it is none of the switch's. Constant time.
constexpr const OidInfo& info(Oid value) {
    const std::size_t at = place(value);
    return at == count ? other : page::table[at];
}

static_assert(info(nic_connect).tells == Tells::nic_connect);
static_assert(&info(0x1'0268) == &other && &info(0) == &other);

/// Whether a request names an adapter,
constexpr bool names_nic(Oid value) {
    return info(value).tells >= Tells::nic_create || value == nic_request;
}

/// or is about a port.
constexpr bool names_port(Oid value) {
    return info(value).tells != Tells::nothing || value == port_property_enum;
}

/// Whether it adds, changes or deletes a property of a port,
constexpr bool is_port_property(Oid value) {
    return value >= port_property_add && value <= port_property_delete;
}

/// or of the switch.
constexpr bool is_switch_property(Oid value) {
    return value >= property_add && value <= property_delete;
}

/// What an extension asks when it wants to know what is there.
constexpr bool asks_for_configuration(Oid value) {
    return value == port_array || value == nic_array || value == property_enum ||
           value == port_property_enum;
}

static_assert(is_port_property(port_property_update) && !is_port_property(port_property_enum));
static_assert(is_switch_property(property_update) && !is_switch_property(property_enum));

}  // namespace oid

/// Whether it is about the coming, changing or going of a port or adapter.
constexpr bool is_life_cycle(Tells tells) {
    return tells >= Tells::port_create && tells <= Tells::nic_delete &&
           tells != Tells::port_property;
}

}  // namespace interlock::model
