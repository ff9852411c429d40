#include "cli/extensions.hpp"

#include <filesystem>

#include <CLI/CLI.hpp>

#include "cli/duration.hpp"

namespace interlock::cli {
namespace {

namespace fs = std::filesystem;

std::string bundled_names(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code          none;
    for (const auto& entry : fs::directory_iterator(folder, none)) {
        if (entry.path().extension() == ".so") names.push_back(entry.path().stem());
    }
    std::ranges::sort(names);
    std::string list;
    for (const auto& name : names)
        list += (list.empty() ? "" : ", ") + name;
    return list.empty() ? "there are none in " + folder.string() : "there are: " + list;
}

}  // namespace

void Extensions::add_to(CLI::App& command) {
    command
        .add_option("--extension,-e", named,
                    "An extension's .so, or a bundled one's name; repeat for a stack")
        ->type_name("FILE")
        ->allow_extra_args(false);
    add_settings_to(command);
}

void Extensions::add_settings_to(CLI::App& command) {
    command.add_option("--extensions-dir", folder, "Where bundled extensions are")
        ->type_name("DIR");
    add_duration(command, "--patience", patience,
                 "No sign of life for so long: it does not come back; 10s");
}

std::string Extensions::bundled_folder() const {
    if (!folder.empty()) return folder;
    std::error_code none;
    const fs::path  program = fs::read_symlink("/proc/self/exe", none);
    const fs::path  prefix  = program.parent_path().parent_path();
    const fs::path  built   = prefix / "extensions";
    return fs::is_directory(built) ? built : prefix / "lib/interlock/extensions";
}

std::variant<std::string, harness::InputError> Extensions::path_of(
    const std::string& name, const std::string& asked_by) const {
    const bool is_path = name.find('/') != std::string::npos || name.ends_with(".so");
    if (is_path) {
        if (fs::is_regular_file(name)) return name;
        return harness::InputError{name, 0, "there is no such file",
                                   "expected the shared object of an extension"};
    }
    const fs::path bundled = fs::path(bundled_folder()) / (name + ".so");
    if (fs::is_regular_file(bundled)) return bundled.string();
    return harness::InputError{
        asked_by, 0, "there is no bundled extension '" + name + "'",
        bundled_names(bundled_folder()) + "; or name the file with --extension"};
}

namespace {

using NamedPaths = std::variant<std::vector<std::string>, harness::InputError>;

/// @param asked_by  what an error names, of each name.
template <class AskedBy>
NamedPaths paths_of(const Extensions& extensions, const std::vector<std::string>& names,
                    AskedBy asked_by) {
    std::vector<std::string> paths;
    for (const std::string& name : names) {
        auto path = extensions.path_of(name, asked_by(name));
        if (const auto* error = std::get_if<harness::InputError>(&path)) return *error;
        paths.push_back(std::get<std::string>(path));
    }
    return paths;
}

}  // namespace

NamedPaths Extensions::paths_for(const harness::Scenario& scenario,
                                 const std::string&       scenario_file) const {
    if (named.empty())
        return paths_of(*this, scenario.extensions, [&](const auto&) { return scenario_file; });
    return paths_of(*this, named, [](const auto& name) { return "--extension " + name; });
}

NamedPaths Extensions::paths_named() const {
    return paths_of(*this, named, [](const auto&) { return "--extension"; });
}

std::string Extensions::arguments() const {
    std::string words;
    for (const std::string& name : named)
        words += " --extension " + name;
    if (!folder.empty()) words += " --extensions-dir " + folder;
    return words;
}

}  // namespace interlock::cli
