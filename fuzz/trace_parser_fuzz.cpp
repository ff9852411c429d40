// Any text is a trace or is refused; what is read is written so that it is read the same again.

#include <cstddef>
#include <cstdint>
#include <variant>

#include "harness/check.hpp"
#include "harness/trace/trace_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace interlock::harness;
    const auto  read  = parse_trace({reinterpret_cast<const char*>(data), size}, "input");
    const auto* trace = std::get_if<Trace>(&read);
    if (trace == nullptr) return 0;
    const auto again = parse_trace(to_json_lines(trace->head, trace->events), "written");
    check(std::get_if<Trace>(&again) != nullptr, "what was written is refused");
    check(std::get<Trace>(again) == *trace, "what was written is another trace");
    return 0;
}
