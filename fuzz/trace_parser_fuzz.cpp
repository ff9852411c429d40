// Any text is a trace or is refused; what is read is written so that it is read the same again.

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>

#include "harness/check.hpp"
#include "harness/trace/trace_file.hpp"
#include "harness/trace/trace_lines.hpp"
#include "harness/trace/trace_packed.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace interlock::harness;
    const auto  read  = parse_trace({reinterpret_cast<const char*>(data), size}, "input");
    const auto* trace = std::get_if<Trace>(&read);
    if (trace == nullptr) return 0;
    for (const std::string& text : {to_json_lines(*trace), to_packed(*trace)}) {
        const auto again = parse_trace(text, "written");
        check(std::get_if<Trace>(&again) != nullptr, "what was written is refused");
        check(std::get<Trace>(again) == *trace, "what was written is another trace");
    }
    return 0;
}
