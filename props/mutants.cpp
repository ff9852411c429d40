#include "props/mutants.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iostream>
#include <sstream>

#include "props/on_stage.hpp"

namespace interlock::props {
namespace {

constexpr int violating_runs = 6;  // After so many, enough has been seen.
constexpr int random_runs    = 1000;

/// What stands in a line before its sentence: three words.
std::vector<std::array<std::string, 3>> table_of(const char* file) {
    std::ifstream                           lines(file);
    std::vector<std::array<std::string, 3>> table;
    for (std::string line; std::getline(lines, line);) {
        std::array<std::string, 3> words;
        if (line.starts_with("#")) continue;
        if (std::istringstream(line) >> words[0] >> words[1] >> words[2]) table.push_back(words);
    }
    return table;
}

std::vector<std::string> split(const std::string& words, const std::string& prefix) {
    std::vector<std::string> parts;
    std::istringstream       text(words);
    for (std::string part; std::getline(text, part, ',');)
        parts.push_back(prefix + part);
    return parts;
}

bool is_sought(const model::Violation& violation, model::RuleIndex rule) {
    return violation.severity == model::Severity::violation || violation.rule == rule;
}

}  // namespace

std::vector<Mutant> extension_mutants() {
    std::vector<Mutant> mutants;
    for (const auto& [name, classes, rule] : table_of("harness/extensions/mutants.txt")) {
        mutants.push_back(
            {.name = name, .stack = split(classes, "mutant_"), .flaw = name, .rule = rule});
    }
    return mutants;
}

std::vector<Mutant> host_mutants() {
    std::vector<Mutant> mutants;
    for (const auto& [name, stack, rule] : table_of("harness/host_mutants.txt")) {
        const auto flaw = harness::host_flaw(name);
        if (!flaw) {
            std::cerr << "harness/host_mutants.txt: the switch has no flaw " << name << "\n";
            std::exit(2);
        }
        Mutant     mutant{.name = name, .host = *flaw, .rule = rule, .guilty = model::Party::host};
        const bool told = stack.starts_with('@');
        mutant.flaw     = told ? stack.substr(1) : "";
        mutant.stack    = told ? std::vector<std::string>{"mutant_filtering"} : split(stack, "");
        mutants.push_back(std::move(mutant));
    }
    return mutants;
}

std::string broken_first(const harness::Performance& performance, const Mutant& mutant) {
    const model::RuleIndex sought = model::rule_of(mutant.rule);
    for (const model::Violation& violation : performance.verdict.violations) {
        if (!is_sought(violation, sought)) continue;
        const std::string id{model::rules()[violation.rule].id};
        if (violation.guilty == mutant.guilty) return id;
        return (violation.guilty == model::Party::host ? "host " : "extension ") + id;
    }
    return "nothing";
}

namespace {

Trial tried(const Mutant& mutant, const std::vector<harness::Scenario>& scenarios) {
    harness::StageOptions options;
    options.flaw     = mutant.host;
    options.mutant   = mutant.flaw;
    const auto stage = open_stage(mutant.stack, options);
    Trial      trial;
    int        bad  = 0;
    const auto once = [&](const harness::Scenario& scenario) {
        const std::string first = broken_first(play(*stage, scenario), mutant);
        ++trial.runs;
        if (first == "nothing") return;
        if (bad == 0) trial.first = first;
        ++trial.firsts[first];
        ++bad;
    };
    for (std::size_t place = 0; place < scenarios.size() && bad < violating_runs; ++place)
        once(scenarios[place]);
    for (std::uint64_t seed = 1; seed <= random_runs && bad < violating_runs; ++seed)
        once(scenario_of(seed, mutant.stack));
    return trial;
}

/// What a trial came to, a rule a line: "OID-03 6"; the runs come first.
std::string text_of(const Trial& trial) {
    std::string text = std::to_string(trial.runs) + " " + trial.first + "\n";
    for (const auto& [first, times] : trial.firsts)
        text += std::to_string(times) + " " + first + "\n";
    return text;
}

Trial trial_from(const std::string& text) {
    std::istringstream lines(text);
    Trial              trial;
    lines >> trial.runs;
    std::getline(lines >> std::ws, trial.first);
    int times = 0;
    for (std::string first; lines >> times && std::getline(lines >> std::ws, first);)
        trial.firsts[first] = times;
    return trial;
}

std::string read_to_the_end(int from) {
    std::string text;
    char        bytes[512];
    for (ssize_t count = 0; (count = read(from, bytes, sizeof bytes)) > 0;)
        text.append(bytes, static_cast<std::size_t>(count));
    return text;
}

}  // namespace

bool Trial::killed_by(const std::string& rule) const {
    int all = 0;
    for (const auto& [broken, times] : firsts)
        all += times;
    return first == rule && 2 * firsts.at(rule) > all;
}

// In a process of its own, because a flaw may be one that a process does not survive.
Trial try_out(const Mutant& mutant, const std::vector<harness::Scenario>& scenarios) {
    constexpr unsigned seconds_max = 20;
    int                pipe_ends[2];
    if (pipe(pipe_ends) != 0) return {};
    const pid_t child = fork();
    if (child == 0) {
        alarm(seconds_max);
        const std::string text = text_of(tried(mutant, scenarios));
        const ssize_t     sent = write(pipe_ends[1], text.data(), text.size());
        _exit(sent == static_cast<ssize_t>(text.size()) ? 0 : 1);
    }
    close(pipe_ends[1]);
    Trial trial = trial_from(read_to_the_end(pipe_ends[0]));
    close(pipe_ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    if (status != 0) trial.firsts["crash"] = 1;
    return trial;
}

}  // namespace interlock::props
