// What the tables say of whole lives, on random ones. Each property keeps a history in the page's
// words beside the table, and never asks the table what it should have said.

#include <array>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/state.h>

#include "model/machine.hpp"
#include "model/machines/states.hpp"

namespace interlock::model {
namespace {

const DenseTable& port_table() {
    static const DenseTable table(port_machine());
    return table;
}

const DenseTable& nic_table() {
    static const DenseTable table(nic_machine());
    return table;
}

constexpr std::uint8_t number(auto value) {
    return static_cast<std::uint8_t>(value);
}

constexpr unsigned bit(auto guard) {
    return 1U << static_cast<unsigned>(guard);
}

/// What is on one connection, counted by hand.
struct Connection {
    NicState state      = NicState::absent;
    int      packets    = 0;
    int      oids       = 0;
    int      references = 0;
};

/// An external port with the external adapter and one that is bound below it.
struct World {
    PortState                 port       = PortState::not_created;
    int                       references = 0;
    int                       oids       = 0;
    std::array<Connection, 2> nics       = {};
};

using Tally = std::map<std::string, int>;  // How often each deed was done.

unsigned truth_of_port(const World& world) {
    unsigned truth = bit(PortGuard::port_id_real) | bit(PortGuard::operational);
    if (world.references == 0) truth |= bit(PortGuard::no_port_references);
    if (world.oids == 0) truth |= bit(PortGuard::no_port_oids);
    bool empty = true;
    for (const Connection& nic : world.nics)
        empty &= nic.state == NicState::absent;
    if (empty) truth |= bit(PortGuard::no_nic_on_port);
    return truth;
}

unsigned truth_of_nic(const World& world, std::size_t index) {
    const Connection& nic   = world.nics[index];
    const NicState    first = world.nics[0].state;
    unsigned          truth = bit(NicGuard::index_fits);
    if (index == 0) truth |= bit(NicGuard::guest_nic);
    if (nic.packets == 0) truth |= bit(NicGuard::no_packets);
    if (nic.oids == 0) truth |= bit(NicGuard::no_nic_oids);
    if (nic.references == 0) truth |= bit(NicGuard::no_nic_references);
    const bool live =
        first == NicState::created || first == NicState::connecting || first == NicState::connected;
    if (index == 0 || live) truth |= bit(NicGuard::external_first);
    if (index == 0 || first == NicState::connected) truth |= bit(NicGuard::external_connected);
    if (index == 1 || world.nics[1].state == NicState::absent)
        truth |= bit(NicGuard::bound_adapters_gone);
    return truth;
}

bool takes(const Step& step, unsigned truth) {
    return step.filled && (step.guards & ~truth) == 0;
}

// --- What may be tried
// ----------------------------------------------------------------------------

enum class Kind : std::uint8_t {
    port_event,
    nic_event,
    reference_port,
    dereference_port,
    complete_port_oid,
    reference_nic,
    dereference_nic,
    complete_nic_oid,
    complete_packet,
};

struct Deed {
    Kind         kind  = Kind::port_event;
    std::uint8_t event = 0;
    std::size_t  index = 0;
};

std::string words(const Deed& deed) {
    constexpr std::array names{
        "port ",
        "nic ",
        "reference the port",
        "dereference the port",
        "complete an OID of the port",
        "reference nic ",
        "dereference nic ",
        "complete an OID of nic ",
        "complete a packet of nic ",
    };
    std::string text = names[number(deed.kind)];
    if (deed.kind == Kind::port_event) return text + std::string{port_machine().events[deed.event]};
    if (deed.kind == Kind::nic_event) {
        return text + std::to_string(deed.index) + " " +
               std::string{nic_machine().events[deed.event]};
    }
    return deed.kind < Kind::reference_nic ? text : text + std::to_string(deed.index);
}

/// A NIC_CREATE is one OID for both machines.
bool creates_nic(const Deed& deed) {
    return deed.kind == Kind::nic_event && deed.event == number(NicEvent::create_issued);
}

bool allowed(const World& world, const Deed& deed) {
    const Connection& nic = world.nics[deed.index];
    switch (deed.kind) {
        case Kind::port_event:
            return takes(port_table().at(number(world.port), deed.event), truth_of_port(world));
        case Kind::nic_event:
            if (creates_nic(deed) &&
                !takes(port_table().at(number(world.port), number(PortEvent::nic_create_issued)),
                       truth_of_port(world))) {
                return false;
            }
            return takes(nic_table().at(number(nic.state), deed.event),
                         truth_of_nic(world, deed.index));
        case Kind::reference_port:
            return world.port == PortState::created;
        case Kind::dereference_port:
            return world.references > 0;
        case Kind::complete_port_oid:
            return world.oids > 0;
        case Kind::reference_nic:
            return nic.state == NicState::connected;
        case Kind::dereference_nic:
            return nic.references > 0;
        case Kind::complete_nic_oid:
            return nic.oids > 0;
        case Kind::complete_packet:
            return nic.packets > 0;
    }
    return false;
}

void do_port_event(World& world, std::uint8_t event) {
    world.port = PortState{port_table().at(number(world.port), event).to};
    const bool oid =
        event == number(PortEvent::updated_issued) || event == number(PortEvent::property_issued);
    if (oid) ++world.oids;
}

void do_nic_event(Connection& nic, std::uint8_t event) {
    nic.state      = NicState{nic_table().at(number(nic.state), event).to};
    const bool oid = event == number(NicEvent::updated_issued) ||
                     event == number(NicEvent::save_issued) ||
                     event == number(NicEvent::restore_issued);
    if (oid) ++nic.oids;
    if (event == number(NicEvent::host_packet)) ++nic.packets;
}

void perform(World& world, const Deed& deed) {
    Connection& nic = world.nics[deed.index];
    switch (deed.kind) {
        case Kind::port_event:
            return do_port_event(world, deed.event);
        case Kind::nic_event:
            return do_nic_event(nic, deed.event);
        case Kind::reference_port:
            ++world.references;
            return;
        case Kind::dereference_port:
            --world.references;
            return;
        case Kind::complete_port_oid:
            --world.oids;
            return;
        case Kind::reference_nic:
            ++nic.references;
            return;
        case Kind::dereference_nic:
            --nic.references;
            return;
        case Kind::complete_nic_oid:
            --nic.oids;
            return;
        case Kind::complete_packet:
            --nic.packets;
            return;
    }
}

std::vector<Deed> every_deed() {
    std::vector<Deed> deeds;
    for (std::uint8_t event = 0; event < port_machine().events.size(); ++event) {
        if (event != number(PortEvent::nic_create_issued))
            deeds.push_back({Kind::port_event, event});
    }
    for (auto kind = number(Kind::reference_port); kind < number(Kind::reference_nic); ++kind)
        deeds.push_back({Kind{kind}});
    for (const std::size_t index : {0U, 1U}) {
        for (std::uint8_t event = 0; event < nic_machine().events.size(); ++event)
            deeds.push_back({Kind::nic_event, event, index});
        for (auto kind = number(Kind::reference_nic); kind <= number(Kind::complete_packet); ++kind)
            deeds.push_back({Kind{kind}, 0, index});
    }
    return deeds;
}

std::vector<Deed> allowed_deeds(const World& world) {
    std::vector<Deed> deeds = every_deed();
    std::erase_if(deeds, [&](const Deed& deed) { return !allowed(world, deed); });
    return deeds;
}

// --- The commands
// ---------------------------------------------------------------------------------

/// Rows more often than what happens between them, or no life would come to its end.
Deed any_deed(const World& world) {
    const std::vector<Deed> deeds = allowed_deeds(world);
    std::vector<Deed>       rows  = deeds;
    std::erase_if(rows, [](const Deed& deed) { return deed.kind > Kind::nic_event; });
    const bool row = *rc::gen::elementOf(std::vector<int>{0, 1, 2, 3}) != 0;
    return *rc::gen::elementOf(row && !rows.empty() ? rows : deeds);
}

struct Act : rc::state::Command<World, Tally> {
    Deed deed;

    explicit Act(const World& world) : deed(any_deed(world)) {}

    void checkPreconditions(const World& world) const override {
        RC_PRE(allowed(world, deed));
    }
    void apply(World& world) const override {
        perform(world, deed);
    }

    void run(const World& world, Tally& tally) const override {
        ++tally[words(deed)];
        World after = world;
        perform(after, deed);
        keeps_its_word(after);
    }

    void show(std::ostream& out) const override {
        out << words(deed);
    }

private:
    /// The sentences of the pages that must be true of every moment.
    static void keeps_its_word(const World& world) {
        for (const Connection& nic : world.nics) {
            const bool gone = nic.state == NicState::absent || nic.state == NicState::deleting;
            RC_ASSERT(!gone || (nic.packets == 0 && nic.oids == 0 && nic.references == 0));
            RC_ASSERT(nic.state == NicState::absent || world.port == PortState::created);
        }
        const bool leaving =
            world.port == PortState::deleting || world.port == PortState::not_created;
        RC_ASSERT(!leaving || (world.references == 0 && world.oids == 0));
        const NicState first = world.nics[0].state;
        const bool     live  = first == NicState::created || first == NicState::connecting ||
                          first == NicState::connected;
        RC_ASSERT(world.nics[1].state == NicState::absent || live);
    }
};

TEST(LivesOfPortsAndAdapters, KeepTheWordsOfThePages) {
    Tally tally;
    ASSERT_TRUE(rc::check("ports and adapters live as the pages say", [&] {
        for (int life = 0; life < 20; ++life)
            rc::state::check(World{}, tally, rc::state::gen::execOneOfWithArgs<Act>());
    }));

    int deeds = 0;
    for (const auto& [name, count] : tally)
        deeds += count;
    std::cout << deeds << " deeds of " << tally.size() << " kinds; packets of nic 0 "
              << tally["nic 0 host_packet"] << ", of nic 1 " << tally["nic 1 host_packet"]
              << "; nic 1 deleted " << tally["nic 1 delete_completed"] << ", port deleted "
              << tally["port delete_completed"] << "\n";
    for (const char* rare : {"nic 0 host_packet", "nic 1 host_packet", "nic 0 delete_completed",
                             "nic 1 delete_completed", "port delete_completed"})
        EXPECT_GT(tally[rare], 0) << rare;
}

}  // namespace
}  // namespace interlock::model
