// Any text is a scenario or is refused; what is read is written so that it is read the same again.

#include <cstddef>
#include <cstdint>
#include <variant>

#include "harness/check.hpp"
#include "harness/scenario/text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace interlock::harness;
    const auto  read     = parse_text({reinterpret_cast<const char*>(data), size}, "input");
    const auto* scenario = std::get_if<Scenario>(&read);
    if (scenario == nullptr) return 0;
    const auto again = parse_text(to_text(*scenario), "written");
    check(std::get_if<Scenario>(&again) != nullptr, "what was written is refused");
    check(std::get<Scenario>(again) == *scenario, "what was written is another scenario");
    return 0;
}
