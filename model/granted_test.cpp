// What the pages grant in so many words, in the catalogue's order. The others: permitted_test.cpp.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "model/expect_conforms.hpp"
#include "model/rules/catalogue_ids.hpp"

namespace interlock::model {
namespace {

TEST(Permitted, PKT_29_TrafficWhileALifeCycleRequestIsOnItsWay) {
    Story story;
    story.guest(3);
    story.port_created(4);
    story.nic_created({4});
    const ObjectId connect = story.issue(oid::nic_connect, {4});
    story.deliver(connect);
    story.delivers({3}, {4});
    const ObjectId clone = story.forward(connect);
    story.delivers({4}, {3});
    story.answer(clone);
    story.delivers({3}, {4});
    story.handler_returns(connect);
    story.edge_completes(connect);

    const ObjectId early = story.sent_by({4});
    const ObjectId going = story.issue(oid::nic_disconnect, {4});
    story.hand_down(early, {4});
    story.deliver(going);
    story.commit(early, {3});
    const ObjectId last = story.forward(going);
    story.pass_down(early);
    story.turns_round(early);
    story.answer(last);
    story.comes_back(early);
    story.handler_returns(going);
    story.edge_completes(going);
    story.finish_up(early);
    story.done(early);
    story.nic_deleted({4});
    expect_conforms(story);
}

TEST(Permitted, NBL_11_CompletionsInAnyOrderMergedAndSplit) {
    Story story(ExtensionClass::filtering);
    story.guest(3);
    const ObjectId one = story.sent_by({3}), two = story.sent_by({3}), three = story.sent_by({3});
    const auto     all = [&](Call call, std::initializer_list<ObjectId> nbls) {
        std::uint16_t place = 0;
        for (const ObjectId nbl : nbls)
            story.enter(call, {.object = nbl,
                                   .port   = 3,
                                   .count  = static_cast<std::uint16_t>(nbls.size()),
                                   .place  = place++});
        story.leave(call);
    };
    all(Call::FilterSendNetBufferLists, {one, two});
    all(Call::FilterSendNetBufferLists, {three});
    all(Call::NdisFSendNetBufferLists, {one, two, three});
    all(Call::FilterSendNetBufferListsComplete, {three, one});
    all(Call::NdisFSendNetBufferListsComplete, {one});
    all(Call::FilterSendNetBufferListsComplete, {two});
    all(Call::NdisFSendNetBufferListsComplete, {two, three});
    for (const ObjectId nbl : {two, three, one})
        story.done(nbl);
    expect_conforms(story);
}

TEST(Permitted, FWD_18_OwnPacketsFromTheDefaultPort) {
    Story          story(ExtensionClass::capturing);
    const ObjectId own = story.makes();
    story.pass_down(own);
    story.give_back_down(own);
    story.unmakes(own);
    expect_conforms(story);
}

TEST(Permitted, PERM_02_CompletionBeforeTheCallHasReturned) {
    Story story;
    story.learns_parameters();
    const ObjectId asked = story.ask(oid::nic_array);
    story.call(Call::FilterOidRequestComplete, {.object = asked, .oid = oid::nic_array});
    story.leave(Call::NdisFOidRequest,
                {.object = asked, .oid = oid::nic_array, .status = status::pending});
    const ObjectId request = story.issue(oid::port_create, {3}, port_type::synthetic);
    story.deliver(request);
    story.answer(story.forward(request));
    story.complete_up(request);
    story.handler_returns(request, status::pending);
    story.edge_completes(request);
    story.enter(Call::FilterPause);
    story.call(Call::NdisFPauseComplete);
    story.leave(Call::FilterPause, {.status = status::pending});
    story.call(Call::FilterRestart, {}, status::pending);
    story.call(Call::NdisFRestartComplete);
    expect_conforms(story);
}

/// The ids at the beginning of the names of this suite's tests.
std::set<std::string> told() {
    std::set<std::string>     ids;
    const testing::TestSuite& suite = [&]() -> const testing::TestSuite& {
        const auto& all = *testing::UnitTest::GetInstance();
        for (int at = 0; at < all.total_test_suite_count(); ++at)
            if (std::string(all.GetTestSuite(at)->name()) == "Permitted")
                return *all.GetTestSuite(at);
        return *all.GetTestSuite(0);
    }();
    for (int at = 0; at < suite.total_test_count(); ++at) {
        std::string name = suite.GetTestInfo(at)->name();
        if (const auto dash = name.find('_'); dash != name.npos) {
            name[dash] = '-';
            ids.insert(name.substr(0, name.find('_')));
        }
    }
    return ids;
}

TEST(Granted, EachHasAStory) {
    for (const std::string_view id : granted_ids)
        EXPECT_TRUE(told().contains(std::string(id))) << id;
    EXPECT_EQ(told().size(), granted_ids.size());
}

}  // namespace
}  // namespace interlock::model
