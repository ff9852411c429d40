#include "props/bench/results.hpp"

#include <unistd.h>

#include <iomanip>

#include "props/bench/measurements.hpp"

namespace interlock::props::bench {

Results::Results() : ConsoleReporter(isatty(STDOUT_FILENO) != 0 ? OO_ColorTabular : OO_Tabular) {}

void Results::ReportRuns(const std::vector<Run>& runs) {
    for (const Run& run : runs) {
        any_failed = any_failed || run.error_occurred;
        if (run.error_occurred || run.run_type != Run::RT_Iteration) continue;
        Sum& sum = sums[run.run_name.function_name];
        sum.seconds += run.cpu_accumulated_time;
        sum.iterations += static_cast<double>(run.iterations);
    }
    ConsoleReporter::ReportRuns(runs);
}

void Results::print_ratio(const std::string& above, const std::string& below) {
    const auto of = sums.find(above), to = sums.find(below);
    if (of == sums.end() || to == sums.end() || to->second.seconds <= 0) return;
    const auto   each  = [](const Sum& sum) { return sum.seconds / sum.iterations; };
    const double ratio = each(of->second) / each(to->second);
    GetOutputStream() << std::setw(12) << std::fixed << std::setprecision(2) << ratio << "  "
                      << above << " : " << below << "\n";
}

void Results::print_ratios() {
    GetOutputStream() << "\nCPU time, one to the other:\n";
    for (const std::string& extension : measured_extensions)
        print_ratio(life_cycle_name(extension, true), life_cycle_name(extension, false));
    for (const std::string& extension : measured_extensions)
        print_ratio(life_cycle_name(extension, true), empty_target_name);
    for (const std::string& stack : live_stacks)
        print_ratio(live_name(stack, true), live_name(stack, false));
    for (const std::string& extension : measured_extensions)
        for (const std::string_view way : memory_ways)
            print_ratio(memory_name(extension, way), life_cycle_name(extension, true));
}

}  // namespace interlock::props::bench
