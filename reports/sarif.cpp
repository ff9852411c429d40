#include "reports/sarif.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "model/judge.hpp"
#include "reports/code_places.hpp"
#include "reports/facts.hpp"
#include "reports/fingerprint.hpp"
#include "reports/json.hpp"
#include "reports/lanes.hpp"
#include "reports/names.hpp"
#include "reports/rule_page.hpp"
#include "reports/story.hpp"
#include "reports/words.hpp"

namespace interlock::reports {
namespace {

using Json = nlohmann::ordered_json;
using model::Violation;

// However many findings: a file that is too big is not taken at all.
constexpr std::size_t steps_in_all_max = 50'000;
constexpr std::size_t told_open_max    = 4;

/// One result: the first finding of its fingerprint, and how many there are.
struct Finding {
    const Result*    result    = nullptr;
    const Violation* violation = nullptr;
    std::string      known_by;
    std::size_t      count = 0;
};

std::vector<Finding> findings(const Issue& issue) {
    std::vector<Finding>               all;
    std::map<std::string, std::size_t> places;
    for (const Result& result : issue.results) {
        if (result.promise == Promise::kept) continue;
        for (const Violation& violation : result.verdict.violations) {
            const auto known_by    = fingerprint(result, violation);
            const auto [at, fresh] = places.try_emplace(known_by, all.size());
            if (fresh) all.push_back({&result, &violation, known_by, 0});
            ++all[at->second].count;
        }
    }
    std::ranges::stable_partition(all, [](const Finding& one) {
        return one.violation->severity == model::Severity::violation;
    });
    all.resize(std::min(all.size(), sarif_results_max));
    return all;
}

/// A path as the format wants it: no space, no backslash.
std::string as_uri(const std::string& path) {
    constexpr std::string_view plain = "-._~/:@!$&'()*+,;=";
    std::string                uri   = path.starts_with('/') ? "file://" : "";
    for (const char letter : path) {
        const auto byte = static_cast<unsigned char>(letter);
        const bool safe = std::isalnum(byte) != 0 || plain.find(letter) != plain.npos;
        uri += safe ? std::string(1, letter) : fmt::format("%{:02X}", byte);
    }
    return uri;
}

Json physical(const std::string& path, std::uint32_t line) {
    return {{"artifactLocation", {{"uri", as_uri(path)}}},
            {"region", {{"startLine", std::max<std::uint32_t>(line, 1)}}}};
}

/// Where an event came from in the code; in the scenario where that is not known.
Json location(const Result& result, std::string_view stack) {
    Json location{{"physicalLocation", physical(result.scenario, 1)}};
    for (const CodePlace& place : code_places(stack)) {
        const SourceFile* source = source_of(result, place);
        if (source == nullptr) continue;
        location["physicalLocation"] = physical(source->path, place.line);
        location["logicalLocations"] =
            Json::array({{{"name", place.function}, {"kind", "function"}}});
        break;
    }
    return location;
}

Json message(std::string text) {
    return {{"text", std::move(text)}};
}

Json step_json(const Result& result, std::size_t place, const Violation& violation) {
    const model::Event& event = result.trace[place];
    const auto          stack = place < result.called_from.size() ? result.called_from[place] : "";
    Json                where = location(result, stack);
    where["message"]          = message(
        fmt::format("#{} {}: {}", place, module_name(result, event.module),
                    in_one_phrase(event)));
    const bool essential = place == violation.at || place == violation.since;
    return {{"location", where}, {"importance", essential ? "essential" : "important"}};
}

std::vector<std::size_t> steps_of(const Finding& finding, std::size_t room) {
    const Violation& violation = *finding.violation;
    auto             places    = events_about(violation, finding.result->trace);
    const auto       max       = std::min(sarif_steps_max, room);
    if (places.size() <= max) return places;
    places.erase(places.begin(), places.end() - static_cast<std::ptrdiff_t>(max));
    const bool begun = !places.empty() && violation.since != 0 && violation.since < places.front();
    if (begun) places.front() = violation.since;
    return places;
}

Json code_flow(const Finding& finding, std::size_t& room) {
    Json steps = Json::array();
    for (const std::size_t place : steps_of(finding, room))
        steps.push_back(step_json(*finding.result, place, *finding.violation));
    room -= steps.size();
    return {{"threadFlows", Json::array({{{"locations", std::move(steps)}}})}};
}

/// But for what the message begins with, and what stands in the help of the rule.
std::string told_of(const std::vector<Fact>& facts, const model::Rule& rule) {
    const std::set<std::string_view> elsewhere{"what", "rule", name(rule.modality), "page",
                                               "verifier"};
    std::string                      text;
    for (const Fact& fact : facts) {
        if (elsewhere.contains(fact.label)) continue;
        for (const Told& told : fact.told)
            text += fmt::format("\n{}: {}{}{}", fact.label, told.text,
                                told.from.empty() ? "" : ", from ", told.from);
    }
    return text;
}

std::string told(const Finding& finding) {
    const Result&     result    = *finding.result;
    const Violation&  violation = *finding.violation;
    const model::Rule rule      = model::rules()[violation.rule];
    const bool        host      = violation.guilty == model::Party::host;
    std::string       text      = fmt::format("{}: {} {}. {}", rule.title,
                                   host ? "the host" : module_name(result, violation.module),
                                              violation.what, rule.says);
    text += told_of(facts_of(result, violation, told_open_max), rule);
    if (!result.replay.empty()) text += fmt::format("\nreplay: {}", result.replay);
    return text;
}

Json result_json(const Finding& finding, std::size_t rule_index, std::size_t& room) {
    const Result&    result    = *finding.result;
    const Violation& violation = *finding.violation;
    Json             where     = location(result, stack_of(result, violation));
    Json             json{{"ruleId", model::rules()[violation.rule].id},
              {"ruleIndex", rule_index},
              {"level", violation.severity == model::Severity::violation ? "error" : "warning"},
              {"message", message(told(finding))},
              {"locations", Json::array({std::move(where)})},
              {"partialFingerprints",
                           {{"interlock/v1", finding.known_by},
                            {"primaryLocationLineHash", finding.known_by + ":1"}}},
              {"occurrenceCount", finding.count}};
    Json             flow = code_flow(finding, room);
    if (!flow["threadFlows"][0]["locations"].empty())
        json["codeFlows"] = Json::array({std::move(flow)});
    return json;
}

std::string help_text(const model::Rule& rule) {
    const auto verifier = verifier_words(rule);
    return fmt::format("{} {}\n\nPage: {}{}{}{}", name(rule.modality), rule.says,
                       page_link(rule.page),
                       rule.heading.empty() ? "" : fmt::format(", \"{}\"", rule.heading),
                       verifier.empty() ? "" : "\n\nDriver Verifier: ", verifier);
}

std::string help_markdown(const model::Rule& rule) {
    const auto verifier = verifier_words(rule);
    return fmt::format("**{}**: {}\n\nPage: [{}]({}){}{}", name(rule.modality), rule.says,
                       rule.heading.empty() ? rule.page : rule.heading, page_link(rule.page),
                       verifier.empty() ? "" : "\n\nDriver Verifier: ", verifier);
}

Json rule_json(const model::Rule& rule) {
    const bool hard = rule.severity == model::Severity::violation;
    Json       json{{"id", rule.id},
              {"shortDescription", message(std::string(rule.title))},
              {"fullDescription", message(std::string(rule.says))},
              {"help", {{"text", help_text(rule)}, {"markdown", help_markdown(rule)}}},
              {"defaultConfiguration", {{"level", hard ? "error" : "warning"}}},
              {"properties", {{"tags", {"ndis", "extensible-switch"}}, {"precision", "high"}}}};
    const auto link = page_link(rule.page);
    if (!link.empty()) json["helpUri"] = link;
    return json;
}

}  // namespace

std::string sarif_text(const Issue& issue) {
    const auto                              all = findings(issue);
    std::map<model::RuleIndex, std::size_t> index;
    std::size_t                             room    = steps_in_all_max;
    Json                                    rules   = Json::array();
    Json                                    results = Json::array();
    for (const Finding& finding : all) {
        const auto rule        = finding.violation->rule;
        const auto [at, fresh] = index.try_emplace(rule, rules.size());
        if (fresh) rules.push_back(rule_json(model::rules()[rule]));
        results.push_back(result_json(finding, at->second, room));
    }
    const Json driver{{"name", "Interlock"}, {"rules", std::move(rules)}};
    const Json run{{"tool", {{"driver", driver}}},
                   {"columnKind", "unicodeCodePoints"},
                   {"results", std::move(results)}};
    const Json log{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                   {"version", "2.1.0"},
                   {"runs", Json::array({run})}};
    return json_text(log);
}

}  // namespace interlock::reports
