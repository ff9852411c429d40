// interlock_bench: how long a life cycle takes, and where the time goes.

#include <benchmark/benchmark.h>

#include <iostream>

#include "props/bench/measurements.hpp"
#include "props/bench/results.hpp"

int main(int argc, char** argv) {
    using namespace interlock::props::bench;
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    register_life_cycles();
    register_empty_target();
    register_judge();
    register_live();
    register_scheduler();
    register_scenarios();

    Results results;
    if (benchmark::RunSpecifiedBenchmarks(&results) == 0 || results.failed()) {
        std::cerr << "interlock_bench: a measurement was not made; expected every one\n";
        return 1;
    }
    results.print_ratios();
}
