#include "model/tracks.hpp"

#include <cstdio>
#include <cstdlib>

#include "model/judge.hpp"

namespace interlock::model {
namespace {

RuleIndex carried(std::string_view id) {
    const RuleIndex rule = rule_of(id);
    if (rule != no_rule) return rule;
    std::fprintf(stderr, "interlock: a machine carries %.*s, which is no rule\n",
                 static_cast<int>(id.size()), id.data());
    std::abort();
}

std::string told(std::string_view event, std::string_view about, std::string_view state = {}) {
    std::string text{event};
    text.append(" ").append(about);
    if (!state.empty()) text.append(" ").append(state);
    return text;
}

const Track::Words port_words{
    .events = {"issued OID_SWITCH_PORT_CREATE", "completed OID_SWITCH_PORT_CREATE",
               "failed OID_SWITCH_PORT_CREATE", "issued OID_SWITCH_PORT_UPDATED",
               "issued a property request", "issued OID_SWITCH_NIC_CREATE",
               "issued OID_SWITCH_PORT_TEARDOWN", "completed OID_SWITCH_PORT_TEARDOWN",
               "issued OID_SWITCH_PORT_DELETE", "completed OID_SWITCH_PORT_DELETE"},
    .about  = "for a port that is",
    .states = {"not there", "being created", "created", "being torn down", "torn down",
               "being deleted"},
    .guards = {"with the reserved port id 0", "while an adapter is still on the port",
               "while an extension holds a reference on the port",
               "while an OID request for the port is outstanding", "on a validation port"},
};

const Track::Words nic_words{
    .events = {"issued OID_SWITCH_NIC_CREATE", "completed OID_SWITCH_NIC_CREATE",
               "failed OID_SWITCH_NIC_CREATE", "issued OID_SWITCH_NIC_CONNECT",
               "completed OID_SWITCH_NIC_CONNECT", "failed OID_SWITCH_NIC_CONNECT",
               "issued OID_SWITCH_NIC_UPDATED", "issued OID_SWITCH_NIC_SAVE",
               "issued OID_SWITCH_NIC_RESTORE", "issued OID_SWITCH_NIC_DISCONNECT",
               "completed OID_SWITCH_NIC_DISCONNECT", "issued OID_SWITCH_NIC_DELETE",
               "completed OID_SWITCH_NIC_DELETE", "sent a packet"},
    .about  = "for an adapter that is",
    .states = {"not there", "being created", "created", "being connected", "connected",
               "being disconnected", "disconnected", "being deleted"},
    .guards = {"while packets name the adapter", "while an OID request names the adapter",
               "while an extension holds a reference on the adapter",
               "before index 0 of the port was created", "before index 0 of the port was connected",
               "while an adapter with an index above 0 is still on the port",
               "with an index that the port cannot have", "for an adapter that is no guest's"},
};

const Track::Words module_words{
    .events = {"called FilterAttach", "returned from FilterAttach", "failed FilterAttach",
               "called FilterRestart", "completed its restart", "failed its restart",
               "called FilterPause", "completed its pause", "called FilterDetach",
               "handed over a packet", "handed over an OID request"},
    .about  = "in a module that is",
    .states = {"detached", "attaching", "paused", "restarting", "running", "pausing"},
    .guards = {},
};

const Track::Words oid_words{
    .events = {"handed over an OID request", "forwarded an OID request",
               "answered a forwarded OID request", "completed an OID request",
               "returned pending from an OID request", "returned a result for an OID request"},
    .about  = "that",
    .states = {"was not delivered to it", "it holds", "is still below", "came back from below",
               "is completed already", "is finished"},
    .guards = {},
};

const Track::Words packet_words{
    .events = {"handed over a packet", "passed on a packet", "gave back a packet",
               "finished a packet", "allocated a forwarding context for a packet",
               "freed the forwarding context of a packet"},
    .about  = "that",
    .states = {"is not in its hands", "it holds", "it has passed on already",
               "was given back to it", "is its own and was not sent", "is its own and still sent",
               "is its own and came back"},
    .guards = {},
};

const Track::Words save_words{
    .events = {"issued OID_SWITCH_NIC_SAVE", "let an extension complete OID_SWITCH_NIC_SAVE",
               "completed OID_SWITCH_NIC_SAVE", "found a buffer too short for OID_SWITCH_NIC_SAVE",
               "failed OID_SWITCH_NIC_SAVE", "issued OID_SWITCH_NIC_SAVE_COMPLETE"},
    .about  = "for an adapter whose save",
    .states = {"has not begun", "is under way", "has asked every extension", "has failed"},
    .guards = {},
};

const Track::Words restore_words{
    .events = {"issued OID_SWITCH_NIC_RESTORE", "completed OID_SWITCH_NIC_RESTORE",
               "failed OID_SWITCH_NIC_RESTORE", "issued OID_SWITCH_NIC_RESTORE_COMPLETE"},
    .about  = "for an adapter whose restore",
    .states = {"has not begun", "is under way", "has failed"},
    .guards = {},
};

const Track::Words activation_words{
    .events = {"asked for OID_SWITCH_PARAMETERS", "answered that the switch is not active",
               "answered that the switch is active", "announced its activation",
               "asked for the configuration"},
    .about  = "when",
    .states = {"nobody had said whether the switch is active",
               "the activation was announced and OID_SWITCH_PARAMETERS not asked for",
               "the switch was not active", "the switch was active"},
    .guards = {"of a switch that is not active"},
};

const Track::Words property_words{
    .events = {"added a property", "completed the add of a property",
               "failed the add of a property", "changed a property",
               "completed the change of a property", "deleted a property",
               "completed the delete of a property", "failed the delete of a property"},
    .about  = "that",
    .states = {"nobody has spoken of", "is not there", "is there already"},
    .guards = {},
};

}  // namespace

Track::Track(const Machine& machine, const Words& words) : table(machine) {
    for (const Machine* before : model::machines()) {
        if (before == &machine) break;
        first_cell += before->cells.size();
        first_blank += before->blanks.size();
    }
    for (const Cell& cell : machine.cells)
        cell_rules.push_back(carried(cell.rule));
    for (const Guard& guard : machine.guards)
        guard_rules.push_back(carried(guard.rule));
    for (const Blank& blank : machine.blanks) {
        blank_rules.push_back(carried(blank.rule));
        blanks_told.push_back(
            told(words.events.at(blank.event), words.about, words.states.at(blank.from)));
    }
    for (const std::string_view event : words.events)
        for (const std::string_view guard : words.guards)
            guards_told.push_back(told(event, guard));
}

Tracks::Tracks()
    : port(port_machine(), port_words),
      nic(nic_machine(), nic_words),
      filter_module(filter_module_machine(), module_words),
      oid_request(oid_request_machine(), oid_words),
      packet(packet_machine(), packet_words),
      save(save_machine(), save_words),
      restore(restore_machine(), restore_words),
      activation(activation_machine(), activation_words),
      property(property_machine(), property_words) {}

const Tracks& tracks() {
    static const Tracks all;
    return all;
}

}  // namespace interlock::model
