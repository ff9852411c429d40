#include "model/rules/cases.hpp"

namespace interlock::model {
namespace {

Event property(Oid oid, PortId port, std::uint32_t type) {
    return {.port = port, .oid = oid, .flags = buffer::with_number(7), .detail = type};
}

Event vlan(Oid oid) {
    return property(oid, 3, property_type::vlan);
}

/// A property of the switch that is there before the extension is attached.
void older_property(Story& s) {
    const ObjectId added = s.issue(property(oid::property_add, 0, property_type::custom));
    s.edge_completes(added);
    s.attach();
    s.restart();
    s.host(Call::SwitchActivated);
    s.net_pnp(pnp::switch_activate);
}

void refuses_on_a_validation_port(Story& s, Status veto) {
    s.pass(oid::port_create, {3}, port_type::synthetic | port_type::validation_port);
    s.decide(vlan(oid::port_property_add), veto);
}

/// A question for the status of a feature, passed on with that digest; it came with 7.
void passes_question(Story& s, std::uint32_t digest) {
    const ObjectId question = s.issue({.oid = oid::feature_status_query, .digest = 7});
    s.deliver(question);
    const ObjectId clone   = s.forward(question);
    s.events.back().digest = digest;
    s.answer(clone);
    s.handler_returns(question);
    s.edge_completes(question);
}

/// Refused as too short, which is 100 bytes.
void needs_for_status(Story& s, std::uint32_t needed) {
    const ObjectId question =
        s.issue({.oid = oid::feature_status_query, .flags = buffer::with_number(100)});
    s.deliver(question);
    s.handler_returns(question, status::invalid_length);
    s.events.back().detail = needed;
    s.edge_completes(question, status::invalid_length);
}

const Case property_table[] = {
    {"PROP-02", Party::host,
    [](Story& s) {
        s.port_created(3);
        s.pass(vlan(oid::port_property_add));
        s.pass(vlan(oid::port_property_update));
        s.pass(vlan(oid::port_property_delete));
        s.pass(vlan(oid::port_property_add));
    },
    [](Story& s) {
        s.port_created(3);
        s.pass(vlan(oid::port_property_add));
        s.pass(vlan(oid::port_property_add));
    }},
    {"PROP-02", Party::host,
    [](Story& s) {  // A vetoed add leaves nothing behind.
        s.port_created(3);
        s.decide(vlan(oid::port_property_add), status::data_not_accepted);
        s.pass(vlan(oid::port_property_add));
    },
    [](Story& s) {
        s.port_created(3);
        s.decide(vlan(oid::port_property_add), status::data_not_accepted);
        s.pass(vlan(oid::port_property_update));
    },
    [] { return Story(); }, "_vetoed"},
    {"PROP-03", Party::extension,
    [](Story& s) {
        s.port_created(3);
        s.pass(vlan(oid::port_property_add));
        s.decide(property(oid::port_property_add, 3, property_type::custom), status::success);
    },
    [](Story& s) {
        s.port_created(3);
        s.decide(vlan(oid::port_property_add), status::success);
    }},
    {"PROP-03", Party::extension,
    [](Story& s) { s.pass(property(oid::property_add, 0, property_type::custom)); },
    [](Story& s) {
        s.decide(property(oid::property_add, 0, property_type::custom), status::success);
    },
    [] { return Story(ExtensionClass::filtering); }, "_custom"},
    {"PROP-03", Party::extension,
    [](Story& s) {
        s.port_created(3);
        s.pass(vlan(oid::port_property_add));
        s.pass(vlan(oid::port_property_delete));
    },
    [](Story& s) {
        s.port_created(3);
        s.pass(vlan(oid::port_property_add));
        s.decide(vlan(oid::port_property_delete), status::success);
    },
    [] { return Story(); }, "_delete", 630, Severity::warning},
    {"PROP-06", Party::extension,
    [](Story& s) {
        older_property(s);
        s.decide(property(oid::property_update, 0, property_type::custom),
                 status::invalid_parameter);
    },
    [](Story& s) {
        older_property(s);
        s.decide(property(oid::property_update, 0, property_type::custom), status::success);
    },
    Story::before_attach},
    {"PORT-14", Party::extension,
    [](Story& s) { refuses_on_a_validation_port(s, status::data_not_accepted); },
    [](Story& s) { refuses_on_a_validation_port(s, status::resources); }},
    {"FEAT-01", Party::extension, [](Story& s) { passes_question(s, 7); },
    [](Story& s) { passes_question(s, 8); }},
    {"FEAT-02", Party::extension, [](Story& s) { needs_for_status(s, 120); },
    [](Story& s) { needs_for_status(s, 0); }},
};

}  // namespace

std::vector<Case> property_cases() {
    return {std::begin(property_table), std::end(property_table)};
}

}  // namespace interlock::model
