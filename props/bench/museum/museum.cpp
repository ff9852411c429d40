// How soon each engine detects each known bug pattern.
//
//   museum gate                                     the portfolio, three seeds, in seconds
//   museum measure <seeds> <executions> [engine|canaries|exhibit...]  prints a line for each trial
//   museum page < lines > docs/museum.md
//
// Runs in the project's folder; what it plays is of its own build, or of $INTERLOCK_BUILD_DIR.

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <span>
#include <string>

#include "harness/bundled.hpp"
#include "props/bench/museum/engines.hpp"
#include "props/bench/museum/outside.hpp"
#include "props/bench/museum/table.hpp"

namespace interlock::props::museum {
namespace {

constexpr std::uint64_t gate_executions = 20'000;
constexpr std::uint64_t gate_seeds      = 3;
constexpr std::uint64_t canary_plays    = 1000;

std::vector<EngineRow> all_engines() {
    std::string missing;
    auto        rows    = own_engines();
    const auto  outside = outside_engines(harness::folder_of_build(), missing);
    rows.insert(rows.end(), outside.begin(), outside.end());
    std::cerr << missing;
    return rows;
}

bool is_detected(const Exhibit& exhibit, std::uint64_t seed) {
    const auto& portfolio = own_engines().back();
    const Trial trial     = portfolio.engine(exhibit, seed, gate_executions);
    write(std::cout, exhibit.name(), portfolio.name, seed, trial);
    if (!trial.detected)
        std::cout << "  is not detected in " << trial.executions << " executions\n";
    return trial.detected;
}

/// Every exhibit is detected by the portfolio.
int gate() {
    int missed = 0;
    for (const Exhibit& exhibit : collection(harness::folder_of_build()).exhibits)
        for (std::uint64_t seed = 1; seed <= gate_seeds; ++seed)
            missed += !is_detected(exhibit, seed);
    return missed == 0 ? 0 : 1;
}

bool is_wanted(std::string_view name, std::span<char*> named) {
    const auto is_it = [&](const char* one) { return name == one; };
    return named.empty() || std::ranges::any_of(named, is_it);
}

/// Those that are named, else all.
std::vector<Exhibit> wanted_exhibits(std::span<char*> named) {
    const std::vector<Exhibit> all = collection(harness::folder_of_build()).exhibits;
    std::vector<Exhibit>       wanted;
    std::ranges::copy_if(all, std::back_inserter(wanted), [&](const Exhibit& exhibit) {
        return !named.empty() && is_wanted(exhibit.name(), named);
    });
    return wanted.empty() ? all : wanted;
}

/// Without the names of exhibits.
std::vector<char*> wanted_engines(std::span<char*> named) {
    std::vector<char*> wanted(named.begin(), named.end());
    for (const Exhibit& exhibit : collection(harness::folder_of_build()).exhibits)
        std::erase_if(wanted, [&](const char* one) { return exhibit.name() == one; });
    return wanted;
}

int measure(std::uint64_t seeds, std::uint64_t executions_max, std::span<char*> named) {
    std::vector<char*> engines = wanted_engines(named);
    for (const Exhibit& exhibit : wanted_exhibits(named)) {
        if (is_wanted("canaries", engines))
            write(std::cout, exhibit.name(), canaries(exhibit, canary_plays));
        for (const EngineRow& row : all_engines())
            for (std::uint64_t seed = 1; is_wanted(row.name, engines) && seed <= seeds; ++seed)
                write(std::cout, exhibit.name(), row.name, seed,
                      row.engine(exhibit, seed, executions_max));
    }
    return 0;
}

int tell_page() {
    std::cout << page(collection(harness::folder_of_build()), all_engines(), Measured(std::cin));
    return 0;
}

int usage() {
    std::cerr << "usage: museum gate | museum measure <seeds> <executions> [engine|exhibit...] | "
                 "museum page\n";
    return 2;
}

}  // namespace

int run(std::span<char*> words) {
    const std::string task = words.empty() ? "" : words[0];
    if (task == "gate") return gate();
    if (task == "page") return tell_page();
    if (task != "measure" || words.size() < 3) return usage();
    return measure(std::strtoull(words[1], nullptr, 10), std::strtoull(words[2], nullptr, 10),
                   words.subspan(3));
}

}  // namespace interlock::props::museum

int main(int count, char** words) {
    const std::span all(words, static_cast<std::size_t>(count));
    return interlock::props::museum::run(all.subspan(1));
}
