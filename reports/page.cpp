#include "reports/page.hpp"

#include <algorithm>
#include <span>

#include <nlohmann/json.hpp>

#include "model/judge.hpp"
#include "model/machine.hpp"
#include "reports/engines.hpp"
#include "reports/names.hpp"
#include "reports/page_files.hpp"
#include "reports/page_result.hpp"
#include "reports/rule_page.hpp"
#include "reports/rule_results.hpp"
#include "reports/under_way.hpp"

namespace interlock::reports {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t code_letters_max = 4U << 20;  // Beyond them a file is told by its numbers.

Json calls_json() {
    Json calls = Json::array();
    for (std::size_t call = 0; call < model::call_count; ++call) {
        const auto one = static_cast<model::Call>(call);
        calls.push_back(
            {{"name", model::name(one)}, {"host", model::caller_of(one) == model::Party::host}});
    }
    return calls;
}

/// What a campaign counted, all its runs together, or nothing.
std::span<const std::uint64_t> counted(const Issue& issue) {
    if (!issue.campaign) return {};
    return issue.campaign->entries;
}

Json rules_json(const Issue& issue) {
    Json        rules = Json::array();
    const auto  all   = counted(issue);
    std::size_t place = model::cell_count();
    for (const RuleResult& result : rule_results(issue)) {
        const model::Rule& rule  = model::rules()[result.rule];
        const auto         asked = place < all.size() ? all[place] : result.held;
        ++place;
        rules.push_back({{"id", rule.id},
                         {"title", rule.title},
                         {"says", rule.says},
                         {"modality", name(rule.modality)},
                         {"page", rule.page},
                         {"heading", rule.heading},
                         {"link", page_link(rule.page)},
                         {"verifier", verifier_words(rule)},
                         {"standing", name(result.standing)},
                         {"asked", asked},
                         {"broken", result.broken}});
    }
    return rules;
}

std::uint64_t times_taken(const Issue& issue, std::size_t cell) {
    if (const auto all = counted(issue); cell < all.size()) return all[cell];
    std::uint64_t count = 0;
    for (const Result& result : issue.results)
        if (cell < result.verdict.cells.size()) count += result.verdict.cells[cell];
    return count;
}

/// Also by runs of a campaign that nobody is told of.
bool taken(const Issue& issue, std::size_t cell, std::uint64_t count) {
    if (count > 0) return true;
    if (!issue.campaign || issue.campaign->runs == 0) return false;
    const auto& missed = issue.campaign->transitions_missed;
    return std::ranges::find(missed, cell_name(cell)) == missed.end();
}

Json machines_json(const Issue& issue) {
    Json        machines = Json::array();
    std::size_t number   = 0;
    for (const model::Machine* machine : model::machines()) {
        Json cells = Json::array();
        for (const model::Cell& cell : machine->cells) {
            const auto count = times_taken(issue, number);
            cells.push_back({{"from", cell.from},
                             {"event", cell.event},
                             {"to", cell.to},
                             {"count", count},
                             {"taken", taken(issue, number, count)}});
            ++number;
        }
        machines.push_back({{"name", machine->name},
                            {"states", machine->states},
                            {"events", machine->events},
                            {"cells", std::move(cells)}});
    }
    return machines;
}

std::string_view headline(const Issue& issue) {
    const auto has = [&](Promise promise) {
        return std::ranges::find(issue.results, promise, &Result::promise) != issue.results.end();
    };
    if (has(Promise::broken)) return "not as promised";
    return has(Promise::kept) ? "as promised" : name(outcome(issue));
}

Json heat_json(const Issue& issue) {
    Json rows = Json::array();
    for (const UnderWayRow& row : under_way_rows(issue.under_way))
        rows.push_back({{"cell", row.cell}, {"taken", row.taken}});
    return {{"classes", model::under_way_classes}, {"rows", std::move(rows)}};
}

Json listing_json(const CodeFile& file, std::size_t& room) {
    const bool fits = file.text.size() <= room;
    Json       line = Json::array(), runs = line;
    if (fits) room -= file.text.size();
    for (const CodeLine& one : file.lines) {
        line.push_back(one.line);
        runs.push_back(one.runs);
    }
    return {{"path", file.path},
            {"extensions", file.extensions},
            {"text", fits ? file.text : std::string()},
            {"line", std::move(line)},
            {"runs", std::move(runs)}};
}

Json listings_json(const Code& code) {
    Json        files = Json::array();
    std::size_t room  = code_letters_max;
    for (const CodeFile& file : code.files)
        files.push_back(listing_json(file, room));
    return {{"files", std::move(files)}, {"unknown", code.unknown}};
}

Json trend_json(const Campaign& campaign) {
    Json rows = Json::array();
    for (const Sample& one : campaign.trend) {
        rows.push_back({{"runs", one.runs},
                        {"seconds", one.seconds},
                        {"transitions", one.transitions},
                        {"rules", one.rules},
                        {"edges", one.edges},
                        {"found", one.found}});
    }
    return rows;
}

Json course_json(const Campaign& campaign) {
    return {{"runs", campaign.runs},
            {"seed", campaign.seed},
            {"transitions_all", campaign.transitions_all},
            {"rules_all", campaign.rules_all},
            {"edges_all", campaign.edges_all},
            {"engines", to_json(campaign.engines)},
            {"trend", trend_json(campaign)}};
}

Json page_json(const Issue& issue) {
    Json        results = Json::array();
    std::size_t room    = page_events_max;
    for (const Result& result : issue.results)
        results.push_back(page_result(result, room));
    Json campaign;
    if (issue.campaign) campaign = course_json(*issue.campaign);
    std::vector<std::string> extensions;
    if (issue.campaign) extensions = issue.campaign->extensions;
    return {{"command", issue.command},
            {"outcome", headline(issue)},
            {"extensions", extensions},
            {"campaign", std::move(campaign)},
            {"calls", calls_json()},
            {"rules", rules_json(issue)},
            {"machines", machines_json(issue)},
            {"under_way", heat_json(issue)},
            {"code", listings_json(issue.code)},
            {"results", std::move(results)}};
}

/// No text of anybody's ends the script that holds it.
std::string inside_script(const std::string& json) {
    std::string safe;
    safe.reserve(json.size());
    for (const char letter : json) {
        if (letter == '<') {
            safe += "\\u003c";
        } else {
            safe += letter;
        }
    }
    return safe;
}

void put(std::string& page, std::string_view mark, std::string_view text) {
    page.replace(page.find(mark), mark.size(), text);
}

}  // namespace

std::string page_text(const Issue& issue) {
    const auto  json = page_json(issue).dump(-1, ' ', false, Json::error_handler_t::replace);
    std::string page(page_html());
    put(page, "@PAGE_JS@", page_js());
    put(page, "@PAGE_CSS@", page_css());
    put(page, "@PAGE_DATA@", inside_script(json));
    return page;
}

}  // namespace interlock::reports
