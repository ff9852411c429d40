#include "cli/sources.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "model/judge.hpp"
#include "reports/result.hpp"

namespace interlock::cli {
namespace {

namespace fs = std::filesystem;

using Endings = std::span<const std::string_view>;

constexpr std::array<std::string_view, 1> of_scenarios{".scenario"};
constexpr std::array<std::string_view, 3> of_traces{".trace", ".packed", ".story"};
constexpr std::array<std::string_view, 2> of_shows{".scenario", ".story"};

std::vector<std::string> files_in(const fs::path& folder, Endings endings) {
    std::vector<std::string> files;
    std::error_code          none;
    for (const auto& entry : fs::recursive_directory_iterator(folder, none)) {
        const std::string ending = entry.path().extension();
        const bool        wanted = std::ranges::find(endings, ending) != endings.end();
        if (wanted && entry.is_regular_file()) files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

std::string find_corpus() {
    std::error_code none;
    const fs::path  program = fs::read_symlink("/proc/self/exe", none);
    // The program stands in build/<preset>/bin, or in bin.
    const auto beside    = program.parent_path() / "../../../corpus";
    const auto installed = program.parent_path() / "../share/interlock/corpus";
    for (const fs::path& folder :
         {fs::path("corpus"), beside.lexically_normal(), installed.lexically_normal()}) {
        if (fs::is_directory(folder)) return folder;
    }
    return {};
}

std::variant<std::vector<std::string>, harness::InputError> all_files(
    std::span<const std::string> arguments, Endings endings, std::string_view kind,
    std::string_view expected) {
    std::vector<std::string> files;
    for (const std::string& argument : arguments) {
        if (!fs::is_directory(argument)) {
            files.push_back(argument);
            continue;
        }
        const auto found = files_in(argument, endings);
        if (found.empty()) {
            return harness::InputError{argument, 0,
                                       "there is no " + std::string(kind) + " in this folder",
                                       "expected files that end in " + std::string(expected)};
        }
        files.insert(files.end(), found.begin(), found.end());
    }
    return files;
}

bool breaks_at_the_end(const model::Verdict& verdict, std::string_view rule) {
    return std::ranges::any_of(verdict.violations, [&](const model::Violation& violation) {
        return model::rules()[violation.rule].id == rule && violation.at + 1 == verdict.events;
    });
}

/// The lines "<name> <word> <rule> <what is wrong>" of a list that are about a rule.
void add_flaws(const fs::path& list, std::string_view rule, std::size_t place_of_rule,
               std::vector<std::string>& flaws) {
    std::ifstream file(list);
    for (std::string line; std::getline(file, line);) {
        std::istringstream         words(line);
        std::array<std::string, 3> first;
        words >> first[0] >> first[1] >> first[2];
        std::string wrong;
        std::getline(words >> std::ws, wrong);
        if (first[0] == "#" || first[place_of_rule] != rule) continue;
        // A switch that needs no flaw is only given another stack.
        const std::string& name = first[0] == "none" ? first[1] : first[0];
        flaws.push_back(name + ": " + wrong);
    }
}

}  // namespace

std::string conforming_scenarios() {
    const fs::path corpus = find_corpus();
    return corpus.empty() ? std::string() : (corpus / "scenarios/conforms").string();
}

std::variant<std::vector<std::string>, harness::InputError> scenario_files(
    std::span<const std::string> arguments) {
    return all_files(arguments, of_scenarios, "scenario", ".scenario");
}

std::variant<std::vector<std::string>, harness::InputError> trace_files(
    std::span<const std::string> arguments) {
    return all_files(arguments, of_traces, "trace", ".trace, .packed or .story");
}

Expectation expectation_of(const std::string& file) {
    using Kind                    = Expectation::Kind;
    const fs::path           path = fs::absolute(file).lexically_normal();
    std::vector<std::string> parts(path.begin(), path.end());
    // The innermost folder that promises something counts; the last part is the file itself.
    for (std::size_t place = parts.size() - 1; place-- > 0;) {
        if (parts[place] == "conforms") return {Kind::conforms, {}};
        if (place + 2 >= parts.size()) continue;
        const bool of_story = place > 0 && parts[place - 1] == "stories";
        if (parts[place] == "violates")
            return {of_story ? Kind::violates_last : Kind::violates_first, parts[place + 1]};
        if (parts[place] == "found") return {Kind::violates, parts[place + 1]};
    }
    return {};
}

bool is_met(const Expectation& expectation, const model::Verdict& verdict) {
    const model::Violation* first  = reports::first_violation(verdict);
    const auto              breaks = [&](const model::Violation& violation) {
        return model::rules()[violation.rule].id == expectation.rule;
    };
    switch (expectation.kind) {
        case Expectation::Kind::unknown:
            return false;
        case Expectation::Kind::conforms:
            return verdict.outcome == model::Outcome::conforms;
        case Expectation::Kind::violates_first:
            return first != nullptr && breaks(*first);
        case Expectation::Kind::violates:
            return std::ranges::any_of(verdict.violations, breaks);
        case Expectation::Kind::violates_last:
            return breaks_at_the_end(verdict, expectation.rule);
    }
    return false;
}

std::string in_words(const Expectation& expectation) {
    switch (expectation.kind) {
        case Expectation::Kind::unknown:
            return "nothing: the folder promises nothing";
        case Expectation::Kind::conforms:
            return "conforms";
        case Expectation::Kind::violates_first:
            return "breaks " + expectation.rule + " first";
        case Expectation::Kind::violates:
            return "breaks " + expectation.rule;
        case Expectation::Kind::violates_last:
            return "breaks " + expectation.rule + " at its last event";
    }
    return {};
}

std::string in_words(const model::Verdict& verdict) {
    if (const model::Violation* first = reports::first_violation(verdict)) {
        const bool host = first->guilty == model::Party::host;
        return "breaks " + std::string(model::rules()[first->rule].id) + " first, by the " +
               (host ? "host" : "extension");
    }
    if (verdict.outcome == model::Outcome::conforms) return "conforms";
    if (verdict.undecided.empty()) return "undecided";
    return "undecided: " + std::string(verdict.undecided.front().why);
}

std::vector<std::string> files_showing(std::string_view rule, const std::string& corpus) {
    const std::string folder = corpus.empty() ? find_corpus() : corpus;
    if (folder.empty()) return {};
    std::vector<std::string> showing;
    for (const std::string& file : files_in(folder, of_shows)) {
        if (expectation_of(file).rule == rule) showing.push_back(file);
    }
    return showing;
}

std::vector<std::string> files_named(std::string cell, const std::string& corpus) {
    std::ranges::replace(cell, ':', '_');
    const std::string        folder = corpus.empty() ? find_corpus() : corpus;
    std::vector<std::string> named;
    for (const std::string& file : files_in(folder, of_shows))
        if (fs::path(file).stem() == cell) named.push_back(file);
    return named;
}

std::vector<std::string> flaws_breaking(std::string_view rule, const std::string& corpus) {
    const fs::path           folder = corpus.empty() ? find_corpus() : corpus;
    const fs::path           beside = fs::absolute(folder).lexically_normal().parent_path();
    std::vector<std::string> flaws;
    add_flaws(beside / "harness/extensions/flaws.txt", rule, 1, flaws);
    add_flaws(beside / "harness/extensions/mutants.txt", rule, 2, flaws);
    add_flaws(beside / "harness/host_mutants.txt", rule, 2, flaws);
    return flaws;
}

}  // namespace interlock::cli
