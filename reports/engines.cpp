#include "reports/engines.hpp"

#include <algorithm>
#include <functional>

#include <nlohmann/json.hpp>

namespace interlock::reports {
namespace {

using Json = nlohmann::ordered_json;

/// Calls back with each field and its name, of one that is read or written.
void for_each_count(auto& engine, auto field) {
    field("origin", engine.origin);
    field("scheduler", engine.scheduler);
    field("runs", engine.runs);
    field("violating_runs", engine.violating);
    field("undecided_runs", engine.undecided);
    field("interesting_runs", engine.interesting);
}

}  // namespace

Json to_json(const std::vector<Engine>& engines) {
    Json json = Json::array();
    for (const Engine& engine : engines) {
        Json row;
        for_each_count(engine, [&](const char* name, const auto& value) { row[name] = value; });
        row["found"] = Json::array();
        for (const Engine::Found& found : engine.found)
            row["found"].push_back({{"rule", found.rule}, {"run", found.run}});
        json.push_back(std::move(row));
    }
    return json;
}

std::vector<Engine> engines_in(const Json& json) {
    std::vector<Engine> engines;
    for (const Json& row : json) {
        Engine engine;
        for_each_count(engine,
                       [&](const char* name, auto& value) { value = row.value(name, value); });
        engines.push_back(std::move(engine));
    }
    return engines;
}

void add_engines(std::vector<Engine>& sum, const std::vector<Engine>& more) {
    for (const Engine& one : more) {
        const auto known = std::ranges::find_if(sum, [&](const Engine& engine) {
            return engine.origin == one.origin && engine.scheduler == one.scheduler;
        });
        if (known == sum.end()) {
            sum.push_back(one);
            sum.back().found.clear();
            continue;
        }
        known->runs += one.runs;
        known->violating += one.violating;
        known->undecided += one.undecided;
        known->interesting += one.interesting;
    }
    std::ranges::stable_sort(sum, std::greater{}, &Engine::runs);
}

}  // namespace interlock::reports
