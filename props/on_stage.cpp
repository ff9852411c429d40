#include "props/on_stage.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

#include "harness/bundled.hpp"
#include "harness/io/known_devices.hpp"
#include "harness/scenario/bytes.hpp"
#include "harness/scenario/text.hpp"
#include "reports/text.hpp"

namespace interlock::props {
namespace {

namespace fs = std::filesystem;

std::uint64_t number_in(const char* variable, std::uint64_t otherwise) {
    const char* const text = std::getenv(variable);
    return text ? std::strtoull(text, nullptr, 0) : otherwise;
}

reports::Result result_of(const harness::Scenario&    scenario,
                          const harness::Performance& performance, const std::string& file) {
    reports::Result result;
    result.scenario   = file;
    result.extensions = scenario.extensions;
    result.verdict    = performance.verdict;
    result.trace.assign(performance.trace.begin(), performance.trace.end());
    for (const harness::Step& step : scenario.steps)
        result.steps.push_back(to_text(step));
    for (const harness::LeftOut& left : performance.left_out)
        result.left_out.push_back({left.step, left.why});
    for (const harness::Task& task : performance.stuck) {
        result.stuck.push_back(std::string{name(task.name.role)} + " " +
                               std::to_string(task.name.number) + " at " + std::string{task.place});
    }
    return result;
}

void add_up(std::vector<std::uint64_t>& sums, std::size_t place, std::uint64_t count) {
    if (sums.size() <= place) sums.resize(place + 1);
    sums[place] += count;
}

std::size_t not_zero(const std::vector<std::uint64_t>& counts) {
    return counts.size() - static_cast<std::size_t>(std::ranges::count(counts, 0U));
}

std::vector<std::string> files_of(std::span<const std::string> extensions) {
    std::vector<std::string> files;
    for (const std::string& extension : extensions)
        files.push_back((harness::folder_of_build() / "extensions" / (extension + ".so")).string());
    return files;
}

/// Read once for each stack.
const harness::KnownDevices& devices_of(std::span<const std::string> extensions) {
    static std::map<std::vector<std::string>, harness::KnownDevices> known;
    const std::vector<std::string>                                   files = files_of(extensions);
    const auto                                                       found = known.find(files);
    if (found != known.end()) return found->second;
    return known[files] = harness::known_devices(files);
}

}  // namespace

std::string name_of(const Stack& stack) {
    std::string text;
    for (const std::string& extension : stack)
        text += (text.empty() ? "" : "_over_") + extension;
    return text.empty() ? "no_extension" : text;
}

std::unique_ptr<harness::Stage> open_stage(std::span<const std::string> extensions,
                                           harness::StageOptions        options) {
    auto opened = harness::Stage::open(files_of(extensions), std::move(options));
    if (const auto* const bad = std::get_if<harness::InputError>(&opened)) {
        std::cerr << to_string(*bad) << "\n";
        std::exit(2);
    }
    return std::move(std::get<std::unique_ptr<harness::Stage>>(opened));
}

std::uint64_t runs_wanted(std::uint64_t usual) {
    return number_in("INTERLOCK_RUNS", usual);
}

std::uint64_t first_seed() {
    return number_in("INTERLOCK_SEED", 1);
}

harness::Scenario scenario_of(std::uint64_t seed, std::span<const std::string> extensions) {
    harness::Scenario scenario = harness::random_scenario(seed, devices_of(extensions));
    scenario.extensions.assign(extensions.begin(), extensions.end());
    return scenario;
}

const harness::Performance& play(harness::Stage& stage, const harness::Scenario& scenario) {
    const auto scheduler = scheduler_for(scenario);
    return stage.run(scenario, *scheduler);
}

const model::Violation* first_violation(const harness::Performance& performance) {
    return reports::first_violation(performance.verdict);
}

unsigned accused(const model::Verdict& verdict) {
    unsigned who = 0;
    for (const model::Violation& violation : verdict.violations) {
        if (violation.severity != model::Severity::violation) continue;
        const bool host = violation.guilty == model::Party::host;
        who |= 1U << (host ? model::modules_max : violation.module);
    }
    return who;
}

bool went_well(const harness::Performance& performance) {
    return performance.verdict.outcome == model::Outcome::conforms &&
           performance.verdict.violations.empty() &&  // Not even a warning.
           performance.halt == harness::Halt::finished && performance.stuck.empty();
}

std::string story(const harness::Scenario& scenario, const harness::Performance& performance,
                  const std::string& called) {
    const fs::path folder = harness::folder_of_build() / "gone_wrong";
    fs::create_directories(folder);
    const std::string file = (folder / (called + ".scenario")).string();
    std::ofstream(file) << to_text(scenario);
    return "the scenario is in " + file + "; halt " +
           std::to_string(static_cast<int>(performance.halt)) + "\n" +
           result_text(result_of(scenario, performance, file), {});
}

void Bites::add(const harness::Performance& performance) {
    ++runs;
    events += performance.trace.size();
    switches += performance.switches;
    for (const model::Event& event : performance.trace) {
        packets += event.call == model::Call::ProtocolEdgeSend;
        delivered += event.call == model::Call::ProtocolEdgeDeliver;
        oids += event.call == model::Call::ProtocolEdgeOidRequest;
        irps += event.call == model::Call::DriverDispatch && event.phase == model::Phase::enter;
    }
    const model::Verdict& verdict = performance.verdict;
    for (std::size_t cell = 0; cell < verdict.cells.size(); ++cell) {
        transitions += verdict.cells[cell];
        add_up(cells, cell, verdict.cells[cell]);
    }
    for (std::size_t rule = 0; rule < verdict.rules.size(); ++rule)
        add_up(held, rule, verdict.rules[rule].held);
}

std::size_t Bites::cells_taken() const {
    return not_zero(cells);
}

std::size_t Bites::rules_asked() const {
    return not_zero(held);
}

std::string Bites::text() const {
    return std::to_string(runs) + " runs, " + std::to_string(packets) + " packets in, " +
           std::to_string(delivered) + " out, " + std::to_string(oids) + " OID requests, " +
           std::to_string(irps) + " IRPs, " + std::to_string(transitions) +
           " state transitions in " + std::to_string(cells_taken()) + " of " +
           std::to_string(cells.size()) + " cells, " + std::to_string(rules_asked()) + " of " +
           std::to_string(held.size()) + " rules, " + std::to_string(switches) +
           " scheduling steps, " + std::to_string(events) + " events";
}

std::string Bites::never_asked() const {
    std::string ids;
    for (std::size_t rule = 0; rule < held.size(); ++rule) {
        if (held[rule] == 0) ids += (ids.empty() ? "" : " ") + std::string{model::rules()[rule].id};
    }
    return ids;
}

}  // namespace interlock::props
