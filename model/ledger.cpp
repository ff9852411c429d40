#include "model/ledger.hpp"

#include "model/constants.hpp"

namespace interlock::model {

void Ledger::begin(const TraceFacts& of) {
    facts     = of;
    activated = false;
    quiet     = false;
    ports.clear();
    nics.clear();
    requests.clear();
    packets.clear();
    properties.clear();
    irps.clear();
    devices.clear();
    modules.fill(Module{});
    for (const auto task : tasks_used) {
        tasks[task].frames.clear();
        tasks[task].misuse_told = false;
        tasks[task].used        = false;
    }
    tasks_used.clear();
    commits.clear();
    commits_free = no_index;
    ports_open.clear();
    nics_open.clear();
    requests_open.clear();
    packets_open.clear();
    irps_open.clear();
    devices_open.clear();
}

Task& Ledger::first_seen(std::uint16_t task) {
    if (task >= tasks.size()) tasks.resize(std::size_t{task} + 1);
    tasks[task].used = true;
    tasks_used.push_back(task);
    return tasks[task];
}

std::uint64_t Ledger::key(const Request& about) {
    return key(about.port, about.detail, buffer::number_in(about.flags));
}

const Frame* Ledger::callback(std::uint16_t task, ModuleId module) const {
    const auto& frames = tasks[task].frames;
    for (auto frame = frames.rbegin(); frame != frames.rend(); ++frame)
        if (frame->module == module && is_callback(frame->call)) return &*frame;
    return nullptr;
}

bool Ledger::delivering(ModuleId module, Place at) const {
    for (const auto task : tasks_used)
        for (const Frame& frame : tasks[task].frames)
            if (frame.module == module && is_callback(frame.call) && frame.first <= at &&
                at <= frame.last)
                return true;
    return false;
}

}  // namespace interlock::model
