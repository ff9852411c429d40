#include "cli/export_scenario.hpp"

#include <algorithm>

#include "harness/scenario/bytes.hpp"
#include "harness/scenario/text.hpp"

namespace interlock::cli {
namespace {

using harness::InputError;
using harness::Scenario;

constexpr std::string_view before_scenario =
    R"(// Written by `interlock export`: plays a scenario on an extension.
//
//     clang++ -std=c++20 -rdynamic -I <interlock> this_file.cpp
//         -Wl,--whole-archive <build>/harness/libinterlock_harness.a -Wl,--no-whole-archive
//         <build>/model/libinterlock_model.a -lboost_context -ldl -o this_test
//     ./this_test my_extension.so
//
// A stack of several is named from top to bottom. Ends with 0 if no rule is broken, with 1 if one
// is, with 2 if it cannot be played.

#include <cstdio>

#include "harness/scenario/text.hpp"
#include "harness/stage.hpp"
#include "model/judge.hpp"

namespace {

using namespace interlock;

constexpr const char* text = R"scenario()";

constexpr std::string_view after_scenario = R"()scenario";

int refuse(const harness::InputError& error) {
    std::fprintf(stderr, "%s\n", to_string(error).c_str());
    return 2;
}

bool tell(const model::Violation& violation) {
    if (violation.severity != model::Severity::violation) return false;
    const model::Rule& rule = model::rules()[violation.rule];
    std::printf("%.*s broken by %s %u at event %llu: %.*s\n  %.*s\n",
                static_cast<int>(rule.id.size()), rule.id.data(),
                violation.guilty == model::Party::host ? "the host, seen at" : "extension",
                static_cast<unsigned>(violation.module),
                static_cast<unsigned long long>(violation.at),
                static_cast<int>(violation.what.size()), violation.what.data(),
                static_cast<int>(rule.page.size()), rule.page.data());
    return true;
}

}  // namespace

int main(int count, char** words) {
    auto read = harness::parse_text(text, "the scenario of this test");
    if (const auto* error = std::get_if<harness::InputError>(&read)) return refuse(*error);
    const std::vector<std::string> extensions(words + 1, words + count);
    auto opened = harness::Stage::open(extensions, {});
    if (const auto* error = std::get_if<harness::InputError>(&opened)) return refuse(*error);

    const auto& scenario  = std::get<harness::Scenario>(read);
    const auto& stage     = std::get<std::unique_ptr<harness::Stage>>(opened);
    const auto  scheduler = harness::scheduler_for(scenario);
    bool        broken    = false;
    for (const model::Violation& violation : stage->run(scenario, *scheduler).verdict.violations)
        broken |= tell(violation);
    return broken ? 1 : 0;
}
)";

std::string as_test(const Scenario& scenario) {
    return std::string(before_scenario) + to_text(scenario) + std::string(after_scenario);
}

std::string as_bytes(const Scenario& scenario) {
    const auto bytes = encode(scenario);
    return {bytes.begin(), bytes.end()};
}

struct Form {
    std::string_view ending;
    std::string (*text)(const Scenario&);
};

constexpr Form forms[] = {{".scenario", harness::to_text}, {".bytes", as_bytes}, {".cpp", as_test}};

std::string endings() {
    std::string text;
    for (const Form& form : forms)
        text += (text.empty() ? "" : ", ") + std::string(form.ending);
    return text;
}

}  // namespace

std::variant<std::string, InputError> scenario_as(const std::string& to,
                                                  const std::string& scenario) {
    const auto form =
        std::ranges::find_if(forms, [&to](const Form& one) { return to.ends_with(one.ending); });
    if (form == std::end(forms))
        return InputError{to, 0, "its ending says nothing",
                          "expected one of " + endings() + " for a scenario"};
    const auto read = harness::read_scenario(scenario);
    if (const auto* error = std::get_if<InputError>(&read)) return *error;
    return form->text(std::get<Scenario>(read));
}

}  // namespace interlock::cli
