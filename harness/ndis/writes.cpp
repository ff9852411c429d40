// What was written where nothing may be, as it is told when somebody looks.

#include "harness/ndis/ndis.hpp"

namespace interlock::harness {
namespace {

void report_misuse_of(model::ModuleId module, model::Misuse misuse) {
    model::Event event;
    event.call   = model::Call::Misused;
    event.module = module;
    event.detail = static_cast<std::uint32_t>(misuse);
    world().recorder.add(event);
}

}  // namespace

void report_late_writes() {
    if (const auto owner = world().memory.take_written_after_free())
        report_misuse_of(*owner, model::Misuse::wrote_to_freed);
}

void report_writes(model::ModuleId module) {
    report_late_writes();
    const model::Misuse wrong = world().memory.inspect(module);
    if (wrong != model::Misuse::none) report_misuse_of(module, wrong);
    if (world().ndis) world().ndis->look_at_given_away(module);
}

}  // namespace interlock::harness
