#include "cli/sources.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "model/judge.hpp"
#include "reports/result.hpp"

namespace interlock::cli {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> files_in(const fs::path& folder) {
    std::vector<std::string> files;
    std::error_code          none;
    for (const auto& entry : fs::recursive_directory_iterator(folder, none)) {
        const bool scenario = entry.path().extension() == ".scenario";
        if (scenario && entry.is_regular_file()) files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

std::string find_corpus() {
    std::error_code none;
    const fs::path  program = fs::read_symlink("/proc/self/exe", none);
    // The program stands in build/<preset>/bin.
    const auto beside = program.parent_path() / "../../../corpus";
    for (const fs::path& folder : {fs::path("corpus"), beside.lexically_normal()}) {
        if (fs::is_directory(folder)) return folder;
    }
    return {};
}

}  // namespace

std::variant<std::vector<std::string>, harness::InputError> scenario_files(
    std::span<const std::string> arguments) {
    std::vector<std::string> files;
    for (const std::string& argument : arguments) {
        if (!fs::is_directory(argument)) {
            files.push_back(argument);
            continue;
        }
        const auto found = files_in(argument);
        if (found.empty()) {
            return harness::InputError{argument, 0, "there is no scenario in this folder",
                                       "expected files that end in .scenario"};
        }
        files.insert(files.end(), found.begin(), found.end());
    }
    return files;
}

Expectation expectation_of(const std::string& file) {
    using Kind                    = Expectation::Kind;
    const fs::path           path = fs::absolute(file).lexically_normal();
    std::vector<std::string> parts(path.begin(), path.end());
    // The innermost folder that promises something counts; the last part is the file itself.
    for (std::size_t place = parts.size() - 1; place-- > 0;) {
        if (parts[place] == "conforms") return {Kind::conforms, {}};
        if (place + 2 >= parts.size()) continue;
        if (parts[place] == "violates") return {Kind::violates_first, parts[place + 1]};
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

std::vector<std::string> scenarios_showing(std::string_view rule, const std::string& corpus) {
    const std::string folder = corpus.empty() ? find_corpus() : corpus;
    if (folder.empty()) return {};
    std::vector<std::string> showing;
    for (const std::string& file : files_in(folder)) {
        if (expectation_of(file).rule == rule) showing.push_back(file);
    }
    return showing;
}

std::vector<std::string> flaws_breaking(std::string_view rule, const std::string& corpus) {
    const fs::path           folder = corpus.empty() ? find_corpus() : corpus;
    std::ifstream            list(fs::absolute(folder).lexically_normal().parent_path() /
                                  "harness/extensions/flaws.txt");
    std::vector<std::string> flaws;
    for (std::string line; std::getline(list, line);) {
        std::istringstream words(line);
        std::string        name, broken, pattern, wrong;
        words >> name >> broken >> pattern;
        std::getline(words >> std::ws, wrong);
        if (broken == rule && name != "#") flaws.push_back(name + ": " + wrong);
    }
    return flaws;
}

}  // namespace interlock::cli
