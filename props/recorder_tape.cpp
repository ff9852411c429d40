#include "props/recorder_tape.hpp"

#include <cstring>
#include <string_view>

#include "harness/extensions/recorder/recording.h"
#include "harness/trace/recording.hpp"

namespace interlock::props {

using harness::Verb;

static_assert(tape_read_bytes % RECORDING_SIZE == 0);

harness::Scenario with_reads(harness::Scenario scenario, std::uint8_t devices) {
    constexpr int reads = 28;  // All that a ring has room for.
    scenario.steps.push_back({.verb = Verb::pause});
    scenario.steps.push_back({.verb = Verb::detach});
    for (std::uint8_t device = 1; device <= devices; ++device) {
        scenario.steps.push_back({.verb = Verb::open, .handle = device, .device = device});
        for (int read = 0; read < reads; ++read)
            scenario.steps.push_back(
                {.verb = Verb::read, .handle = device, .output = tape_read_bytes});
        scenario.steps.push_back({.verb = Verb::close, .handle = device});
    }
    return scenario;
}

void Tape::clear() {
    current = nullptr;
    recordings.clear();
}

void Tape::take(std::span<const std::uint8_t> bytes) {
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (text.starts_with(harness::recording_mark)) {
        RECORDING_HEAD head;
        std::memcpy(&head, text.data(), sizeof head);
        current = &recordings[head.Name];
    }
    if (current != nullptr) *current += text;
}

harness::StageOptions telling(Tape& tape) {
    harness::StageOptions options;
    options.device_gave = [&tape](std::span<const std::uint8_t> bytes) { tape.take(bytes); };
    return options;
}

}  // namespace interlock::props
