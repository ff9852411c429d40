#include "cli/certifying.hpp"

#include <algorithm>
#include <filesystem>

#include "cli/digest.hpp"
#include "cli/showing.hpp"
#include "cli/sources.hpp"
#include "cli/text_file.hpp"
#include "cli/version.hpp"
#include "harness/scenario/text.hpp"
#include "model/judge.hpp"
#include "model/machine.hpp"
#include "reports/documents.hpp"
#include "reports/writers.hpp"

namespace interlock::cli {
namespace {

namespace fs = std::filesystem;
using harness::InputError;
using harness::Scenario;
using reports::Hashed;

/// Those that keep every rule, whatever happens to them; a build or an installation has some.
constexpr std::string_view good_names[] = {"capture", "pass_through",    "vlan_acl",
                                           "cloner",  "broadcast_pacer", "forwarder"};

constexpr std::string_view mark_of_a_pack = "certificate.json";
constexpr std::string_view sums           = "SHA256SUMS";

/// By chance, from a number of its own.
Scenario shuffled(Scenario scenario, std::uint64_t seed) {
    scenario.schedule = harness::ScheduleKind::random;
    scenario.seed     = seed;
    scenario.decisions.clear();
    return scenario;
}

InputError unwritable(const fs::path& file) {
    return {file.string(), 0, "it cannot be written", "expected a folder that --out may write to"};
}

std::optional<InputError> write_file(const fs::path& file, const std::string& text) {
    if (write_text(file, text)) return {};
    return unwritable(file);
}

std::optional<InputError> hash_into(std::vector<Hashed>& hashes, const std::string& name,
                                    const std::string& file) {
    const auto digest = sha256_of_file(file);
    if (!digest) return InputError{file, 0, "it cannot be read", "expected a file"};
    hashes.push_back({name, *digest});
    return {};
}

}  // namespace

Certifying::Certifying(CertifyOptions given)
    : options(std::move(given)), line(options.output.telling()) {
    certificate.version = version();
    certificate.reading = options.judging.reading;
    certificate.budget  = options.budget;
    certificate.command = command();
}

Exit Certifying::run() {
    const auto error = make();
    line.clear();
    if (error) return complain(*error);
    return conclude();
}

std::optional<InputError> Certifying::make() {
    if (const auto error = read_suite()) return error;
    if (const auto error = make_room()) return error;
    auto error = fill();
    if (error) fs::remove_all(options.out);  // A part of a pack would pass for a pack.
    return error;
}

std::optional<InputError> Certifying::fill() {
    if (const auto error = hash_inputs()) return error;
    auto plan        = plan_for(options.extensions.named);
    plan.faulty_runs = options.budget.faulty_runs;
    plan.folder      = options.out;
    plan.stack_names = taken_in;
    Trial trial(std::move(plan), teller(listed(options.extensions.named)));
    if (const auto error = trial.run()) return error;
    if (!trial.started() && trial.issue().results.empty())
        return InputError{listed(options.extensions.named), 0,
                          "in no run did it attach and restart",
                          "expected an extension that does, for only then there is something to "
                          "judge"};
    certificate.issue = trial.issue();
    for (const std::string_view name : good_names)
        if (const auto error = try_good_one(std::string(name))) return error;
    return write();
}

/// Only what is a pack itself is ever replaced.
std::optional<InputError> Certifying::make_room() const {
    std::error_code failed;
    if (fs::exists(fs::path(options.out) / mark_of_a_pack)) fs::remove_all(options.out, failed);
    fs::create_directories(options.out, failed);
    if (failed) return unwritable(options.out);
    if (fs::is_empty(options.out)) return {};
    return InputError{options.out, 0, "there is something else in it",
                      "expected a folder that is new, or a former pack"};
}

std::optional<InputError> Certifying::read_suite() {
    const auto folder = options.suite.empty() ? conforming_scenarios() : options.suite;
    if (folder.empty())
        return InputError{"certify", 0, "there is no corpus beside the program",
                          "expected it there, or in this folder, or scenarios by --suite"};
    const auto files = scenario_files(std::vector<std::string>{folder});
    if (const auto* error = std::get_if<InputError>(&files)) return *error;
    std::vector<Scenario> own;
    for (const std::string& file : std::get<std::vector<std::string>>(files)) {
        auto read = harness::read_scenario(file);
        if (const auto* error = std::get_if<InputError>(&read)) return *error;
        own.push_back(std::get<Scenario>(std::move(read)));
        own.back().extensions.clear();
        if (options.judging.ndis) own.back().ndis = *options.judging.ndis;
        const auto name = fs::path(file).lexically_relative(folder).string();
        if (const auto error = hash_into(certificate.suite, name, file)) return error;
    }
    suite = own;
    for (std::uint32_t schedule = 0; schedule < options.budget.schedules; ++schedule)
        for (const Scenario& scenario : own)
            suite.push_back(shuffled(scenario, options.budget.seed + schedule));
    return {};
}

std::optional<InputError> Certifying::hash_inputs() {
    for (const std::string& name : options.extensions.named) {
        const auto path = options.extensions.path_of(name, name);
        if (const auto* error = std::get_if<InputError>(&path)) return *error;
        if (const auto error = take_in(std::get<std::string>(path))) return error;
    }
    certificate.tools = {{"rules", sha256_of(reports::rules_document(model::rules()))},
                         {"machines", sha256_of(reports::machines_document(model::machines()))},
                         {"errata", sha256_of(reports::errata_document())}};
    return hash_into(certificate.tools, "interlock", "/proc/self/exe");
}

/// So that the pack shows what it shows wherever it is.
std::optional<InputError> Certifying::take_in(const std::string& extension) {
    const fs::path  folder = fs::path(options.out) / "extensions";
    const auto      name   = fs::path(extension).filename().string();
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (!fs::copy_file(extension, folder / name, failed) || failed)
        return InputError{extension, 0, "it cannot be copied into the pack, as " + name,
                          "expected a folder that can be written, and no two of one name"};
    taken_in.push_back("extensions/" + name);
    return hash_into(certificate.extensions, name, extension);
}

TrialPlan Certifying::plan_for(std::vector<std::string> extensions) const {
    TrialPlan plan;
    plan.fuzzing.extensions       = options.extensions;
    plan.fuzzing.extensions.named = std::move(extensions);
    plan.fuzzing.judging          = options.judging;
    plan.suite                    = suite;
    plan.seed                     = options.budget.seed;
    plan.fuzz_runs                = options.budget.fuzz_runs;
    return plan;
}

/// One that this build or installation does not have is left out: the ledger shows which.
std::optional<InputError> Certifying::try_good_one(const std::string& name) {
    const auto path = options.extensions.path_of(name, name);
    if (!std::holds_alternative<std::string>(path)) return {};
    std::vector<Hashed> hashes;
    if (const auto error = hash_into(hashes, name, std::get<std::string>(path))) return error;
    auto plan        = plan_for({name});
    plan.fuzz_runs   = 0;
    plan.folder_name = "alarms/" + name + "/";
    plan.folder      = (fs::path(options.out) / plan.folder_name).string();
    plan.stack_names = {name};
    Trial trial(std::move(plan), teller(name));
    if (const auto error = trial.run()) return error;
    reports::GoodOne good{hashes.front(), trial.issue().campaign->runs, {}};
    for (const reports::Result& result : trial.issue().results)
        good.alarms.push_back(result.replay);
    certificate.good_ones.push_back(std::move(good));
    return {};
}

Trial::Tell Certifying::teller(const std::string& of) {
    return [this, of](std::uint64_t runs) {
        if (!line.due()) return;
        line.show(of + ": " + std::to_string(runs) + " runs");
    };
}

std::optional<InputError> Certifying::write() const {
    const fs::path folder = options.out;
    for (const auto& file : reports::certificate_files(certificate))
        if (const auto error = write_file(folder / file.name, file.text)) return error;
    const std::string all = (folder / "reports").string();
    if (const auto wrong = reports::write_reports(certificate.issue, {&all, 1}))
        return InputError{wrong->what, 0, wrong->wrong, wrong->expected};
    return write_hashes();
}

/// As `sha256sum -c` reads it.
std::optional<InputError> Certifying::write_hashes() const {
    const fs::path           folder = options.out;
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file())
            names.push_back(entry.path().lexically_relative(folder).string());
    std::ranges::sort(names);
    std::string text;
    for (const std::string& name : names) {
        const auto digest = sha256_of_file((folder / name).string());
        if (!digest) return unwritable(folder / name);
        text += *digest + "  " + name + "\n";
    }
    return write_file(folder / sums, text);
}

std::string Certifying::command() const {
    const auto& budget = options.budget;
    std::string words  = "interlock certify";
    for (const std::string& name : options.extensions.named)
        words += " " + quoted(name);
    words += options.judging.arguments() + " --seed " + std::to_string(budget.seed) +
             " --schedules " + std::to_string(budget.schedules) + " --runs " +
             std::to_string(budget.fuzz_runs) + " --faulty-runs " +
             std::to_string(budget.faulty_runs);
    if (!options.suite.empty()) words += " --suite " + quoted(options.suite);
    return words + " --out DIR";
}

Exit Certifying::conclude() const {
    const auto  words  = reports::conclusion(certificate);
    std::size_t alarms = 0;
    for (const auto& one : certificate.good_ones)
        alarms += one.alarms.size();
    if (!options.output.quiet || words != "passes")
        say(listed(options.extensions.named) + (words == "undecided" ? " is " : " ") +
            std::string(words) + "; " + options.out + "/certificate.md says why\n");
    if (alarms > 0) {
        say("Interlock accuses extensions that are known to be good: " + options.out +
            "/false_alarms.md\n");
        return Exit::internal;
    }
    if (words == "fails") return Exit::violates;
    return words == "passes" ? Exit::conforms : Exit::undecided;
}

}  // namespace interlock::cli
