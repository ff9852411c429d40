#pragma once

// The table, and what can be told from it.

#include <benchmark/benchmark.h>

#include <map>
#include <string>

namespace interlock::props::bench {

/// Prints the table, as always, and remembers what was in it.
class Results final : public benchmark::ConsoleReporter {
public:
    Results();

    void ReportRuns(const std::vector<Run>& runs) override;

    /// One line for each ratio of which both sides were measured.
    void print_ratios();

    /// Whether any measurement could not be made.
    bool failed() const {
        return any_failed;
    }

private:
    struct Sum {
        double seconds    = 0;
        double iterations = 0;
    };

    void print_ratio(const std::string& above, const std::string& below);

    std::map<std::string, Sum> sums;  // CPU time, by name; repetitions are added up.
    bool                       any_failed = false;
};

}  // namespace interlock::props::bench
