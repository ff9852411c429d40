#include "reports/json.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "model/judge.hpp"
#include "model/verifier.hpp"
#include "reports/attribution.hpp"
#include "reports/code_places.hpp"
#include "reports/engines.hpp"
#include "reports/facts.hpp"
#include "reports/fingerprint.hpp"
#include "reports/lanes.hpp"
#include "reports/names.hpp"
#include "reports/state.hpp"
#include "reports/story.hpp"
#include "reports/under_way.hpp"
#include "reports/words.hpp"

namespace interlock::reports {
namespace {

using Json = nlohmann::ordered_json;

constexpr int         format_version   = 1;
constexpr std::size_t story_events_max = 40;
constexpr std::size_t open_max         = 40;
constexpr int         indent           = 2;

Json event_json(const Result& result, std::size_t place) {
    const model::Event& event = result.trace[place];
    return {{"event", place},
            {"step", event.step},
            {"time_100ns", event.time_100ns},
            {"task", event.task},
            {"module", module_name(result, event.module)},
            {"call", model::name(event.call)},
            {"phase", event.phase == model::Phase::enter ? "enter" : "leave"},
            {"words", in_one_phrase(event)}};
}

Json subject_json(const model::Subject& subject) {
    Json json = Json::object();
    if (subject.port != 0) json["port"] = subject.port;
    if (subject.has_nic) json["nic"] = subject.nic;
    if (subject.object != 0) json["object"] = subject.object;
    if (subject.oid != 0) json["oid"] = oid_name(subject.oid);
    if (subject.status != 0) json["status"] = status_name(subject.status);
    return json;
}

Json story_json(const Result& result, const model::Violation& violation) {
    const auto places = events_about(violation, result.trace);
    const auto from   = places.size() - std::min(places.size(), story_events_max);
    Json       story  = Json::array();
    for (std::size_t at = from; at < places.size(); ++at) {
        story.push_back(event_json(result, places[at]));
    }
    return story;
}

/// By label.
Json facts_json(const Result& result, const model::Violation& violation) {
    Json facts = Json::object();
    for (const Fact& fact : facts_of(result, violation, open_max)) {
        Json& told = facts[std::string(fact.label)];
        for (const Told& one : fact.told) {
            told.push_back({{"text", one.text}});
            if (!one.from.empty()) told.back()["from"] = one.from;
        }
    }
    return facts;
}

Json violation_json(const Result& result, const model::Violation& violation) {
    const model::Rule& rule     = model::rules()[violation.rule];
    const bool         host     = violation.guilty == model::Party::host;
    const bool         in_trace = violation.at < result.trace.size();
    return {{"rule", rule.id},
            {"severity", name(violation.severity)},
            {"title", rule.title},
            {"says", rule.says},
            {"page", rule.page},
            {"heading", rule.heading},
            {"link", page_link(rule.page)},
            {"guilty", host ? "host" : "extension"},
            {"extension", host ? Json() : Json(module_name(result, violation.module))},
            {"what", violation.what},
            {"fingerprint", fingerprint(result, violation)},
            {"from", stack_of(result, violation)},
            {"event", violation.at},
            {"since", violation.since == 0 ? Json() : Json(violation.since)},
            {"step", in_trace ? result.trace[violation.at].step : 0},
            {"subject", subject_json(violation.subject)},
            {"state", state_in_words(violation, result.trace)},
            {"legal", legal_in_words(violation, result.trace)},
            {"schedule", schedule_in_words(result, events_about(violation, result.trace))},
            {"facts", facts_json(result, violation)},
            {"story", story_json(result, violation)}};
}

Json tallies_json(const model::Verdict& verdict) {
    Json tallies = Json::object();
    for (std::size_t index = 0; index < verdict.rules.size(); ++index) {
        const model::RuleTally& tally = verdict.rules[index];
        if (tally.held + tally.broken == 0) continue;
        tallies[std::string(model::rules()[index].id)] = {{"held", tally.held},
                                                          {"broken", tally.broken}};
    }
    return tallies;
}

Json campaign_json(const Campaign& campaign) {
    const auto part = [](std::uint32_t some, std::uint32_t all) {
        return Json{{"covered", some}, {"all", all}};
    };
    return {{"extensions", campaign.extensions},
            {"seed", campaign.seed},
            {"runs", campaign.runs},
            {"seconds", campaign.seconds},
            {"violating_runs", campaign.violating_runs},
            {"undecided_runs", campaign.undecided_runs},
            {"faulty_runs", campaign.faulty_runs},
            {"stacks_struck", campaign.stacks_struck},
            {"transitions", part(campaign.transitions, campaign.transitions_all)},
            {"rules", part(campaign.rules, campaign.rules_all)},
            {"edges", part(campaign.edges, campaign.edges_all)},
            {"transitions_missed", campaign.transitions_missed},
            {"rules_missed", campaign.rules_missed},
            {"engines", to_json(campaign.engines)}};
}

Json under_way_json(std::span<const UnderWayRow> rows) {
    const auto [seen, all] = sum_of(rows);
    Json transitions       = Json::object();
    for (const UnderWayRow& row : rows)
        transitions[row.name] = row.taken;
    return {{"classes", model::under_way_classes},
            {"covered", seen},
            {"all", all},
            {"transitions", std::move(transitions)}};
}

Json file_json(const CodeFile& file) {
    Json never = Json::array();
    for (const CodeLine& line : file.lines)
        if (line.runs == 0) never.push_back(line.line);
    return {{"path", file.path},
            {"extensions", file.extensions},
            {"covered", file.lines.size() - never.size()},
            {"all", file.lines.size()},
            {"never", std::move(never)}};
}

Json code_json(const Code& code) {
    Json files = Json::array();
    for (const CodeFile& file : code.files)
        files.push_back(file_json(file));
    return {{"files", std::move(files)}, {"unknown", code.unknown}};
}

Json search_json(const Search& search) {
    return {{"preemptions", search.preemptions}, {"answers", search.answers},
            {"schedules", search.schedules},     {"undecided", search.undecided},
            {"pruned", search.pruned},           {"none_left", search.none_left},
            {"race_free", search.race_free}};
}

Json pct_json(const Pct& pct) {
    return {{"depth", pct.depth},
            {"tasks", pct.tasks},
            {"places", pct.passed},
            {"drawn_among", pct.drawn},
            {"bound", pct.bound}};
}

Json verifier_of(const model::Rule& rule) {
    Json             called = Json::array();
    std::string_view keys   = rule.verifier;
    while (!keys.empty()) {
        const std::string_view key = model::next_word(keys);
        called.push_back({{"number", key}, {"name", model::verifier_name(key)}});
    }
    return called;
}

}  // namespace

Json to_json(const model::Rule& rule) {
    return {{"id", rule.id},
            {"title", rule.title},
            {"obliged", name(rule.obliged)},
            {"modality", name(rule.modality)},
            {"kind", name(rule.kind)},
            {"severity", name(rule.severity)},
            {"says", rule.says},
            {"page", rule.page},
            {"heading", rule.heading},
            {"link", page_link(rule.page)},
            {"verifier", verifier_of(rule)},
            {"also", rule.also}};
}

Json to_json(const model::Machine& machine) {
    const auto guards = [&](std::uint8_t mask) {
        Json names = Json::array();
        for (std::size_t bit = 0; bit < machine.guards.size(); ++bit) {
            if ((mask >> bit & 1) != 0) names.push_back(machine.guards[bit].name);
        }
        return names;
    };
    Json cells = Json::array();
    for (const model::Cell& cell : machine.cells) {
        cells.push_back({{"from", machine.states[cell.from]},
                         {"event", machine.events[cell.event]},
                         {"to", machine.states[cell.to]},
                         {"rule", cell.rule},
                         {"guards", guards(cell.guards)}});
    }
    return {{"name", machine.name},
            {"states", machine.states},
            {"events", machine.events},
            {"cells", std::move(cells)}};
}

Json to_json(const model::Attribution& attribution) {
    Json restaged = Json::array();
    for (const model::Restaged& one : attribution.restaged)
        restaged.push_back({{"stack", one.stack}, {"how", one.how}, {"broken", one.shows}});
    return {{"blame", name(attribution.blame)},
            {"other", attribution.other},
            {"restaged", std::move(restaged)}};
}

Json unjudged_json(const std::vector<model::Unjudged>& unjudged) {
    Json rules = Json::array();
    for (const model::Unjudged& one : unjudged) {
        Json unseen = Json::array();
        for (const model::Call call : one.unseen)
            unseen.push_back(model::name(call));
        rules.push_back({{"rule", model::rules()[one.rule].id},
                         {"judged", model::extent_names[static_cast<std::size_t>(one.extent)]},
                         {"unseen", std::move(unseen)}});
    }
    return rules;
}

Json to_json(const Result& result) {
    Json json{{"scenario", result.scenario},
              {"extensions", result.extensions},
              {"outcome", name(result.verdict.outcome)},
              {"events", result.verdict.events},
              {"violations", Json::array()},
              {"undecided", Json::array()},
              {"left_out", Json::array()},
              {"stuck", result.stuck},
              {"faults", result.faults},
              {"where", result.where},
              {"printed", result.printed},
              {"rules", tallies_json(result.verdict)},
              {"promise", name(result.promise)},
              {"replay", result.replay}};
    for (const auto& violation : result.verdict.violations) {
        json["violations"].push_back(violation_json(result, violation));
    }
    for (const auto& open : result.verdict.undecided) {
        json["undecided"].push_back({{"event", open.at}, {"why", open.why}});
    }
    if (!result.unjudged.empty()) json["unjudged"] = unjudged_json(result.unjudged);
    if (result.first_event != 0) json["first_event"] = result.first_event;
    if (result.untold != 0) json["violations_beyond"] = result.untold;
    if (result.pct) json["pct"] = pct_json(*result.pct);
    if (result.searched) json["search"] = search_json(*result.searched);
    if (result.attribution) json["attribution"] = to_json(*result.attribution);
    for (const auto& left : result.left_out) {
        json["left_out"].push_back({{"step", left.step}, {"why", left.why}});
    }
    return json;
}

Json to_json(const Issue& issue) {
    Json json{{"interlock", format_version},
              {"command", issue.command},
              {"outcome", name(outcome(issue))},
              {"results", Json::array()}};
    for (const Result& result : issue.results)
        json["results"].push_back(to_json(result));
    if (issue.campaign) json["campaign"] = campaign_json(*issue.campaign);
    const auto rows = under_way_rows(issue.under_way);
    if (!rows.empty()) json["under_way"] = under_way_json(rows);
    if (!issue.code.files.empty() || !issue.code.unknown.empty())
        json["code"] = code_json(issue.code);
    return json;
}

std::string json_text(const Json& json) {
    return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string json_text(const Issue& issue) {
    return json_text(to_json(issue));
}

std::string json_text(std::span<const model::Rule> rules) {
    Json json = Json::array();
    for (const model::Rule& rule : rules)
        json.push_back(to_json(rule));
    return json_text(json);
}

std::string json_text(std::span<const model::Machine* const> machines) {
    Json json = Json::array();
    for (const model::Machine* machine : machines)
        json.push_back(to_json(*machine));
    return json_text(json);
}

}  // namespace interlock::reports
