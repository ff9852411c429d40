#include "fuzz/trace_again.hpp"

#include <optional>
#include <string>
#include <tuple>

#include "harness/check.hpp"
#include "harness/trace/ordered_sink.hpp"
#include "harness/trace/trace_file.hpp"
#include "harness/trace/trace_lines.hpp"
#include "harness/trace/trace_packed.hpp"

namespace interlock::fuzz {
namespace {

using harness::check;

/// What the judge says; nothing of a text that is refused.
auto judged(std::string_view text) {
    harness::OrderedSink  judge;
    const auto            error   = harness::parse_trace(text, "input", judge);
    const model::Verdict& verdict = judge.verdict();
    check(!error || !(error->wrong.empty() || error->expected.empty()), "a refusal is short");
    const std::tuple said{verdict.outcome, verdict.events, verdict.violations.size(),
                          verdict.undecided.size()};
    return error ? std::nullopt : std::optional{said};
}

harness::Trace read(std::string_view text) {
    return std::get<harness::Trace>(harness::parse_trace(text, "what was read before"));
}

}  // namespace

void read_judge_and_write(std::string_view text) {
    const auto first = judged(text);
    if (!first) return;
    const harness::Trace trace = read(text);
    for (const std::string& written : {to_json_lines(trace), to_packed(trace)}) {
        check(judged(written) == first, "what was written is judged otherwise, or is refused");
        check(read(written) == trace, "what was written is another trace");
    }
}

}  // namespace interlock::fuzz
