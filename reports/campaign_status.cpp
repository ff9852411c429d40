#include "reports/campaign_status.hpp"

#include <nlohmann/json.hpp>

#include "reports/engines.hpp"
#include "reports/json.hpp"

namespace interlock::reports {
namespace {

using Json = nlohmann::ordered_json;

constexpr int status_version = 1;

Json to_json(const std::vector<Entry>& entries) {
    Json json = Json::object();
    for (const Entry& entry : entries)
        json[entry.name] = entry.count;
    return json;
}

std::vector<Entry> entries_in(const Json& json, const char* name) {
    std::vector<Entry> entries;
    if (!json.contains(name)) return entries;
    for (const auto& [key, count] : json[name].items())
        entries.push_back({key, count.get<std::uint64_t>()});
    return entries;
}

Json part(std::uint32_t some, std::uint32_t all) {
    return {{"covered", some}, {"all", all}};
}

template <class T>
void take(const Json& json, const char* name, T& into) {
    into = json.value(name, into);
}

/// Calls back with each field and its name, of one that is read or written.
void for_each_field(auto& found, auto field) requires requires {
    found.site;
}
{
    field("key", found.key);
    field("rule", found.rule);
    field("party", found.party);
    field("what", found.what);
    field("site", found.site);
    field("as_found", found.as_found);
    field("scenario", found.scenario);
    field("replay", found.replay);
    field("origin", found.origin);
    field("scheduler", found.scheduler);
    field("job", found.job);
    field("job_seed", found.job_seed);
    field("run", found.run);
    field("seconds", found.seconds);
}

Json to_json(const FoundFault& found) {
    Json json;
    for_each_field(found, [&](const char* name, const auto& value) { json[name] = value; });
    return json;
}

FoundFault found_in(const Json& json) {
    FoundFault found;
    for_each_field(found, [&](const char* name, auto& value) { take(json, name, value); });
    return found;
}

void for_each_field(auto& sample, auto field) requires requires {
    sample.transitions;
}
{
    field("runs", sample.runs);
    field("seconds", sample.seconds);
    field("transitions", sample.transitions);
    field("rules", sample.rules);
    field("edges", sample.edges);
    field("found", sample.found);
}

Json to_json(const std::vector<Sample>& trend) {
    Json json = Json::array();
    for (const Sample& sample : trend) {
        Json row;
        for_each_field(sample, [&](const char* name, const auto& value) { row[name] = value; });
        json.push_back(std::move(row));
    }
    return json;
}

std::vector<Sample> trend_in(const Json& json) {
    std::vector<Sample> trend;
    for (const Json& row : json.value("trend", Json::array())) {
        Sample sample;
        for_each_field(sample, [&](const char* name, auto& value) { take(row, name, value); });
        trend.push_back(sample);
    }
    return trend;
}

Json to_json(const std::vector<UnderWayRow>& rows) {
    Json json = Json::object();
    for (const UnderWayRow& row : rows)
        json[row.name] = row.taken;
    return json;
}

std::vector<UnderWayRow> under_way_in(const Json& json) {
    std::vector<UnderWayRow> rows;
    const Json under_way = json.value("under_way", Json::object());
    for (const auto& [name, taken] : under_way.items())
        rows.push_back({.name = name, .taken = taken.get<model::UnderWay>()});
    return rows;
}

CampaignStatus status_in(const Json& json) {
    CampaignStatus status;
    take(json, "state", status.state);
    take(json, "stretch", status.stretch);
    take(json, "seconds_left", status.seconds_left);
    take(json, "plain_runs", status.plain_runs);
    take(json, "restarted_runs", status.restarted_runs);
    take(json, "jobs_started_anew", status.jobs_started_anew);
    Campaign& campaign = status.campaign;
    take(json, "extensions", campaign.extensions);
    take(json, "seed", campaign.seed);
    take(json, "runs", campaign.runs);
    take(json, "seconds", campaign.seconds);
    take(json, "violating_runs", campaign.violating_runs);
    take(json, "undecided_runs", campaign.undecided_runs);
    take(json, "faulty_runs", campaign.faulty_runs);
    campaign.trend = trend_in(json);
    status.cells   = entries_in(json, "entries_by_transition");
    status.states  = entries_in(json, "entries_by_state");
    status.rules   = entries_in(json, "entries_by_rule");
    campaign.engines = engines_in(json.value("engines", Json::array()));
    status.under_way = under_way_in(json);
    return status;
}

}  // namespace

std::string status_json(const CampaignStatus& status) {
    const Campaign& campaign = status.campaign;
    Json            finds    = Json::array();
    for (const FoundFault& found : status.found)
        finds.push_back(to_json(found));
    const Json json{
        {"interlock_campaign", status_version},
        {"state", status.state},
        {"extensions", campaign.extensions},
        {"seed", campaign.seed},
        {"stretch", status.stretch},
        {"job_seeds", status.job_seeds},
        {"seconds", campaign.seconds},
        {"seconds_left", status.seconds_left},
        {"seconds_since_new", status.seconds_since_new},
        {"runs", campaign.runs},
        {"runs_per_second", status.runs_per_second},
        {"plain_runs", status.plain_runs},
        {"violating_runs", campaign.violating_runs},
        {"undecided_runs", campaign.undecided_runs},
        {"faulty_runs", campaign.faulty_runs},
        {"restarted_runs", status.restarted_runs},
        {"jobs_started_anew", status.jobs_started_anew},
        {"corpus_files", status.corpus_files},
        {"corpus_bytes", status.corpus_bytes},
        {"transitions", part(campaign.transitions, campaign.transitions_all)},
        {"rules", part(campaign.rules, campaign.rules_all)},
        {"edges", part(campaign.edges, campaign.edges_all)},
        {"found", finds},
        {"trend", to_json(campaign.trend)},
        {"engines", to_json(campaign.engines)},
        {"under_way", to_json(status.under_way)},
        {"entries_by_state", to_json(status.states)},
        {"entries_by_rule", to_json(status.rules)},
        {"entries_by_transition", to_json(status.cells)},
    };
    return json_text(json);
}

std::optional<CampaignStatus> parse_status(std::string_view text) {
    try {
        const Json json = Json::parse(text);
        if (json.value("interlock_campaign", 0) != status_version) return {};
        return status_in(json);
    } catch (const Json::exception&) {
        return {};
    }
}

std::string found_json(const FoundFault& found) {
    return json_text(to_json(found));
}

std::optional<FoundFault> parse_found(std::string_view text) {
    try {
        return found_in(Json::parse(text));
    } catch (const Json::exception&) {
        return {};
    }
}

}  // namespace interlock::reports
