// A trace as a test in C++: its events as a table, and the verdict that is expected.

#include <fmt/format.h>

#include "model/judge.hpp"
#include "reports/export_forms.hpp"
#include "reports/words.hpp"

namespace interlock::reports {
namespace {

using model::Event;

constexpr std::string_view before_events =
    R"(// Written by `interlock export`: judges a recorded run again.
//
//     clang++ -std=c++20 -I <interlock> this_file.cpp <build>/libinterlock_model.a
//
// Ends with 0 if the verdict is the one that it was.

#include <cstdio>
#include <string>

#include "model/judge.hpp"

namespace {{

using namespace interlock::model;

constexpr TraceFacts facts{{.whole = {}, .ndis = {}, .reading = Reading::{}}};

constexpr Event events[] = {{
)";

constexpr std::string_view after_events = R"(}};

/// "RULE module event", a line each.
constexpr char expected[] =
{};

std::string found() {{
    std::string text;
    for (const Violation& violation : judge(events, facts).violations) {{
        text += std::string(rules()[violation.rule].id) + " " + std::to_string(violation.module) +
                " " + std::to_string(violation.at) + "\n";
    }}
    return text;
}}

}}  // namespace

int main() {{
    const std::string now = found();
    if (now == expected) return 0;
    std::printf("expected:\n%sfound:\n%s", expected, now.c_str());
    return 1;
}}
)";

std::string_view reading_of(const Facts& facts) {
    switch (facts.reading) {
        case model::Reading::as_written:
            return "as_written";
        case model::Reading::strict:
            return "strict";
        default:
            return "reconciled";
    }
}

/// Only what is not as initialised, in the order of the structure.
std::string initialiser(const Event& event) {
    const Event usual;
    std::string text = fmt::format(".call = Call::{}", model::name(event.call));
    const auto  tell = [&](std::string_view field, std::uint64_t value, std::uint64_t otherwise) {
        if (value != otherwise) text += fmt::format(", .{} = {}", field, value);
    };
    if (event.phase == model::Phase::leave) text += ", .phase = Phase::leave";
    tell("module", event.module, usual.module);
    tell("irql", event.irql, 0);
    tell("task", event.task, 0);
    tell("cpu", event.cpu, 0);
    tell("locks", event.locks, 0);
    tell("object", event.object, 0);
    tell("parent", event.parent, 0);
    tell("port", event.port, 0);
    tell("nic", event.nic, 0);
    tell("count", event.count, 0);
    tell("other_port", event.other_port, 0);
    tell("other_nic", event.other_nic, 0);
    tell("place", event.place, 0);
    tell("oid", event.oid, 0);
    tell("status", event.status, 0);
    tell("flags", event.flags, 0);
    tell("detail", event.detail, 0);
    tell("digest", event.digest, 0);
    tell("step", event.step, 0);
    tell("time_100ns", event.time_100ns, 0);
    return "    {" + text + "},\n";
}

std::string expected(const model::Verdict& verdict) {
    std::string text;
    for (const model::Violation& violation : verdict.violations) {
        text += fmt::format("    \"{} {} {}\\n\"\n", model::rules()[violation.rule].id,
                            violation.module, violation.at);
    }
    if (!text.empty()) text.pop_back();
    return text.empty() ? "    \"\"" : text;
}

}  // namespace

std::string regression_test(const Result& result, const Facts& facts) {
    std::string text = fmt::format(before_events, facts.whole, facts.ndis, reading_of(facts));
    for (const Event& event : result.trace)
        text += initialiser(event);
    return text + fmt::format(after_events, expected(result.verdict));
}

}  // namespace interlock::reports
