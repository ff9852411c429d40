#include "fuzz/engine.hpp"

#include <array>
#include <cstdint>

#include "fuzz/coverage.hpp"
#include "fuzz/meetings.hpp"

namespace interlock::fuzz {
namespace {

constexpr std::size_t model_features_max = 8192;

// libFuzzer looks at this section after each input, and clears it before the next. The edges of
// the extensions it knows by itself.
[[gnu::section("__libfuzzer_extra_counters"),
  gnu::used]] std::array<std::uint8_t, model_features_max + meetings_max> told;

}  // namespace

void tell_engine(const harness::Performance& performance) {
    for_each_feature(performance, {}, [](std::uint32_t feature) {
        if (feature < told.size()) told[feature] = 1;
    });
}

}  // namespace interlock::fuzz
