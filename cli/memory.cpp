#include "cli/memory.hpp"

#include <algorithm>

#include <CLI/CLI.hpp>

#include "harness/ddi/interface.hpp"

namespace interlock::cli {
namespace {

bool traces_memory(const std::string& module) {
    const auto  read = harness::read_module(module);
    const auto* elf  = std::get_if<harness::ElfFile>(&read);
    return elf != nullptr && std::ranges::find(elf->wanted, "__tsan_init") != elf->wanted.end();
}

}  // namespace

void Memory::add_to(CLI::App& command) {
    command
        .add_option("--memory", how,
                    "At each access to memory of an extension built with TRACE_MEMORY: preempt, "
                    "others may go on; races, what is not ordered is told; both")
        ->check(CLI::IsMember({"preempt", "races", "both"}).description(""))
        ->type_name("WHAT");
}

void Memory::apply_to(harness::Scenario& scenario) const {
    scenario.preempts_at_memory = scenario.preempts_at_memory || preempts();
    scenario.detects_races      = scenario.detects_races || detects();
}

std::string Memory::arguments() const {
    return how.empty() ? "" : " --memory " + how;
}

std::optional<harness::InputError> Memory::objection(std::span<const std::string> modules) const {
    if (how.empty() || std::ranges::any_of(modules, traces_memory)) return std::nullopt;
    return harness::InputError{
        modules.empty() ? "--memory" : modules.front(), 0,
        "does not tell of its accesses to memory",
        "expected one that interlock_add_extension has built with TRACE_MEMORY, or with "
        "-DINTERLOCK_TRACE_MEMORY=ON"};
}

}  // namespace interlock::cli
