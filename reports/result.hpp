#pragma once

// What a report tells: one Result for each scenario that was played or trace that was judged.
// Every writer (text.hpp, json.hpp, ...) reads this and nothing else.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/attribution.hpp"
#include "model/event.hpp"
#include "model/under_way.hpp"
#include "model/unjudged.hpp"
#include "model/verdict.hpp"

namespace interlock::reports {

/// A step that the switch left out, because it may not do it in that state.
struct LeftOut {
    std::uint32_t step = 0;  // From 1.
    std::string   why;
};

/// What belongs to an event of the trace and has no room in it: "left 40 bytes of memory".
struct Note {
    std::uint32_t event = 0;
    std::string   text;
    std::string   from;  // As in Result::called_from.
};

/// A run by priorities: harness/sched/pct.hpp.
struct Pct {
    std::uint32_t depth  = 0;
    std::uint32_t tasks  = 0;  // n
    std::uint32_t passed = 0;  // Places at which somebody was chosen.
    std::uint32_t drawn  = 0;  // k: the places among which those were drawn where priorities change
    double        bound = 0;  // 1 / (n * k^(depth - 1)); 0: none, for it passed more than k places.
};

/// How a search through all schedules of a scenario came out.
struct Search {
    std::uint32_t preemptions = 0;  // At most so many,
    std::uint32_t answers     = 0;  // and so many answers of the switch that are not the plainest.
    std::uint64_t schedules   = 0;  // Played to their end,
    std::uint64_t undecided   = 0;  // of these without a verdict,
    std::uint64_t pruned      = 0;  // and given up where others had been.
    bool          none_left   = false;
    bool          race_free   = false;  // It holds for extensions without a data race only.
};

/// A file of an extension's code that a stack names.
struct SourceFile {
    std::string name;  // As stacks name it: "ingress.c".
    std::string path;  // Seen from this folder, or absolute where it is not in it.
    std::string text;  // Empty if it cannot be read.
};

/// What somebody said beforehand that the verdict would be.
enum class Promise : std::uint8_t { none, kept, broken };

struct Result {
    std::string               scenario;    // The file, or what it was made from.
    std::vector<std::string>  extensions;  // Top of the stack first; by model::ModuleId.
    model::Verdict            verdict;
    std::vector<model::Event> trace;
    std::uint64_t             first_event = 0;  // Of a long trace only a stretch is told: where it
                                                // begins; places count from there.
    std::uint64_t             untold      = 0;  // Violations that are not in it.
    std::vector<model::Unjudged> unjudged;  // By what its recorder does not see.
    std::vector<std::string>  steps;  // The scenario's, as their lines say them.
    std::vector<LeftOut>      left_out;
    std::vector<std::string>  faults;   // Calls that were made fail, as a scenario names them.
    std::vector<std::string>  stuck;    // Tasks that never ended, and where they stand.
    std::string               printed;  // What was printed, if it crashed.
    std::string               where;    // "timer 2, after KeSetEvent": who crashed or hung.
    std::vector<Note>         notes;    // In order of their events.

    /// From where in an extension's code an event came, by its place in the trace; innermost first:
    /// "SendDown (ingress.c:53) < ForwarderSend (ingress.c:93)". May end early; may be empty.
    std::vector<std::string> called_from;
    std::string              replay;  // The command that shows it again; may be empty.
    std::vector<SourceFile>  sources;  // That `called_from` names, no name twice.
    Promise                  promise = Promise::none;

    std::optional<Pct>    pct;       // It was scheduled so.
    std::optional<Search> searched;  // All schedules were tried, and this is what it came to.

    std::optional<model::Attribution> attribution;  // Of the first violation, if it was looked for.
};

/// Where a campaign stood at some moment of it.
struct Sample {
    std::uint64_t runs        = 0;
    double        seconds     = 0;
    std::uint32_t transitions = 0;
    std::uint32_t rules       = 0;
    std::uint32_t edges       = 0;
    std::uint64_t found       = 0;
};

/// Where the scenarios of a campaign came from and who scheduled them, with what came of it.
struct Engine {
    std::string   origin;     // "plain", "changed", "given": fuzz/engines.hpp
    std::string   scheduler;  // "POS", "PCT", ...
    std::uint64_t runs        = 0;
    std::uint64_t violating   = 0;  // Of the runs
    std::uint64_t undecided   = 0;
    std::uint64_t interesting = 0;  // They showed something new.

    /// What it was the first to find.
    struct Found {
        std::string   rule;     // Its id, or "undecided".
        std::uint64_t run = 0;  // Of all, or of its job, from 1.
    };
    std::vector<Found> found = {};
};

/// What a whole fuzzing campaign was like.
struct Campaign {
    std::vector<std::string> extensions;  // Top of the stack first.

    std::uint64_t seed            = 0;
    std::uint64_t runs            = 0;
    double        seconds         = 0;
    std::uint32_t transitions     = 0;  // Filled cells of the model that were taken,
    std::uint32_t transitions_all = 0;  // of how many.
    std::uint32_t rules           = 0;  // Rules that were asked at least once,
    std::uint32_t rules_all       = 0;  // of how many.
    std::uint32_t edges           = 0;  // Edges of the extension's code that were run,
    std::uint32_t edges_all       = 0;  // of how many; 0: built without counters.
    std::uint64_t violating_runs  = 0;
    std::uint64_t undecided_runs  = 0;
    std::uint64_t faulty_runs     = 0;  // In which calls of the extension were made fail,
    std::uint32_t stacks_struck   = 0;  // from how many distinct call stacks, as a sweep counts.

    std::vector<std::string> transitions_missed;  // By name, as rule_page.hpp spells them.
    std::vector<std::string> rules_missed;        // By id.

    /// How often each filled cell was taken, then each rule was asked; empty: not counted.
    std::vector<std::uint64_t> entries;
    std::vector<Sample>        trend;    // By time; see trend.hpp.
    std::vector<Engine>        engines;  // That had a run; the busiest first.
};

/// What the compiler has made code of.
struct CodeLine {
    std::uint32_t line = 0;  // From 1.
    std::uint64_t runs = 0;  // In which it was run, at least.
};

/// A file of extensions' sources.
struct CodeFile {
    std::string              path;             // Seen from this folder, or absolute.
    std::string              text;             // Empty if it cannot be read.
    std::vector<std::string> extensions = {};  // That were compiled from it.
    std::vector<CodeLine>    lines      = {};  // Ascending
};

/// What of the extensions' code was run.
struct Code {
    std::vector<CodeFile>    files;    // By path
    std::vector<std::string> unknown;  // "my_filter: it was compiled without -g"
};

/// One issue: everything that one command found out.
struct Issue {
    std::string             command;  // "run", "fuzz", ...
    std::vector<Result>     results;
    std::optional<Campaign> campaign;

    /// How many packets and requests were under way at each transition, by its place among the
    /// cells of all machines: model/under_way.hpp. Of every run that was looked at; empty: of none.
    std::vector<model::UnderWay> under_way = {};
    Code                         code      = {};
};

/// The first violation that is no warning, or nothing.
const model::Violation* first_violation(const model::Verdict& verdict);

std::string_view name(Promise promise);  // "none", "kept", "broken"

/// The outcome of all together: as heavy as the heaviest.
model::Outcome outcome(const Issue& issue);

}  // namespace interlock::reports
