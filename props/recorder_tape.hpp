#pragma once

// What the recorder's devices gave in a run.

#include <cstdint>
#include <map>
#include <span>
#include <string>

#include "harness/scenario/scenario.hpp"
#include "harness/stage.hpp"

namespace interlock::props {

inline constexpr std::uint16_t tape_read_bytes = 600 * 96;

/// Of a scenario what it says, and then the recorders are read to the end.
harness::Scenario with_reads(harness::Scenario scenario, std::uint8_t devices);

class Tape {
public:
    void clear();
    void take(std::span<const std::uint8_t> bytes);

    std::map<std::string, std::string> recordings;  // By the name that each head says.

private:
    std::string* current = nullptr;
};

/// A stage whose devices tell that tape. It must outlive the stage.
harness::StageOptions telling(Tape& tape);

}  // namespace interlock::props
