// What an extension asks on its own account, in each of its views of a port or of an adapter.

#include <functional>

#include "model/oid_drive.hpp"

namespace interlock::model {
namespace {

using Then = std::function<void()>;

constexpr PortId   team_port = 1, guest_port = 3;
constexpr At       physical{team_port, 1};
constexpr NicIndex itself = 0;

/// A request of the switch that the extension has passed on, and its end.
struct Passed {
    ObjectId request = 0, clone = 0;

    void end(Story& story, Status result) const {
        story.answer(clone, result);
        story.handler_returns(request, result);
        story.edge_completes(request, result);
    }
};

ObjectId hand_over(Story& story, Oid oid, At at, std::uint32_t type) {
    const ObjectId request = story.issue(oid, at, type);
    story.deliver(request);
    return request;
}

Passed pass_on(Story& story, ObjectId request) {
    return {request, story.forward(request)};
}

/// One port, or one adapter, that comes to be seen.
struct Driven {
    At            at;
    std::uint32_t type = 0;
};

/// @param in_use  what is done once the port may be used
/// @param last    what is done before its teardown
void show(Story& story, const Driven& port, PortView to, const Then& in_use, const Then& last) {
    using enum PortView;
    if (to == unseen) return;
    if (to == vetoed) return story.pass(oid::port_create, port.at, port.type, status::failure);
    const ObjectId create = hand_over(story, oid::port_create, port.at, port.type);
    if (to == create_delivered) return;
    const Passed passed = pass_on(story, create);
    if (to == create_forwarded) return in_use();
    passed.end(story, status::success);
    if (to != gone) in_use();
    if (to == created) return;
    last();
    if (to == gone) {
        story.port_torn_down(port.at.port);
        hand_over(story, oid::port_delete, port.at, 0);
        return;
    }
    const ObjectId teardown = hand_over(story, oid::port_teardown, port.at, 0);
    if (to == teardown_handled) pass_on(story, teardown);
}

/// @param before_connect  what is done between the create and the connect
/// @param in_use          what is done once the adapter may be used, or when it is as to be seen
void show(Story& story, const Driven& nic, NicView to, const Then& before_connect,
          const Then& in_use) {
    using enum NicView;
    if (to == unseen) return;
    if (to == vetoed) return story.pass(oid::nic_create, nic.at, nic.type, status::failure);
    const ObjectId create = hand_over(story, oid::nic_create, nic.at, nic.type);
    if (to == create_delivered) return;
    pass_on(story, create).end(story, status::success);
    if (to == created) return in_use();
    before_connect();
    const ObjectId connect = hand_over(story, oid::nic_connect, nic.at, 0);
    if (to == connect_delivered) return in_use();
    pass_on(story, connect).end(story, status::success);
    if (to != gone) in_use();
    if (to == connected) return;
    const ObjectId disconnect = hand_over(story, oid::nic_disconnect, nic.at, 0);
    if (to == disconnect_delivered) return;
    const Passed passed = pass_on(story, disconnect);
    if (to == disconnect_handled) return;
    passed.end(story, status::success);
    hand_over(story, oid::nic_delete, nic.at, 0);
}

Event question(const OidRow& row) {
    const bool about_port = oid::names_port(row.oid) || row.role == Role::source;
    Event      event{.port = about_port ? guest_port : default_port, .oid = row.oid};
    if (row.role == Role::target) return event;
    event.other_port = physical.port;
    event.other_nic  = physical.nic;
    return event;
}

ObjectId ask(Story& story, const OidRow& row) {
    const ObjectId asked = story.ask(question(row));
    story.leave(Call::NdisFOidRequest, {.object = asked, .status = status::pending});
    return asked;
}

void answer(Story& story, ObjectId asked, OidPhase phase) {
    const Status result = phase == OidPhase::succeeded ? status::success : status::failure;
    story.call(Call::FilterOidRequestComplete, {.object = asked, .status = result});
}

void ask_at_once(Story& story, const OidRow& row, OidPhase phase) {
    const ObjectId asked = ask(story, row);
    if (phase != OidPhase::issued) answer(story, asked, phase);
}

Story informed() {
    Story story;
    story.learns_parameters();
    return story;
}

/// What the request goes to is there, and referenced.
void physical_in_use(Story& story) {
    story.team(team_port);
    story.reference_nic(physical);
}

/// The first adapter of a team comes before the others, and is connected after they were created.
void first_of_team(Story& story) {
    story.nic_created({team_port, itself}, nic_type::external);
}

void connect_first(Story& story) {
    story.nic_connected({team_port, itself});
}

void adapter_up(Story& story, const OidRow& row) {
    const bool          of_team = row.role == Role::destination;
    const std::uint32_t type    = of_team ? nic_type::external : nic_type::synthetic;
    const At            at      = of_team ? physical : At{guest_port};
    if (of_team) first_of_team(story);
    story.nic_created(at, type);
    if (of_team) connect_first(story);
    story.nic_connected(at);
    story.reference_nic(at);
}

void adapter_gone(Story& story, const OidRow& row) {
    const bool of_team = row.role == Role::destination;
    const At   at      = of_team ? physical : At{guest_port};
    story.nic_disconnected(at);
    story.nic_deleted(at);
    if (!of_team) return;
    story.nic_disconnected({team_port, itself});
    story.nic_deleted({team_port, itself});
}

/// An adapter comes and goes on the port, referenced while it may be used.
Story see_adapters_of(const OidRow& row, OidPhase phase, PortView view) {
    Story         story   = informed();
    const bool    of_team = row.role == Role::destination;
    const Driven port{{of_team ? team_port : guest_port},
                       of_team ? port_type::external : port_type::synthetic};
    if (!of_team) physical_in_use(story);
    const auto in_use = [&] {
        if (view == PortView::create_forwarded) return;
        adapter_up(story, row);
    };
    const auto last = [&] {
        if (view == PortView::gone) adapter_up(story, row);
        story.dereference_nic(of_team ? physical : At{guest_port});
        adapter_gone(story, row);
    };
    show(story, port, view, in_use, last);
    ask_at_once(story, row, phase);
    return story;
}

}  // namespace

Story drive_extension(const OidRow& row, OidPhase phase, PortView view, Way way) {
    if (row.role != Role::target) return see_adapters_of(row, phase, view);
    Story         story = informed();
    const Driven port{{guest_port}, port_type::synthetic};
    const auto    reference = [&] {
        if (row.oid == oid::port_property_enum) story.reference_port(guest_port);
    };
    if (way != Way::issued_before) {
        show(story, port, view, reference, [] {});
        ask_at_once(story, row, phase);
        return story;
    }
    // The create is vetoed while the question is under way.
    const Passed create = pass_on(story, hand_over(story, oid::port_create, port.at, port.type));
    reference();
    const ObjectId asked = ask(story, row);
    create.end(story, status::failure);
    answer(story, asked, phase);
    return story;
}

Story drive_extension(const OidRow& row, OidPhase phase, NicView view, Way way) {
    Story         story   = informed();
    const bool    of_team = row.role == Role::destination;
    const Driven nic{of_team ? physical : At{guest_port},
                      of_team ? nic_type::external : nic_type::synthetic};
    if (of_team) {
        story.port_created(team_port, port_type::external);
        first_of_team(story);
    } else {
        if (row.role == Role::source) physical_in_use(story);
        story.port_created(guest_port);
    }
    ObjectId   asked  = 0;
    const bool early  = way == Way::issued_before;
    const auto in_use = [&] {
        if (row.role == Role::target) return;
        if (view == NicView::created && of_team) return;
        story.reference_nic(nic.at);
        if (early) asked = ask(story, row);
    };
    const auto team = [&] {
        if (of_team) connect_first(story);
    };
    show(story, nic, view, team, in_use);
    if (row.oid == oid::port_property_enum) story.reference_port(guest_port);
    if (early)
        answer(story, asked, phase);
    else
        ask_at_once(story, row, phase);
    return story;
}

}  // namespace interlock::model
