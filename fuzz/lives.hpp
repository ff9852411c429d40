#pragma once

// Lives that fuzz targets are played in.

#include "harness/scenario/scenario.hpp"

namespace interlock::fuzz {

/// Two guests come, talk to each other and to everyone, and one is disconnected and deleted while
/// packets are under way.
harness::Scenario two_guests_talk();

/// That life with what a scenario's processes do: its steps for devices, each beside the next, and
/// a step of the life after every third of them. Schedule, seeds and version are the scenario's.
harness::Scenario with_processes_beside(harness::Scenario scenario);

}  // namespace interlock::fuzz
