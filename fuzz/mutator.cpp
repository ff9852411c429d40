// libFuzzer's changes, made on steps instead of on bytes.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "fuzz/judged_stage.hpp"
#include "harness/io/known_devices.hpp"
#include "harness/scenario/bytes.hpp"
#include "harness/scenario/mutate.hpp"

namespace {

using interlock::harness::decode;
using interlock::harness::KnownDevices;
using interlock::harness::Scenario;

/// What the extensions under test say of the devices that they make.
const KnownDevices& known() {
    static const KnownDevices devices =
        interlock::harness::known_devices(interlock::fuzz::named_extensions());
    return devices;
}

void leave_out_last_steps(Scenario& scenario, std::size_t bytes) {
    for (std::size_t saved = 0; saved < bytes && !scenario.steps.empty();) {
        saved += interlock::harness::bytes_of(scenario.steps.back());
        scenario.steps.pop_back();
    }
}

/// Writes the scenario as bytes, without the last steps if there is no room for them.
std::size_t put(Scenario scenario, std::uint8_t* into, std::size_t size_max) {
    auto bytes = encode(scenario);
    if (bytes.size() > size_max) {
        leave_out_last_steps(scenario, bytes.size() - size_max);
        bytes = encode(scenario);
    }
    const std::size_t size = std::min(bytes.size(), size_max);
    std::copy_n(bytes.begin(), size, into);
    return size;
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t size_max, unsigned seed) {
    // Every fourth starts afresh: what was found must not keep chance from what was not.
    Scenario scenario = seed % 4 == 0 ? interlock::harness::random_scenario(seed, known())
                                      : decode(std::span(data, size));
    mutate(scenario, seed, known());
    return put(std::move(scenario), data, size_max);
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* first, std::size_t first_size,
                                                 const std::uint8_t* second,
                                                 std::size_t second_size, std::uint8_t* into,
                                                 std::size_t size_max, unsigned seed) {
    return put(
        cross(decode(std::span(first, first_size)), decode(std::span(second, second_size)), seed),
        into, size_max);
}
