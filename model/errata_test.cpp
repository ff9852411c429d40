// Each entry of the errata ledger has a separator: a story that the three readings judge as the
// ledger says, and in which nothing else is found.

#include "model/errata.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <set>
#include <string>

#include "model/judge.hpp"
#include "model/rules/cases.hpp"
#include "model/rules/packet_ways.hpp"

namespace interlock::model {

void PrintTo(const Erratum& erratum, std::ostream* out);
void PrintTo(const Erratum& erratum, std::ostream* out) {
    *out << erratum.name;
}

namespace {

/// A separator that is told here, or is the violating story of a case.
struct Separator {
    std::string_view of;
    void (*tell)(Story&)    = nullptr;
    Story (*begins)()       = [] { return Story(); };
    std::string_view rule   = {};
    std::string_view naming = {};
    std::uint16_t    ndis   = 630;
};

/// A request that the extension keeps for a while.
ObjectId keeps(Story& s, Oid oid, At at) {
    const ObjectId request = s.issue(oid, at);
    s.deliver(request);
    s.handler_returns(request, status::pending);
    return request;
}

void passes_after_all(Story& s, ObjectId request) {
    const ObjectId clone = s.forward(request);
    s.leave(Call::NdisFOidRequest, {.object = clone, .status = status::pending});
    s.enter(Call::FilterOidRequestComplete, {.object = clone});
    s.complete_up(request);
    s.leave(Call::FilterOidRequestComplete);
    s.edge_completes(request);
}

void sends_own_to(Story& s, At at) {
    const ObjectId own = s.makes();
    s.commit(own, at);
    s.pass_down(own);
    s.give_back_down(own);
    s.unmakes(own);
}

// clang-format off
const Separator separators[] = {
    {"late_dereference", [](Story& s) {
        s.guest(3);
        s.reference_nic({3});
        s.nic_disconnected({3});
        s.dereference_nic({3});
        s.nic_deleted({3});
    }},
    {"disconnect_binds", [](Story& s) {
        const ObjectId nbl   = going_down(s);
        const ObjectId going = keeps(s, oid::nic_disconnect, {4});
        s.commit(nbl, {4});
        s.drops(nbl, {3});
        s.done(nbl);
        passes_after_all(s, going);
        s.nic_deleted({4});
    }},
    {"connect_opens", [](Story& s) {
        s.guest(3);
        s.port_created(4);
        s.nic_created({4});
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        const ObjectId coming = keeps(s, oid::nic_connect, {4});
        s.commit(nbl, {4});
        passes_after_all(s, coming);
        s.pass_down(nbl);
        s.turns_round(nbl);
        s.comes_back(nbl);
        s.finish_up(nbl);
        s.done(nbl);
    }},
    {"reference_when_created", [](Story& s) {
        s.port_created(4);
        s.nic_created({4});
        s.reference_nic({4}, status::failure);
    }},
    {"port_forwarded", [](Story& s) {
        const ObjectId create = s.issue(oid::port_create, {3}, port_type::synthetic);
        s.deliver(create);
        const ObjectId clone = s.forward(create);
        s.task = 2;
        s.reference_port(3, status::failure);
        s.task = 1;
        s.answer(clone);
        s.handler_returns(create);
        s.edge_completes(create);
    }},
    {"port_reference_gate", [](Story& s) {
        s.guest(3);
        s.reference_port(3);
        s.nic_disconnected({3});
        s.nic_deleted({3});
        s.dereference_port(3);
    }},
    {"control_under_reference", [](Story& s) {
        s.team(1);
        s.reference_nic({1, 1});
        s.nic_disconnected({1, 1});
        s.answered(s.ask(oid::nic_request, {}, {1, 1}));
        s.dereference_nic({1, 1});
        s.nic_deleted({1, 1});
    }},
    {"never_connected", [](Story& s) {
        s.port_created(3);
        s.nic_created({3});
        s.nic_deleted({3});
    }},
    {.of = "packet_after_disconnect", .rule = "NIC-15"},
    {.of = "overlap", .rule = "OID-17"},
    {"abort_when_cancelled", [](Story& s) {
        s.guest(3);
        const ObjectId going = keeps(s, oid::nic_disconnect, {3});
        s.call(Call::FilterCancelOidRequest, {.object = going});
        s.complete_up(going, status::request_aborted);
        s.edge_completes(going, status::request_aborted);
        s.nic_deleted({3});
    }},
    {.of = "activation_kept", .rule = "FILT-20", .naming = "_activation"},
    {.of = "property_delete", .rule = "PROP-03", .naming = "_delete"},
    {"literal_order", [](Story& s) {
        s.team(1);
        s.nic_created({1, 2}, nic_type::external);
    }},
    {.of = "team_operational", .rule = "PHY-03"},
    {"second_internal", [](Story& s) {
        s.port_created(3, port_type::internal);
        s.port_created(4, port_type::internal);
    }},
    {.of = "own_allocation", .rule = "NREQ-06"},
    {.of = "held_at_detach", .rule = "REF-06", .naming = "_at_detach"},
    {.of = "parent_retention", .rule = "NBL-19"},
    {"faithful_clone_up", [](Story& s) {
        const ObjectId nbl   = going_up(s);
        const ObjectId clone = s.clones(nbl, flag::copy_preserve_destinations);
        s.pass_up(clone);
        s.give_back_up(clone);
        s.unmakes(clone);
        ends_its_way(s, nbl);
    }, filtering},
    {.of = "destinations_copied", .rule = "FWD-05"},
    {"exclusion_by_filter", [](Story& s) {
        const ObjectId nbl = going_up(s);
        s.call(Call::UpdateNetBufferListDestinations, {.object = nbl});
        s.pass_up(nbl);
        s.give_back_up(nbl);
        ends_its_way(s, nbl);
    }, filtering},
    {"native_destinations", [](Story& s) {
        s.guest(3);
        s.guest(4);
        const ObjectId nbl = s.sent_by({3});
        s.events.back().detail |= flag::native_forwarding_required;
        s.hand_down(nbl, {3});
        s.commit(nbl, {4});
        s.drops(nbl, {3});
        s.done(nbl);
    }, [] { return Story(); }, {}, {}, 640},
    {"receives_when_paused", [](Story& s) {
        s.pause();
        const ObjectId nbl = 900;
        s.hand_up(nbl);
        s.pass_up(nbl);
        s.give_back_up(nbl);
        s.return_down(nbl);
    }},
    {"origin_when_restarting", [](Story& s) {
        s.guest(3);
        s.pause();
        s.enter(Call::FilterRestart);
        sends_own_to(s, {3});
        s.leave(Call::FilterRestart);
    }},
    {"sends_when_restarting", [](Story& s) {
        s.guest(3);
        s.guest(4);
        s.pause();
        s.enter(Call::FilterRestart);
        const ObjectId nbl = s.sent_by({3});
        s.hand_down(nbl, {3});
        s.commit(nbl, {4});
        s.pass_down(nbl);
        s.give_back_down(nbl);
        s.finish_up(nbl);
        s.done(nbl);
        s.leave(Call::FilterRestart);
    }},
    {.of = "excluded_everywhere", .rule = "FWD-12", .naming = "_everywhere"},
};
// clang-format on

const Case* case_of(const Separator& separator) {
    static const auto cases = all_cases();
    const auto        found = std::ranges::find_if(cases, [&](const Case& one) {
        return one.rule == separator.rule && one.name == separator.naming;
    });
    return found == cases.end() ? nullptr : &*found;
}

std::vector<Event> trace_of(const Separator& separator) {
    const Case* one   = separator.tell == nullptr ? case_of(separator) : nullptr;
    Story       story = one == nullptr ? separator.begins() : one->begins();
    (one == nullptr ? separator.tell : one->breaks)(story);
    story.ends();
    return story.events;
}

std::string told(const Verdict& verdict) {
    std::string text;
    for (const Violation& found : verdict.violations)
        text.append(rules()[found.rule].id)
            .append(found.severity == Severity::warning ? " warns, " : " is broken, ")
            .append(found.what)
            .append("\n");
    for (const Undecided& note : verdict.undecided)
        text.append(note.why).append("\n");
    return text;
}

class Errata : public testing::TestWithParam<Erratum> {};

TEST_P(Errata, AreToldApartByTheirSeparatorAsTheLedgerSays) {
    const auto* separator = std::ranges::find(separators, GetParam().name, &Separator::of);
    ASSERT_NE(separator, std::end(separators)) << "no story separates its readings";
    const auto trace = trace_of(*separator);
    for (const Reading reading : readings) {
        const Verdict verdict = judge(trace, {.ndis = separator->ndis, .reading = reading});
        const Weight  expects = GetParam().weighs[static_cast<std::size_t>(reading)];
        SCOPED_TRACE(std::string(name_of(reading)) + "\n" + told(verdict));
        EXPECT_EQ(verdict.violations.empty(), expects == Weight::silent);
        EXPECT_EQ(verdict.outcome,
                  expects == Weight::violation ? Outcome::violates : Outcome::conforms);
        bool its = expects == Weight::silent;
        for (const Violation& found : verdict.violations) {
            const std::string_view id = rules()[found.rule].id;
            its |= id == GetParam().rule && found.severity == severity_of(expects);
            EXPECT_TRUE(id == GetParam().rule || GetParam().also.find(id) != id.npos) << id;
        }
        EXPECT_TRUE(its) << "not found by " << GetParam().rule;
    }
}

TEST_P(Errata, DifferInAtLeastOneReading) {
    const std::set<Weight> all(GetParam().weighs.begin(), GetParam().weighs.end());
    EXPECT_GT(all.size(), 1U);
}

TEST_P(Errata, NameARuleAndTwoSides) {
    EXPECT_NE(rule_of(GetParam().rule), no_rule);
    EXPECT_EQ(errata()[static_cast<std::size_t>(GetParam().doubt)].name, GetParam().name);
    for (const Side& side : GetParam().sides)
        EXPECT_TRUE(side.says.ends_with('.')) << side.says;
    EXPECT_FALSE(GetParam().sides[0].page.empty() && GetParam().sides[1].page.empty());
    EXPECT_TRUE(GetParam().chosen.ends_with('.'));
}

INSTANTIATE_TEST_SUITE_P(Ledger, Errata, testing::ValuesIn(errata().begin(), errata().end()),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(Readings, WeighARuleWithoutAnErratumByItsModalityAndSeverity) {
    const auto weighs = [](std::string_view id) {
        Weights all;
        for (const Reading reading : readings)
            all[static_cast<std::size_t>(reading)] = weight_of(rule_of(id), reading);
        return all;
    };
    using enum Weight;
    EXPECT_EQ(weighs("NIC-17"), (Weights{violation, violation, violation}));
    EXPECT_EQ(weighs("NBL-24"), (Weights{warning, warning, violation}));  // A "should".
    EXPECT_EQ(weighs("FLAG-02"), (Weights{violation, warning, violation}));
}

}  // namespace
}  // namespace interlock::model
