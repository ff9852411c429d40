#pragma once

// The words of a scenario, each in one place. The printer, the parser, the byte codec and the
// page corpus/README.md all go by these tables.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "harness/scenario/scenario.hpp"

namespace interlock::harness {

/// Which fields of a Step a verb uses, in the order in which they are written.
using Fields = std::uint32_t;

namespace takes {
inline constexpr Fields nothing     = 0;
inline constexpr Fields force       = 1 << 0;
inline constexpr Fields port        = 1 << 1;
inline constexpr Fields nic         = 1 << 2;  // port/nic
inline constexpr Fields nic_or_none = 1 << 3;
inline constexpr Fields port_type   = 1 << 4;
inline constexpr Fields nic_type    = 1 << 5;
inline constexpr Fields property    = 1 << 6;
inline constexpr Fields value       = 1 << 7;  // What a vlan property says.
inline constexpr Fields packets     = 1 << 8;  // Towards whom, and everything about the packets.
inline constexpr Fields validation  = 1 << 9;
inline constexpr Fields refused     = 1 << 10;
inline constexpr Fields id          = 1 << 11;  // A number from 1 to ids_max.
inline constexpr Fields inner       = 1 << 12;
inline constexpr Fields indicated   = 1 << 13;
inline constexpr Fields told        = 1 << 14;
inline constexpr Fields handle      = 1 << 15;
inline constexpr Fields device      = 1 << 16;
inline constexpr Fields code        = 1 << 17;
inline constexpr Fields input       = 1 << 18;  // Its bytes as well.
inline constexpr Fields output      = 1 << 19;
inline constexpr Fields beside      = 1 << 20;
}  // namespace takes

struct VerbRow {
    Verb             verb;
    std::string_view name;
    Fields           takes;
};

// clang-format off
inline constexpr VerbRow verb_table[] = {
    {Verb::create_port,     "create-port",     takes::force | takes::port | takes::port_type
                                             | takes::validation | takes::refused},
    {Verb::update_port,     "update-port",     takes::force | takes::port},
    {Verb::teardown_port,   "teardown-port",   takes::force | takes::port},
    {Verb::delete_port,     "delete-port",     takes::force | takes::port},
    {Verb::create_nic,      "create-nic",      takes::force | takes::nic | takes::nic_type
                                             | takes::refused},
    {Verb::connect_nic,     "connect-nic",     takes::force | takes::nic},
    {Verb::update_nic,      "update-nic",      takes::force | takes::nic},
    {Verb::disconnect_nic,  "disconnect-nic",  takes::force | takes::nic},
    {Verb::delete_nic,      "delete-nic",      takes::force | takes::nic},
    {Verb::save_nic,        "save-nic",        takes::force | takes::nic},
    {Verb::restore_nic,     "restore-nic",     takes::force | takes::nic},
    {Verb::request_nic,     "request-nic",     takes::force | takes::nic_or_none
                                             | takes::inner},
    {Verb::nic_status,      "nic-status",      takes::force | takes::nic},
    {Verb::add_property,    "add-property",    takes::force | takes::port | takes::property
                                             | takes::value | takes::refused},
    {Verb::update_property, "update-property", takes::force | takes::port | takes::property
                                             | takes::value | takes::refused},
    {Verb::delete_property, "delete-property", takes::force | takes::port | takes::property
                                             | takes::refused},
    {Verb::send,            "send",            takes::force | takes::nic | takes::packets},
    {Verb::activate,        "activate",        takes::force},
    {Verb::attach,          "attach",          takes::force},
    {Verb::restart,         "restart",         takes::force},
    {Verb::pause,           "pause",           takes::force},
    {Verb::detach,          "detach",          takes::force},
    {Verb::wait,            "wait",            takes::nothing},
    {Verb::ask_feature,      "ask-feature",      takes::force},
    {Verb::ask_port_feature, "ask-port-feature", takes::force | takes::port},
    {Verb::add_switch_property,    "add-switch-property",    takes::force | takes::id},
    {Verb::update_switch_property, "update-switch-property", takes::force | takes::id},
    {Verb::delete_switch_property, "delete-switch-property", takes::force | takes::id},
    {Verb::cancel_send,     "cancel-send",     takes::force | takes::id},
    {Verb::cancel_oid,      "cancel-oid",      takes::force},
    {Verb::indicate_status, "indicate-status", takes::force | takes::indicated},
    {Verb::pnp_event,       "pnp-event",       takes::force | takes::told},
    {Verb::open,            "open",            takes::handle | takes::device | takes::beside},
    {Verb::close,           "close",           takes::handle | takes::beside},
    {Verb::ioctl,           "ioctl",           takes::handle | takes::code | takes::input
                                             | takes::output | takes::beside},
    {Verb::read,            "read",            takes::handle | takes::output | takes::beside},
    {Verb::write,           "write",           takes::handle | takes::input | takes::beside},
    {Verb::cancel,          "cancel",          takes::handle | takes::beside},
    {Verb::exit,            "exit",            takes::beside},
};

// Words of the enumerations, in their order.
inline constexpr std::string_view schedule_words[]  = {"round-robin", "random", "pos", "pct"};
inline constexpr std::string_view port_type_words[] = {"generic", "external", "synthetic",
                                                       "emulated", "internal"};
inline constexpr std::string_view nic_type_words[]  = {"external", "synthetic", "emulated",
                                                       "internal"};
inline constexpr std::string_view property_words[]  = {"vlan",   "security",  "profile",
                                                       "custom", "isolation", "routing-domain"};
inline constexpr std::string_view refused_words[]   = {"nobody", "above", "below"};
inline constexpr std::string_view towards_words[]   = {"nic", "everyone", "group", "nobody"};
inline constexpr std::string_view payload_words[]   = {"local-2", "local-1", "arp", "ipv4",
                                                       "ipv6"};
inline constexpr std::string_view inner_words[]     = {"multicast-list", "allocate-queue",
                                                       "free-queue", "set-filter",
                                                       "clear-filter", "allocate-vf", "free-vf"};
inline constexpr std::string_view indicated_words[] = {"link-state", "media-connect",
                                                       "media-disconnect", "network-change"};
inline constexpr std::string_view told_words[]      = {"query-power", "query-remove",
                                                       "cancel-remove", "reconfigure"};

/// An option with a number: a word, the number's range, and where it goes.
struct NumberOption {
    std::string_view     word;
    Fields               of;
    std::uint16_t        min;
    std::uint16_t        max;
    std::uint8_t  Step::*narrow;
    std::uint16_t Step::*wide;
};

inline constexpr std::uint8_t ids_max = 7;

inline constexpr NumberOption number_options[] = {
    {"packets", takes::packets,  1,   32, &Step::packets, nullptr     },
    {"buffers", takes::packets,  1,    4, &Step::buffers, nullptr     },
    {"mdls",    takes::packets,  1,    4, &Step::mdls,    nullptr     },
    {"bytes",   takes::packets, 14, 9014, nullptr,        &Step::bytes},
    {"vlan",    takes::packets,  1, 4094, nullptr,        &Step::vlan },
    {"cancel-id", takes::packets, 1, ids_max, &Step::id,  nullptr     },
    {"device",  takes::device,   1,    8, &Step::device,  nullptr     },
    {"in",      takes::input,    0, 8192, nullptr,        &Step::input},
    {"out",     takes::output,   0, 8192, nullptr,        &Step::output},
    {"pattern", takes::input,    0, 65535, nullptr,       &Step::pattern},
};

/// An option that is there or not.
struct FlagOption {
    std::string_view word;
    Fields           of;
    bool Step::*     flag;
};

inline constexpr FlagOption flag_options[] = {
    {"validation",  takes::validation, &Step::validation  },
    {"in-frame",    takes::packets,    &Step::tag_in_frame},  // Only with vlan.
    {"at-dispatch", takes::packets,    &Step::at_dispatch },
    {"mixed",       takes::packets,    &Step::mixed       },  // Only towards a NIC.
    {"native",      takes::packets,    &Step::native      },
    {"beside",      takes::beside,     &Step::beside      },
};
// clang-format on

inline constexpr std::uint8_t     nics_max          = 32;
inline constexpr std::size_t      data_bytes_max    = 252;
inline constexpr std::size_t      extensions_max    = 8;
inline constexpr std::size_t      name_letters_max  = 63;
inline constexpr std::size_t      place_letters_max = 127;
inline constexpr std::string_view name_letters      = "abcdefghijklmnopqrstuvwxyz0123456789_-";

constexpr const VerbRow& row_of(Verb verb) {
    return verb_table[static_cast<std::size_t>(verb)];
}

static_assert(std::size(verb_table) == verb_count);
static_assert([] {
    for (std::size_t index = 0; index < verb_count; ++index) {
        if (static_cast<std::size_t>(verb_table[index].verb) != index) return false;
    }
    return true;
}());

/// How a verb is written, e.g. `connect-nic <port>/<nic>`.
std::string usage(Verb verb);

std::uint16_t number(const Step& step, const NumberOption& option);
void          set_number(Step& step, const NumberOption& option, std::uint16_t value);

/// The nearest step that has a text: fields the verb does not use are as initialised, the others
/// within their ranges. A step that is so already stays as it is.
Step canonical(const Step& step);

/// The same of a whole scenario.
Scenario canonical(Scenario scenario);

}  // namespace interlock::harness
