#include "fuzz/judged_stage.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "fuzz/engine.hpp"
#include "harness/scenario/text.hpp"
#include "harness/stage.hpp"
#include "model/judge.hpp"

namespace interlock::fuzz {
namespace {

using harness::Stage;

/// An engine gives its target no object to keep this in.
std::unique_ptr<Stage>& stage() {
    static std::unique_ptr<Stage> opened;
    return opened;
}

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

std::string text_of(const model::Violation& violation) {
    const model::Rule& rule   = model::rules()[violation.rule];
    const bool         host   = violation.guilty == model::Party::host;
    const auto         guilty = host || violation.module >= stage()->names().size()
                                    ? std::string("the host")
                                    : "extension " + stage()->names()[violation.module];
    std::string        text   = std::string(rule.id) + " broken by " + guilty + " at event #" +
                       std::to_string(violation.at) + "\n";
    text += "  what       the " + std::string(host ? "host " : "extension ");
    text.append(violation.what).append("\n  rule       ").append(rule.title);
    text.append("\n  says       ").append(rule.says).append("\n  page       ").append(rule.page);
    return text + "\n  replay     interlock replay <the file that the engine writes>\n";
}

[[noreturn]] void die(const harness::Scenario& scenario, const model::Violation& violation) {
    std::fprintf(stderr, "%s\n%s\n", text_of(violation).c_str(), to_text(scenario).c_str());
    std::abort();
}

}  // namespace

/// Where targets run that others build, nobody sets the environment: then a file beside the target
/// names its extensions, a name a line. See tools/build_fuzzers.
static std::vector<std::string> beside_the_target() {
    namespace fs = std::filesystem;
    if (std::getenv("INTERLOCK_EXTENSION") != nullptr) return {};
    std::error_code          none;
    const fs::path           target = fs::read_symlink("/proc/self/exe", none);
    std::ifstream            names(target.string() + ".extensions");
    std::vector<std::string> paths;
    for (std::string name; std::getline(names, name);)
        paths.push_back((target.parent_path() / name).string());
    return paths;
}

std::vector<std::string> named_extensions() {
    std::vector<std::string> paths = beside_the_target();
    for (std::string rest = environment("INTERLOCK_EXTENSION"); !rest.empty();) {
        const auto end = rest.find(':');
        paths.push_back(rest.substr(0, end));
        rest.erase(0, end == std::string::npos ? end : end + 1);
    }
    return paths;
}

void open_judged_stage() {
    harness::StageOptions options;
    options.mutant = environment("INTERLOCK_MUTANT");
    auto opened    = Stage::open(named_extensions(), options);
    if (const auto* error = std::get_if<harness::InputError>(&opened)) {
        std::fprintf(stderr, "%s\n", to_string(*error).c_str());
        std::exit(2);
    }
    stage() = std::move(std::get<std::unique_ptr<Stage>>(opened));
}

void play_judged(harness::Scenario scenario) {
    static const bool calls_fail = environment("INTERLOCK_FAULTS") == "1";
    if (calls_fail) scenario.fault_seed |= static_cast<std::uint32_t>(scenario.seed) | 1;
    const auto scheduler = harness::scheduler_for(scenario);
    play_judged(std::move(scenario), *scheduler);
}

void play_judged(harness::Scenario scenario, harness::Scheduler& scheduler) {
    if (!stage()) open_judged_stage();
    for (harness::Step& step : scenario.steps)
        step.force = false;
    const auto& performance = stage()->run(scenario, scheduler);
    tell_engine(performance);
    for (const model::Violation& violation : performance.verdict.violations) {
        if (violation.severity == model::Severity::violation) die(scenario, violation);
    }
}

}  // namespace interlock::fuzz
