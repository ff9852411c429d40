#include "model/permissions.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace interlock::model {
namespace {

// The page's two closing tables, typed a second time and joined.
constexpr std::string_view typed_again = R"(
Port not created                        | No  | No  | No  | No  | No  | No  | No  | No
Port created                            | Yes | No  | Yes | Yes | No  | No  | No  | No
Network adapter connection created      | Yes | No  | Yes | Yes | Yes | No  | Yes | No
Network adapter connected               | Yes | Yes | Yes | Yes | Yes | Yes | Yes | Yes
Network adapter disconnected            | Yes | No  | Yes | Yes | Yes | No  | Yes | No
Network adapter connection deleted      | Yes | No  | Yes | Yes | No  | No  | No  | No
Port tearing down                       | No  | No  | Yes | No  | No  | No  | No  | No
)";

TEST(Permissions, AreThePages) {
    std::istringstream lines{std::string(typed_again.substr(1))};
    std::size_t        row = 0, allowed = 0;
    for (std::string line; std::getline(lines, line); ++row) {
        const Permissions& ours = page::permissions.at(row);
        EXPECT_EQ(static_cast<std::size_t>(ours.state), row);
        std::size_t column = 0;
        for (const bool may :
             {ours.reference_port, ours.reference_nic, ours.port_oid_from_switch,
              ours.port_oid_from_extension, ours.nic_oid_from_switch, ours.nic_oid_from_extension,
              ours.packets_from_switch, ours.packets_from_extension}) {
            const std::string cell = line.substr(42 + 6 * column++, 3);
            EXPECT_EQ(may, cell == "Yes") << line << ", column " << column;
            allowed += may;
        }
    }
    EXPECT_EQ(row, page::permissions.size());
    EXPECT_EQ(allowed, 25U);  // A changed page changes this number.
}

const Permissions& row_of(PortNic state) {
    return page::permissions[static_cast<std::size_t>(state)];
}

/// Where an extension's view is as settled as the page's state, it has the page's rights.
TEST(Permissions, OfASettledViewAreThePages) {
    const auto check = [](NicView view, PortNic state) {
        const NicRights& ours = rights::of(view);
        EXPECT_EQ(ours.reference == Right::granted, row_of(state).reference_nic);
        EXPECT_EQ(ours.oid == Right::granted, row_of(state).nic_oid_from_extension);
        EXPECT_EQ(ours.destination == Right::granted, row_of(state).packets_from_extension);
    };
    check(NicView::unseen, PortNic::port_created);
    check(NicView::created, PortNic::nic_created);
    check(NicView::connected, PortNic::nic_connected);
    check(NicView::disconnect_handled, PortNic::nic_disconnected);
    check(NicView::gone, PortNic::nic_deleted);
    EXPECT_EQ(rights::of(PortView::created).reference, Right::granted);
    EXPECT_NE(rights::of(PortView::teardown_handled).reference, Right::granted);
}

/// The departure from the page's table: oid-switch-nic-disconnect lets a reference taken before
/// the disconnect carry OIDs beyond it, and the reference page the same for ports.
TEST(Permissions, OutliveADisconnectOnlyUnderAReference) {
    EXPECT_EQ(rights::of(NicView::disconnect_handled).oid, Right::under_reference);
    EXPECT_EQ(rights::of(NicView::disconnect_handled).destination, Right::no_longer);
    EXPECT_EQ(rights::of(PortView::teardown_handled).oid, Right::under_reference);
}

}  // namespace
}  // namespace interlock::model
