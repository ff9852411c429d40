// The OIDs of the switch by the state of a port, and of an adapter on it: which the switch may
// issue. The table is typed here a second time; the judge is asked cell by cell.

#include <gtest/gtest.h>

#include <array>
#include <sstream>
#include <string>

#include "model/judge.hpp"
#include "model/story.hpp"

namespace interlock::model {
namespace {

constexpr PortId port = 3;

// States in the columns' order: each tells how a switch comes there.
using Telling = void (*)(Story&);

const std::array<Telling, 6> port_states{
    [](Story&) {},
    [](Story& s) { s.issue(oid::port_create, {port}, port_type::synthetic); },
    [](Story& s) { s.port_created(port); },
    [](Story& s) {
        s.port_created(port);
        s.issue(oid::port_teardown, {port});
    },
    [](Story& s) {
        s.port_created(port);
        s.port_torn_down(port);
    },
    [](Story& s) {
        s.port_created(port);
        s.port_torn_down(port);
        s.issue(oid::port_delete, {port});
    },
};

const std::array<Telling, 8> nic_states{
    [](Story& s) { s.port_created(port); },
    [](Story& s) {
        s.port_created(port);
        s.issue(oid::nic_create, {port}, nic_type::synthetic);
    },
    [](Story& s) {
        s.port_created(port);
        s.nic_created({port});
    },
    [](Story& s) {
        s.port_created(port);
        s.nic_created({port});
        s.issue(oid::nic_connect, {port});
    },
    [](Story& s) { s.guest(port); },
    [](Story& s) {
        s.guest(port);
        s.issue(oid::nic_disconnect, {port});
    },
    [](Story& s) {
        s.guest(port);
        s.nic_disconnected({port});
    },
    [](Story& s) {
        s.guest(port);
        s.nic_disconnected({port});
        s.issue(oid::nic_delete, {port});
    },
};

// No adapter is on the port, so what names one is illegal.
// not created | creating | created | teardown pending | torn down | deleting
constexpr std::string_view by_port = R"(
PORT_CREATE               legal   illegal illegal illegal illegal illegal
PORT_UPDATED              illegal illegal legal   illegal illegal illegal
PORT_TEARDOWN             illegal illegal legal   illegal illegal illegal
PORT_DELETE               illegal illegal illegal illegal legal   illegal
PORT_PROPERTY_ADD         illegal illegal legal   illegal illegal illegal
PORT_FEATURE_STATUS_QUERY illegal illegal legal   illegal illegal illegal
NIC_CREATE                illegal illegal legal   illegal illegal illegal
NIC_CONNECT               illegal illegal illegal illegal illegal illegal
NIC_DISCONNECT            illegal illegal illegal illegal illegal illegal
NIC_DELETE                illegal illegal illegal illegal illegal illegal
NIC_UPDATED               illegal illegal illegal illegal illegal illegal
NIC_SAVE                  illegal illegal illegal illegal illegal illegal
NIC_SAVE_COMPLETE         illegal illegal illegal illegal illegal illegal
NIC_RESTORE               illegal illegal illegal illegal illegal illegal
NIC_RESTORE_COMPLETE      illegal illegal illegal illegal illegal illegal
PROPERTY_ADD              legal   legal   legal   legal   legal   legal
FEATURE_STATUS_QUERY      legal   legal   legal   legal   legal   legal
)";

// The port is created. No save is under way. A port request beside one of its adapter is warned
// of (OID-17).
// absent | creating | created | connecting | connected | disconnecting | disconnected | deleting
constexpr std::string_view by_nic = R"(
NIC_CREATE                legal   illegal illegal illegal illegal illegal illegal illegal
NIC_CONNECT               illegal illegal legal   illegal illegal illegal illegal illegal
NIC_DISCONNECT            illegal illegal illegal illegal legal   illegal illegal illegal
NIC_DELETE                illegal illegal legal   illegal illegal illegal legal   illegal
NIC_UPDATED               illegal illegal illegal illegal legal   illegal illegal illegal
NIC_SAVE                  illegal illegal illegal illegal legal   illegal illegal illegal
NIC_SAVE_COMPLETE         illegal illegal illegal illegal illegal illegal illegal illegal
NIC_RESTORE               illegal illegal legal   illegal legal   illegal illegal illegal
NIC_RESTORE_COMPLETE      illegal illegal legal   legal   legal   legal   legal   illegal
PORT_CREATE               illegal illegal illegal illegal illegal illegal illegal illegal
PORT_UPDATED              legal   warned  legal   warned  legal   warned  legal   warned
PORT_TEARDOWN             legal   illegal illegal illegal illegal illegal illegal illegal
PORT_DELETE               illegal illegal illegal illegal illegal illegal illegal illegal
PORT_PROPERTY_ADD         legal   legal   legal   legal   legal   legal   legal   legal
PORT_FEATURE_STATUS_QUERY legal   legal   legal   legal   legal   legal   legal   legal
PROPERTY_ADD              legal   legal   legal   legal   legal   legal   legal   legal
FEATURE_STATUS_QUERY      legal   legal   legal   legal   legal   legal   legal   legal
)";

Oid oid_called(const std::string& name) {
    for (const OidInfo& info : oid::page::table)
        if (info.name == "OID_SWITCH_" + name) return info.value;
    return 0;
}

std::string verdict_on(Telling comes_there, Oid asked) {
    Story story;
    comes_there(story);
    const std::uint32_t type = asked == oid::nic_create    ? nic_type::synthetic
                               : asked == oid::port_create ? port_type::synthetic
                                                           : 0;
    const bool of_switch     = asked == oid::property_add || asked == oid::feature_status_query;
    story.issue(asked, of_switch ? At{} : At{port}, type);
    const Verdict verdict = judge(story.events);
    bool          warned  = false;
    for (const Violation& found : verdict.violations) {
        if (found.severity == Severity::violation) return "illegal";
        warned = true;
    }
    return warned ? "warned" : "legal";
}

template <std::size_t count>
std::string differences(std::string_view page, const std::array<Telling, count>& states,
                        std::size_t& cells) {
    std::istringstream lines{std::string(page.substr(1))};
    std::string        differ;
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string        name, expected;
        words >> name;
        for (std::size_t state = 0; words >> expected; ++state, ++cells) {
            const std::string found = verdict_on(states.at(state), oid_called(name));
            if (found != expected)
                differ += name + ", state " + std::to_string(state) + ": the table says " +
                          expected + ", the judge " + found + "\n";
        }
    }
    return differ;
}

TEST(OidMatrix, ByThePortsStateIsThePages) {
    std::size_t cells = 0;
    EXPECT_EQ(differences(by_port, port_states, cells), "");
    EXPECT_EQ(cells, 102U);
}

TEST(OidMatrix, ByTheAdaptersStateIsThePages) {
    std::size_t cells = 0;
    EXPECT_EQ(differences(by_nic, nic_states, cells), "");
    EXPECT_EQ(cells, 136U);
}

}  // namespace
}  // namespace interlock::model
