#include "model/under_way.hpp"

#include <map>

#include <gtest/gtest.h>

#include "model/constants.hpp"
#include "model/machine.hpp"
#include "model/moves.hpp"
#include "model/oids.hpp"

namespace interlock::model {
namespace {

Event request(Call call, Oid oid, ObjectId object) {
    Event event;
    event.call   = call;
    event.oid    = oid;
    event.object = object;
    event.port   = 3;
    return event;
}

void settle(std::vector<Event>& trace, Oid oid) {
    const auto object = static_cast<ObjectId>(trace.size() + 1);
    trace.push_back(request(Call::ProtocolEdgeOidRequest, oid, object));
    trace.push_back(request(Call::ProtocolEdgeOidRequestComplete, oid, object));
}

/// By "<state>:<event>".
std::map<std::string, UnderWay> changes_in(const std::vector<Event>& trace) {
    std::map<std::string, UnderWay> all;
    for_each_change(trace, [&](std::size_t place, std::size_t count) {
        EXPECT_TRUE(changes_state(place));
        for (const Machine* machine : machines()) {
            if (place < machine->cells.size()) {
                const Cell& cell = machine->cells[place];
                ++all[std::string(machine->states[cell.from]) + ":" +
                      std::string(machine->events[cell.event])][count];
                return;
            }
            place -= machine->cells.size();
        }
    });
    return all;
}

TEST(UnderWay, IsWhatIsBetweenTheEndsOfTheSwitchBesideTheRequestItself) {
    std::vector<Event> trace;
    settle(trace, oid::port_create);
    settle(trace, oid::nic_create);
    settle(trace, oid::nic_connect);
    for (ObjectId packet = 20; packet < 23; ++packet)
        trace.push_back(request(Call::ProtocolEdgeSend, 0, packet));
    settle(trace, oid::nic_disconnect);
    for (ObjectId packet = 20; packet < 22; ++packet)
        trace.push_back(request(Call::ProtocolEdgeSendComplete, 0, packet));
    settle(trace, oid::nic_delete);
    auto all = changes_in(trace);
    EXPECT_EQ(all["not_created:create_issued"], (UnderWay{1, 0, 0, 0, 0}));
    EXPECT_EQ(all["connecting:connect_succeeded"], (UnderWay{1, 0, 0, 0, 0}));
    EXPECT_EQ(all["connected:disconnect_issued"], (UnderWay{0, 0, 1, 0, 0}));
    EXPECT_EQ(all["disconnecting:disconnect_completed"], (UnderWay{0, 0, 1, 0, 0}));
    EXPECT_EQ(all["disconnected:delete_issued"], (UnderWay{0, 1, 0, 0, 0}));
}

TEST(UnderWay, OfATraceThatBeginsLateIsNeverLessThanNone) {
    std::vector<Event> trace{request(Call::ProtocolEdgeSendComplete, 0, 9)};
    settle(trace, oid::port_create);
    EXPECT_EQ(changes_in(trace)["not_created:create_issued"], (UnderWay{1, 0, 0, 0, 0}));
}

TEST(UnderWay, IsTakenTogetherInClasses) {
    const std::size_t classes[] = {0, 1, 2, 2, 3, 3, 3, 3, 4, 4};
    for (std::int64_t count = 0; count < 10; ++count)
        EXPECT_EQ(under_way_class(count), classes[count]) << count;
}

/// Or a transition would be told as never taken that nothing here could take.
TEST(UnderWay, FollowsEachTransitionThatChangesAState) {
    std::size_t first = 0, followed = 0;
    for (const Machine* machine : machines()) {
        for (std::size_t place = 0; place < machine->cells.size(); ++place)
            followed += changes_state(first + place) ? 1U : 0U;
        first += machine->cells.size();
    }
    std::size_t listed = 0;
    for (const Machine* machine : {&port_machine(), &nic_machine(), &filter_module_machine()})
        for (const Cell& cell : machine->cells)
            listed += cell.from != cell.to ? 1U : 0U;
    EXPECT_EQ(followed, listed);
    EXPECT_EQ(followed, 26U);
}

}  // namespace
}  // namespace interlock::model
