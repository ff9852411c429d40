#include "model/smt/claims.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "model/smt/findings.hpp"

namespace interlock::model::smt {
namespace {

// clang-format off
constexpr Claim table[] = {
    {"packets-need-a-connection",
     "No row and no permission lets a packet be sent before a connection is created, or after it "
     "is disconnected.",
     "one query",
     "No row lets the switch send one before the connect has succeeded.",
     packets_need_a_connection, packets_need_a_connect},
    {"no-nic-deleted-with-packets",
     "No NIC_DELETE is issued while a packet names the connection.",
     "1-induction",
     "The same, if the row does not ask for it.",
     packets_quiet, packets_not_asked},
    {"no-nic-deleted-with-oids",
     "No NIC_DELETE is issued while an OID names the connection.",
     "Spacer",
     "The same, if the row does not ask for it.",
     oids_quiet, oids_not_asked},
    {"no-nic-deleted-with-references",
     "No NIC_DELETE is issued while an extension holds a reference.",
     "Spacer",
     "The same, if the row does not ask for it.",
     references_quiet, references_not_asked},
    {"no-port-deleted-in-use",
     "No PORT_DELETE is issued while an OID targets the port or an extension holds a reference.",
     "Spacer",
     "The same, if the row does not ask for references.",
     port_unused, port_references_not_asked},
    {"no-port-torn-down-with-nics",
     "A connection exists only on a created port, so none outlives PORT_TEARDOWN.",
     "1-induction",
     "The same, if PORT_TEARDOWN does not ask for it.",
     port_empty, nics_not_asked},
    {"bound-adapters-below-a-live-one",
     "A bound adapter exists only while index 0 is created, connecting or connected.",
     "1-induction",
     "The same, if index 0 does not wait for the bound adapters.",
     bound_below, bound_not_asked},
    {"a-reference-must-be-released-after-disconnect",
     "If DereferenceSwitchNic were forbidden after the disconnect, as the states page can be read, "
     "a connection with a reference could never be deleted.",
     "1-induction",
     "The same, though DereferenceSwitchNic is allowed at any time.",
     reference_blocks, reference_is_released},
    {"an-unconnected-adapter-must-be-deletable",
     "If only a disconnected connection could be deleted, as the overview can be read, one that is "
     "never connected would stay for ever, and its port with it.",
     "1-induction",
     "The same, though NIC_DELETE is allowed of a created connection.",
     unconnected_stays, unconnected_goes},
    {"a-module-carries-between-restart-and-pause",
     "No packet is handed to a module before it is running, or after its pause is complete.",
     "one query",
     "None while it is running either.",
     module_carries, module_carries_running},
    {"a-request-is-finished-once",
     "A request is finished once when it is completed, and not before.",
     "1-induction",
     "The same, with a row that completes it twice.",
     finished_once, finished_twice},
    {"a-packet-is-given-back-once",
     "A packet of another's is given back as often as it was delivered.",
     "1-induction",
     "The same, with a row that finishes what was passed on.",
     given_back_once, given_back_twice},
    {"every-state-is-reached",
     "Every state of every machine is reached from its initial one.",
     "bounded search to the number of states",
     "The same, if no create of a port succeeds.",
     states_reached, states_not_reached},
    {"every-life-can-end",
     "From every state a machine can come back to where it began; an OID request to done.",
     "bounded search to the number of states",
     "The same, if no delete of a connection completes.",
     ends_reached, ends_not_reached},
    {"one-way-on",
     "No state has two rows for one event.",
     "one query",
     "The same, with a second row for FilterPause.",
     one_way_on, two_ways_on},
    {"every-row-is-taken",
     "Every row is taken in some run of its machine, and every row of a port and a connection in "
     "a run in which all guards are asked.",
     "bounded search",
     "The same, if no clone comes back.",
     rows_taken, rows_not_taken},
    {"everything-can-be-taken-down",
     "Wherever a port and its connections are, with whatever is on its way, they can be taken down "
     "until nothing is left.",
     "a weight that some step makes less",
     "The same, if a reference may not be released after the disconnect.",
     taken_down, not_taken_down},
    {"formulas-do-as-msm-does",
     "In every state, on every event, whichever guards hold, the formulas go where the Boost.MSM "
     "machines go, which are tried in each.",
     "exhaustive trial, one query",
     "The same, with a guard less in the formulas.",
     formulas_as_msm, formulas_not_as_msm},
};
// clang-format on

}  // namespace

Finding together(std::span<const Finding> findings) {
    Finding sum{Answer::proved, ""};
    for (const Finding& finding : findings) {
        if (finding.answer != Answer::proved) return finding;
        sum.witness += finding.witness;
    }
    return sum;
}

std::span<const Claim> claims() {
    return table;
}

const Claim& claim(std::string_view name) {
    const auto found = std::ranges::find(table, name, &Claim::name);
    if (found != std::end(table)) return *found;
    std::fprintf(stderr, "there is no claim %.*s\n", static_cast<int>(name.size()), name.data());
    std::abort();
}

Proof prove(const Claim& claim) {
    return {&claim, claim.find(documented()), claim.find_twin(documented())};
}

}  // namespace interlock::model::smt
