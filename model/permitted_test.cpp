// What an extension may do although it looks wrong. A judge that accuses here is worse than none.

#include <gtest/gtest.h>

#include <array>

#include "model/expect_conforms.hpp"

namespace interlock::model {
namespace {

struct Sent {
    ObjectId nbl;
    At       from;
};

Sent in_hand(Story& story) {
    story.guest(3);
    story.guest(4);
    const ObjectId nbl = story.sent_by({3});
    story.hand_down(nbl, {3});
    return {nbl, {3}};
}

TEST(Permitted, PERM_01_SendAfterDisconnectOfWhatWasCommittedBefore) {
    Story      story;
    const Sent packet = in_hand(story);
    story.commit(packet.nbl, {4});
    story.nic_disconnected({4});
    story.pass_down(packet.nbl);
    story.turns_round(packet.nbl);
    story.comes_back(packet.nbl);
    story.finish_up(packet.nbl);
    story.done(packet.nbl);
    story.nic_deleted({4});
    expect_conforms(story);
}

TEST(Permitted, CompletionInsideTheSend) {
    Story      story;
    const Sent packet = in_hand(story);
    story.commit(packet.nbl, {4});
    story.enter(Call::NdisFSendNetBufferLists, {.object = packet.nbl, .count = 1});
    story.host(Call::MiniportEdgeSend, {.object = packet.nbl});
    story.turns_round(packet.nbl);
    story.enter(Call::FilterReceiveNetBufferLists, {.object = packet.nbl, .count = 1});
    story.enter(Call::NdisFIndicateReceiveNetBufferLists, {.object = packet.nbl, .count = 1});
    story.enter(Call::FilterReturnNetBufferLists, {.object = packet.nbl, .count = 1});
    story.return_down(packet.nbl);
    story.leave(Call::FilterReturnNetBufferLists);
    story.leave(Call::NdisFIndicateReceiveNetBufferLists);
    story.leave(Call::FilterReceiveNetBufferLists);
    story.turned_round(packet.nbl);
    story.enter(Call::FilterSendNetBufferListsComplete, {.object = packet.nbl, .count = 1});
    story.finish_up(packet.nbl);
    story.done(packet.nbl);
    story.leave(Call::FilterSendNetBufferListsComplete);
    story.leave(Call::NdisFSendNetBufferLists);
    expect_conforms(story);
}

TEST(Permitted, OidCompletionBeforeTheCallHasReturnedPending) {
    Story          story;
    const ObjectId create = story.issue(oid::port_create, {3});
    story.deliver(create);
    const ObjectId clone = story.forward(create);
    story.enter(Call::FilterOidRequestComplete, {.object = clone});
    story.complete_up(create);
    story.leave(Call::FilterOidRequestComplete);
    story.leave(Call::NdisFOidRequest, {.object = clone, .status = status::pending});
    story.handler_returns(create, status::pending);
    story.edge_completes(create);
    story.reference_port(3);
    story.dereference_port(3);
    expect_conforms(story);
}

TEST(Permitted, OidCompletionOnAnotherTaskWhileTheHandlerRuns) {
    Story          story;
    const ObjectId create = story.issue(oid::port_create, {3});
    story.deliver(create);
    const ObjectId clone = story.forward(create);
    story.task           = 2;
    story.enter(Call::FilterOidRequestComplete, {.object = clone});
    story.complete_up(create);
    story.edge_completes(create);
    story.leave(Call::FilterOidRequestComplete);
    story.task = 1;
    story.leave(Call::NdisFOidRequest, {.object = clone, .status = status::pending});
    story.handler_returns(create, status::pending);
    expect_conforms(story);
}

TEST(Permitted, PERM_03_DisconnectWithPacketsAndReferencesOutstanding) {
    Story story;
    story.guest(3);
    story.guest(4);
    story.reference_nic({4});
    const ObjectId nbl = story.sent_by({3});
    story.hand_down(nbl, {3});
    story.commit(nbl, {4});
    story.pass_down(nbl);
    story.nic_disconnected({4});
    story.give_back_down(nbl);
    story.finish_up(nbl);
    story.done(nbl);
    story.dereference_nic({4});
    story.nic_deleted({4});
    expect_conforms(story);
}

/// A filtering extension above a forwarding one.
class TwoModules {
public:
    TwoModules() {
        story.pause();
        story.module = 1;
        story.attach(ExtensionClass::forwarding);
        story.restart();
        story.module = 0;
        story.restart();
        story.module = 1;
        for (const PortId port : {3U, 4U}) {
            pass(oid::port_create, {port}, port_type::synthetic);
            pass(oid::nic_create, {port}, nic_type::synthetic);
            pass(oid::nic_connect, {port});
        }
    }

    /// An OID request comes to the lower module.
    struct Request {
        ObjectId upper, lower;
    };
    Request reaches_lower(Oid oid, At at, std::uint32_t detail = 0) {
        story.module         = 0;
        const ObjectId upper = story.issue(oid, at, detail);
        story.deliver(upper);
        const ObjectId lower = story.forward(upper);
        story.module         = 1;
        story.deliver(lower);
        return {upper, lower};
    }

    void comes_back(const Request& request) {
        story.module = 1;
        story.answer(story.forward(request.lower));
        story.handler_returns(request.lower);
        story.module = 0;
        story.answer(request.lower);
        story.handler_returns(request.upper);
        story.edge_completes(request.upper);
    }

    void pass(Oid oid, At at, std::uint32_t detail = 0) {
        comes_back(reaches_lower(oid, at, detail));
    }

    /// From the bottom up through both, and all the way back.
    void turns_round(ObjectId nbl) {
        constexpr std::array<ModuleId, 2> up{1, 0}, down{0, 1};
        story.turns_round(nbl);
        for (const ModuleId module : up) {
            story.module = module;
            story.hand_up(nbl);
            story.pass_up(nbl);
        }
        for (const ModuleId module : down) {
            story.module = module;
            story.give_back_up(nbl);
            story.return_down(nbl);
        }
        story.turned_round(nbl);
        for (const ModuleId module : up) {
            story.module = module;
            story.give_back_down(nbl);
            story.finish_up(nbl);
        }
        story.done(nbl);
    }

    Story story{ExtensionClass::filtering};
};

/// Each extension has its own view: the upper one has passed on the disconnect, the lower one has
/// not yet, and commits.
TEST(Permitted, PERM_04_LowerExtensionCommitsAfterTheUpperOneForwardedTheDisconnect) {
    TwoModules both;
    Story&     story   = both.story;
    story.module       = 0;
    const ObjectId nbl = story.sent_by({3});
    story.hand_down(nbl, {3});
    story.enter(Call::NdisFSendNetBufferLists, {.object = nbl, .count = 1});
    story.module = 1;
    story.enter(Call::FilterSendNetBufferLists, {.object = nbl, .port = 3, .count = 1});

    story.task       = 2;
    const auto going = both.reaches_lower(oid::nic_disconnect, {4});

    story.task = 1;
    story.commit(nbl, {4});
    story.pass_down(nbl);
    story.leave(Call::FilterSendNetBufferLists);
    story.module = 0;
    story.leave(Call::NdisFSendNetBufferLists);

    story.task = 2;
    both.comes_back(going);

    story.task = 1;
    both.turns_round(nbl);
    both.pass(oid::nic_delete, {4});
    expect_conforms(story);
}

TEST(Permitted, PERM_05_PortsWithoutAdaptersAndPortsUsedAgain) {
    Story story;
    for (int life = 0; life < 2; ++life) {
        story.port_created(3);
        story.port_torn_down(3);
        story.port_deleted(3);
        story.guest(3);
        story.guest_gone(3);
    }
    expect_conforms(story);
}

TEST(Permitted, PERM_06_PassThroughWhilePausingAndPaused) {
    Story      story;
    const Sent packet = in_hand(story);
    story.commit(packet.nbl, {4});
    story.pass_down(packet.nbl);
    story.enter(Call::FilterPause);
    story.turns_round(packet.nbl);
    story.hand_up(packet.nbl);
    story.pass_up(packet.nbl);
    story.leave(Call::FilterPause);
    story.give_back_up(packet.nbl);
    story.return_down(packet.nbl);
    story.turned_round(packet.nbl);
    story.give_back_down(packet.nbl);
    story.finish_up(packet.nbl);
    story.done(packet.nbl);
    expect_conforms(story);
}

TEST(Permitted, PauseCompletesWhileAnotherThreadIsBeingHandedAPacket) {
    Story story;
    story.guest(3);
    const ObjectId nbl = story.sent_by({3});
    story.enter(Call::FilterPause);
    story.task = 2;
    story.enter(Call::FilterSendNetBufferLists, {.object = nbl, .port = 3, .count = 1});
    story.task = 1;
    story.leave(Call::FilterPause);
    story.task = 2;
    story.turns_away(nbl);
    story.leave(Call::FilterSendNetBufferLists);
    story.done(nbl);
    expect_conforms(story);
}

TEST(Permitted, OwnPacketOfACallThatBeganBeforeThePause) {
    Story story;
    story.guest(3);
    const ObjectId nbl = story.sent_by({3});
    const ObjectId own = story.makes();
    story.commit(own, {3});
    story.enter(Call::FilterSendNetBufferLists, {.object = nbl, .port = 3, .count = 1});
    story.task = 2;
    story.enter(Call::FilterPause);
    story.task = 1;
    story.pass_down(own);
    story.finish_up(nbl);
    story.leave(Call::FilterSendNetBufferLists);
    story.done(nbl);
    story.give_back_down(own);
    story.unmakes(own);
    story.task = 2;
    story.leave(Call::FilterPause);
    expect_conforms(story);
}

TEST(Permitted, OwnPacketComesByOnItsWayUp) {
    Story story;
    story.guest(3);
    const ObjectId own = story.makes();
    story.commit(own, {3});
    story.pass_down(own);
    story.turns_round(own);
    story.comes_back(own);
    story.unmakes(own);
    expect_conforms(story);
}

TEST(Permitted, CloneIsIndicatedWithTheDestinationsOfItsOriginal) {
    Story      story(ExtensionClass::filtering);
    const Sent packet = in_hand(story);
    story.pass_down(packet.nbl);
    story.turns_round(packet.nbl);
    story.hand_up(packet.nbl);
    const ObjectId clone = story.makes();
    story.call(Call::CopyNetBufferListInfo,
               {.object = clone, .parent = packet.nbl, .flags = flag::copy_preserve_destinations});
    story.pass_up(clone);
    story.give_back_up(clone);
    story.unmakes(clone);
    story.return_down(packet.nbl);
    story.turned_round(packet.nbl);
    story.give_back_down(packet.nbl);
    story.finish_up(packet.nbl);
    story.done(packet.nbl);
    expect_conforms(story);
}

TEST(Permitted, UseOfWhatWasThereBeforeTheAttach) {
    Story story = Story::before_attach();
    story.host(Call::SwitchActivated);
    const auto alone = [&](Oid oid, At at, std::uint32_t detail = 0) {
        story.edge_completes(story.issue(oid, at, detail));
    };
    for (const PortId port : {3U, 4U}) {
        alone(oid::port_create, {port}, port_type::synthetic);
        alone(oid::nic_create, {port}, nic_type::synthetic);
        alone(oid::nic_connect, {port});
    }
    story.attach();
    story.restart();
    story.learns_parameters();
    story.answered(story.ask(oid::nic_array));
    story.delivers({3}, {4});
    story.reference_nic({4});
    story.dereference_nic({4});
    story.guest_gone(4);
    expect_conforms(story);
}

TEST(Permitted, HoldingAnOidUntilItsPacketsHaveDrained) {
    Story          story;
    const Sent     packet = in_hand(story);
    const ObjectId going  = story.issue(oid::nic_disconnect, {4});
    story.deliver(going);
    story.handler_returns(going, status::pending);
    story.commit(packet.nbl, {4});
    story.pass_down(packet.nbl);
    story.turns_round(packet.nbl);
    story.comes_back(packet.nbl);
    story.finish_up(packet.nbl);
    story.done(packet.nbl);
    const ObjectId clone = story.forward(going);
    story.leave(Call::NdisFOidRequest, {.object = clone, .status = status::pending});
    story.enter(Call::FilterOidRequestComplete, {.object = clone});
    story.complete_up(going);
    story.leave(Call::FilterOidRequestComplete);
    story.edge_completes(going);
    story.nic_deleted({4});
    expect_conforms(story);
}

}  // namespace
}  // namespace interlock::model
