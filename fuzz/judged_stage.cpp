#include "fuzz/judged_stage.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "fuzz/coverage.hpp"
#include "harness/scenario/text.hpp"
#include "harness/stage.hpp"
#include "model/judge.hpp"

namespace interlock::fuzz {
namespace {

using harness::Stage;

constexpr std::size_t model_features_max = 8192;

// libFuzzer looks at this section after each input, and clears it before the next.
[[gnu::section("__libfuzzer_extra_counters"),
  gnu::used]] std::array<std::uint8_t, model_features_max> model_features;

/// libFuzzer gives its target no object to keep this in.
std::unique_ptr<Stage>& stage() {
    static std::unique_ptr<Stage> opened;
    return opened;
}

std::vector<std::string> named_extensions() {
    const char*              named = std::getenv("INTERLOCK_EXTENSION");
    std::vector<std::string> paths;
    for (std::string rest = named == nullptr ? "" : named; !rest.empty();) {
        const auto end = rest.find(':');
        paths.push_back(rest.substr(0, end));
        rest.erase(0, end == std::string::npos ? end : end + 1);
    }
    return paths;
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
    return text + "\n  replay     interlock replay <the file that libFuzzer writes>\n";
}

[[noreturn]] void die(const harness::Scenario& scenario, const model::Violation& violation) {
    std::fprintf(stderr, "%s\n%s\n", text_of(violation).c_str(), to_text(scenario).c_str());
    std::abort();
}

}  // namespace

void open_judged_stage() {
    auto opened = Stage::open(named_extensions(), {});
    if (const auto* error = std::get_if<harness::InputError>(&opened)) {
        std::fprintf(stderr, "%s\n", to_string(*error).c_str());
        std::exit(2);
    }
    stage() = std::move(std::get<std::unique_ptr<Stage>>(opened));
}

void play_judged(const harness::Scenario& scenario) {
    if (!stage()) open_judged_stage();
    const auto  scheduler = harness::scheduler_for(scenario);
    const auto& verdict   = stage()->run(scenario, *scheduler).verdict;
    for_each_feature(verdict, {}, [](std::uint32_t feature) {
        if (feature < model_features_max) model_features[feature] = 1;
    });
    for (const model::Violation& violation : verdict.violations) {
        if (violation.severity == model::Severity::violation) die(scenario, violation);
    }
}

}  // namespace interlock::fuzz
