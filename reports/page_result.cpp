#include "reports/page_result.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "model/judge.hpp"
#include "reports/code_places.hpp"
#include "reports/facts.hpp"
#include "reports/fingerprint.hpp"
#include "reports/lanes.hpp"
#include "reports/names.hpp"
#include "reports/state.hpp"
#include "reports/story.hpp"
#include "reports/text.hpp"
#include "reports/words.hpp"

namespace interlock::reports {
namespace {

using Json = nlohmann::ordered_json;
using model::Event;
using model::Violation;

constexpr std::uint32_t lines_around = 4;
constexpr std::size_t   about_max    = 20'000;
constexpr std::size_t   open_max     = 12;
constexpr auto          object_mark  = "\x01";  // As page.js has it.

/// Each text once.
class Strings {
public:
    std::size_t place_of(std::string text) {
        const auto [at, fresh] = places.try_emplace(text, all.size());
        if (fresh) all.push_back(std::move(text));
        return at->second;
    }
    std::vector<std::string> all{""};

private:
    std::unordered_map<std::string, std::size_t> places{{"", 0}};
};

/// In one phrase, with a mark where the packet's or request's number stands: then a thousand
/// packets are told by one text.
std::string phrase_of(const Event& event) {
    std::string       words  = in_one_phrase(event);
    const std::string number = std::to_string(event.object);
    const auto        digit  = [&](std::size_t at) {
        return at < words.size() && std::isdigit(static_cast<unsigned char>(words[at])) != 0;
    };
    for (auto at = words.find(' ' + number); at != words.npos;
         at      = words.find(' ' + number, at + 1)) {
        if (digit(at + 1 + number.size()) || event.object == 0) continue;
        words = words.substr(0, at + 1) + object_mark + words.substr(at + 1 + number.size());
    }
    return words;
}

Json events_json(const Result& result, Strings& strings) {
    Json call = Json::array(), phase = call, module = call, task = call, step = call, time = call;
    Json object = call, words = call, from = call;
    for (std::size_t place = 0; place < result.trace.size(); ++place) {
        const Event& event = result.trace[place];
        call.push_back(static_cast<unsigned>(event.call));
        phase.push_back(event.phase == model::Phase::leave ? 1 : 0);
        module.push_back(event.module);
        task.push_back(event.task);
        step.push_back(event.step);
        time.push_back(event.time_100ns);
        object.push_back(event.object);
        words.push_back(strings.place_of(phrase_of(event)));
        from.push_back(strings.place_of(std::string(from_of(result, place))));
    }
    return {{"call", call}, {"phase", phase},   {"module", module}, {"task", task}, {"step", step},
            {"time", time}, {"object", object}, {"words", words},   {"from", from}};
}

std::vector<std::string> lines_of(std::string_view text, std::uint32_t first, std::uint32_t last) {
    std::vector<std::string> lines;
    for (std::uint32_t line = 1; !text.empty() && line <= last; ++line) {
        const auto end = std::min(text.find('\n'), text.size());
        if (line >= first) lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

Json stack_json(const Result& result, const Violation& violation) {
    Json stack = Json::array();
    for (const CodePlace& place : code_places(stack_of(result, violation))) {
        Json              frame{{"function", place.function}, {"line", place.line}};
        const SourceFile* source = source_of(result, place);
        if (source != nullptr) {
            const auto first = place.line > lines_around ? place.line - lines_around : 1;
            const auto lines = lines_of(source->text, first, place.line + lines_around);
            frame["path"]    = source->path;
            frame["first"]   = first;
            if (!lines.empty()) frame["lines"] = lines;
        }
        stack.push_back(std::move(frame));
    }
    return stack;
}

/// Where the whole rule stands anyway: page.cpp.
bool is_of_rule(const Fact& fact, const model::Rule& rule) {
    return fact.label == "rule" || fact.label == name(rule.modality) || fact.label == "page" ||
           fact.label == "verifier";
}

Json facts_json(const Result& result, const Violation& violation) {
    Json facts = Json::array();
    for (const Fact& fact : facts_of(result, violation, open_max)) {
        if (is_of_rule(fact, model::rules()[violation.rule])) continue;
        Json told = Json::array();
        for (const Told& one : fact.told)
            told.push_back({{"text", one.text}, {"from", one.from}});
        facts.push_back({{"label", fact.label}, {"told", std::move(told)}});
    }
    return facts;
}

std::vector<std::size_t> flying(const Result& result, std::size_t at) {
    std::vector<std::size_t> places;
    for (const InFlight& one : in_flight(result.trace, at))
        places.push_back(one.since);
    places.resize(std::min(places.size(), open_max));
    return places;
}

/// By what a reader may look for it: adapters and ports, packets and requests.
void add_names(const Result& result, const Violation& violation, Json& json) {
    std::set<std::string>     nics;
    std::set<model::ObjectId> objects;
    const auto                add = [&](model::PortId port, model::NicIndex nic) {
        if (port == 0) return;
        nics.insert(nic_name(port, nic));
        nics.insert(std::to_string(port));
    };
    add(violation.subject.port, violation.subject.nic);
    objects.insert(violation.subject.object);
    if (violation.at < result.trace.size()) {
        const Event& event = result.trace[violation.at];
        add(event.port, event.nic);
        add(event.other_port, event.other_nic);
        objects.insert(event.object);
        objects.insert(event.parent);
    }
    objects.erase(0);
    json["nics"]    = nics;
    json["objects"] = objects;
}

Json violation_json(const Result& result, const Violation& violation) {
    const bool host  = violation.guilty == model::Party::host;
    auto       about = events_about(violation, result.trace);
    if (about.size() > about_max)
        about.erase(about.begin(), about.end() - static_cast<std::ptrdiff_t>(about_max));
    Json json{{"rule", model::rules()[violation.rule].id},
              {"severity", name(violation.severity)},
              {"who", host ? "the host" : module_name(result, violation.module)},
              {"at", violation.at},
              {"since", violation.since},
              {"facts", facts_json(result, violation)},
              {"fingerprint", fingerprint(result, violation)},
              {"schedule", schedule_in_words(result, about)},
              {"stack", stack_json(result, violation)},
              {"flying", flying(result, violation.at)},
              {"about", about}};
    add_names(result, violation, json);
    return json;
}

/// Which schedules were tried, where that is more than one can see.
std::string how_of(const Result& result) {
    if (result.searched) return in_words(*result.searched);
    return result.pct ? in_words(*result.pct) : std::string();
}

Json lives_json(const Result& result) {
    Json all = Json::array();
    for (const Life& life : lives(result.trace, result.extensions)) {
        Json spans = Json::array();
        for (const Span& span : life.spans)
            spans.push_back({span.since, span.state});
        all.push_back({{"name", life.name}, {"spans", std::move(spans)}});
    }
    return all;
}

}  // namespace

Json page_result(const Result& result, std::size_t& room) {
    Json violations = Json::array(), undecided = Json::array();
    for (const Violation& violation : result.verdict.violations)
        violations.push_back(violation_json(result, violation));
    for (const model::Undecided& open : result.verdict.undecided)
        undecided.push_back(open.why);
    for (const LeftOut& left : result.left_out)
        undecided.push_back(fmt::format("step {} left out: {}", left.step, left.why));
    Json json{{"scenario", result.scenario},
              {"outcome", name(result.verdict.outcome)},
              {"count", result.verdict.events},
              {"extensions", result.extensions},
              {"steps", result.steps},
              {"where", result.where},
              {"stuck", result.stuck},
              {"printed", result.printed},
              {"replay", result.replay},
              {"how", how_of(result)},
              {"undecided", std::move(undecided)},
              {"violations", std::move(violations)}};
    // What keeps all rules is told in a line.
    const bool told = !result.verdict.violations.empty() && result.trace.size() <= room;
    Strings    strings;
    json["events"] = told ? events_json(result, strings) : events_json({}, strings);
    json["lives"]  = told ? lives_json(result) : Json::array();
    if (told) room -= result.trace.size();
    json["strings"] = strings.all;
    return json;
}

}  // namespace interlock::reports
