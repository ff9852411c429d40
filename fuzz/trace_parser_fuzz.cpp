// Any bytes are a trace or are refused, saying what was expected; either way the judge bears what
// there is. What is read is written so that it is read the same again, and judged the same.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "harness/check.hpp"
#include "harness/trace/ordered_sink.hpp"
#include "harness/trace/trace_file.hpp"
#include "harness/trace/trace_lines.hpp"
#include "harness/trace/trace_packed.hpp"

namespace {

using namespace interlock;
using namespace interlock::harness;

/// What the judge says; nothing of a text that is refused.
auto judged(std::string_view text) {
    OrderedSink           judge;
    const auto            error   = parse_trace(text, "input", judge);
    const model::Verdict& verdict = judge.verdict();
    check(!error || !(error->wrong.empty() || error->expected.empty()), "a refusal is short");
    const std::tuple said{verdict.outcome, verdict.events, verdict.violations.size(),
                          verdict.undecided.size()};
    return error ? std::nullopt : std::optional{said};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto             first = judged(text);
    if (!first) return 0;
    const Trace trace = std::get<Trace>(parse_trace(text, "input"));
    for (const std::string& written : {to_json_lines(trace), to_packed(trace)}) {
        check(judged(written) == first, "what was written is judged otherwise, or is refused");
        check(std::get<Trace>(parse_trace(written, "written")) == trace,
              "what was written is another trace");
    }
    return 0;
}
