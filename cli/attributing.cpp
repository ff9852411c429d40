#include "cli/attributing.hpp"

#include <algorithm>
#include <filesystem>

namespace interlock::cli {
namespace {

using fuzz::Member;
using model::ExtensionClass;

/// As it is compared: a suspect may itself be one of the good ones.
std::string canonical(const std::string& path) {
    std::error_code none;
    const auto      found = std::filesystem::canonical(path, none);
    return none ? path : found.string();
}

std::optional<Member> good_one(const std::string& name, ExtensionClass kind,
                               const Extensions& bundled) {
    const auto path = bundled.path_of(name, name);
    if (const auto* found = std::get_if<std::string>(&path)) return Member{canonical(*found), kind};
    return {};
}

std::optional<fuzz::StandIns> good_ones(const Extensions& bundled) {
    const auto capturing  = good_one("capture", ExtensionClass::capturing, bundled);
    const auto filtering  = good_one("pass_through", ExtensionClass::filtering, bundled);
    const auto forwarding = good_one("forwarder", ExtensionClass::forwarding, bundled);
    if (!capturing || !filtering || !forwarding) return {};
    return fuzz::StandIns{*capturing, *filtering, *forwarding};
}

bool has_forced_step(const harness::Scenario& scenario) {
    return std::ranges::any_of(scenario.steps,
                               [](const harness::Step& step) { return step.force; });
}

bool shows_with(fuzz::ContainedOptions contained, const fuzz::StackOf& stack,
                const harness::Scenario& scenario, const fuzz::Fault& fault,
                std::optional<model::ModuleId> by) {
    contained.extensions.clear();
    for (const Member& member : stack)
        contained.extensions.push_back(member.path);
    auto opened = fuzz::ContainedStage::open(std::move(contained));
    if (std::holds_alternative<harness::InputError>(opened)) return false;
    return fuzz::shows_again(*std::get<std::unique_ptr<fuzz::ContainedStage>>(opened), scenario,
                             fault, by);
}

}  // namespace

std::optional<model::Attribution> attribution_of(const fuzz::Play&             play,
                                                 const harness::Scenario&      scenario,
                                                 const fuzz::ContainedOptions& contained,
                                                 const Extensions&             bundled) {
    const auto fault     = fuzz::fault_in(fuzz::verdict_of(play, scenario));
    const auto stand_ins = good_ones(bundled);
    if (!fault || !stand_ins) return {};
    std::vector<std::string> paths;
    for (const std::string& path : contained.extensions)
        paths.push_back(canonical(path));
    return fuzz::attribute(fuzz::stack_of(paths, play.trace), *fault, has_forced_step(scenario),
                           *stand_ins,
                           [&](const fuzz::StackOf& stack, std::optional<model::ModuleId> by) {
                               return shows_with(contained, stack, scenario, *fault, by);
                           });
}

}  // namespace interlock::cli
