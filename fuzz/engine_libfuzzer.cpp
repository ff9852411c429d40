#include "fuzz/engine.hpp"

#include <array>
#include <cstdint>

#include "fuzz/coverage.hpp"
#include "harness/check.hpp"

namespace interlock::fuzz {
namespace {

constexpr std::size_t model_places_max = 512;

// libFuzzer looks at this section after each input, makes classes of how often, and clears it
// before the next: what is here and not used costs time all the same. The edges of the extensions
// it knows by itself.
[[gnu::section("__libfuzzer_extra_counters"),
  gnu::used]] std::array<std::uint8_t, model_places_max + meetings_max>
    told;

}  // namespace

void tell_engine(const harness::Performance& performance) {
    harness::check(first_meeting_place() <= model_places_max, "libFuzzer is told too little");
    for_each_count(performance, {}, [](std::uint32_t place, std::uint64_t count) {
        told[place] = as_counter(count);
    });
}

}  // namespace interlock::fuzz
