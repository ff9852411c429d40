// interlock ddi, interlock deviations, interlock faults

#include <algorithm>
#include <memory>
#include <set>

#include <CLI/CLI.hpp>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "harness/ddi/interface.hpp"
#include "harness/faults/document.hpp"

namespace interlock::cli {
namespace {

using harness::Standing;
using harness::WantedFunction;

struct DdiOptions {
    std::vector<std::string> files;
    Output                   output;
};

constexpr std::size_t name_column = 40, standing_column = 18;

bool is_wanting(const WantedFunction& function) {
    return function.standing == Standing::missing || function.standing == Standing::not_windows;
}

std::string standing_words(const WantedFunction& function) {
    switch (function.standing) {
        case Standing::implemented:
            return "there";
        case Standing::deviates:
            return std::string(harness::name(function.deviation->kind));
        case Standing::missing:
            return "missing";
        default:
            return "not of Windows";
    }
}

std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(text.size() + 1, width), ' ');
    return text;
}

std::string line_of(const WantedFunction& function) {
    std::string line = padded(function.name, name_column) +
                       padded(standing_words(function), standing_column) +
                       harness::page_of(function.name);
    if (function.standing == Standing::deviates)
        line = padded(line, name_column + standing_column) + "  " +
               std::string(function.deviation->what);
    line.erase(line.find_last_not_of(' ') + 1);
    return line + "\n";
}

std::string summary_of(const std::vector<WantedFunction>& wanted) {
    const auto count = [&](auto is) { return std::to_string(std::ranges::count_if(wanted, is)); };
    return std::to_string(wanted.size()) + " wanted: " +
           count([](const auto& one) { return one.standing == Standing::implemented; }) +
           " there, " + count([](const auto& one) { return one.standing == Standing::deviates; }) +
           " with a known deviation, " +
           count([](const auto& one) { return one.standing == Standing::missing; }) + " missing, " +
           count([](const auto& one) { return one.standing == Standing::not_windows; }) +
           " that Windows has not\n";
}

std::string json_text(std::string_view text) {
    std::string json = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') json += '\\';
        json += letter;
    }
    return json + "\"";
}

std::string json_of(const std::vector<WantedFunction>& wanted) {
    std::string text = "{\"functions\": [";
    for (const WantedFunction& function : wanted) {
        text += &function == wanted.data() ? "\n" : ",\n";
        text += "  {\"name\": " + json_text(function.name) +
                ", \"standing\": " + json_text(standing_words(function)) +
                ", \"page\": " + json_text(harness::page_of(function.name)) + ", \"deviation\": " +
                json_text(function.deviation ? function.deviation->what : "") + "}";
    }
    return text + "\n]}\n";
}

/// What all the files want of others and none of them has, each name once.
std::vector<WantedFunction> wanted_by_all(const std::vector<harness::ElfFile>& files) {
    std::set<std::string> own;
    harness::ElfFile      together;
    for (const harness::ElfFile& file : files)
        own.insert(file.has.begin(), file.has.end());
    std::set<std::string> names;
    for (const harness::ElfFile& file : files)
        for (const std::string& name : file.wanted)
            if (!own.contains(name) && names.insert(name).second) together.wanted.push_back(name);
    return harness::wanted_functions(together);
}

void tell(const DdiOptions& options, const std::vector<WantedFunction>& wanted) {
    if (options.output.json) return say(json_of(wanted));
    std::string text;
    for (const WantedFunction& function : wanted)
        if (!options.output.quiet || is_wanting(function)) text += line_of(function);
    text += summary_of(wanted);
    if (std::ranges::any_of(wanted, is_wanting))
        text += "To add one: CONTRIBUTING.md, \"Add a function of the driver interface\".\n";
    say(text);
}

Exit list_functions(const DdiOptions& options) {
    std::vector<harness::ElfFile> files;
    for (const std::string& path : options.files) {
        auto read = harness::read_module(path);
        if (const auto* const error = std::get_if<harness::InputError>(&read))
            return complain(*error);
        files.push_back(std::move(std::get<harness::ElfFile>(read)));
    }
    const auto wanted = wanted_by_all(files);
    tell(options, wanted);
    return std::ranges::any_of(wanted, is_wanting) ? Exit::bad_input : Exit::conforms;
}

}  // namespace

void add_ddi(CLI::App& command, Exit& exit) {
    auto* app = command.add_subcommand("ddi", "List the functions that a driver wants of Windows");
    auto  options = std::make_shared<DdiOptions>();
    app->add_option("file", options->files, "Object files of a driver, or its module")
        ->required()
        ->type_name("FILE");
    options->output.add_to(*app);
    app->footer(
        "\nWhich are there, which deviate from their page and how, which are missing.\n"
        "Exit code 2: some are missing.\n\n"
        "Examples\n  interlock ddi my_extension.so\n  interlock ddi driver.o send.o --quiet");
    app->callback([options, &exit] { exit = list_functions(*options); });
}

namespace {

void add_faults(CLI::App& command, Exit& exit) {
    auto* app      = command.add_subcommand("faults", "List which calls can fail, and how");
    auto  markdown = std::make_shared<bool>(false);
    app->add_flag("--markdown", *markdown, "As docs/faults.md has it");
    app->callback([markdown, &exit] {
        say(*markdown ? harness::faults_document() : harness::faults_text());
        exit = Exit::conforms;
    });
}

}  // namespace

/// And the list of calls that can fail, which belongs beside it.
void add_deviations(CLI::App& command, Exit& exit) {
    auto* app = command.add_subcommand("deviations", "List what deviates in the driver interface");
    auto  markdown = std::make_shared<bool>(false);
    app->add_flag("--markdown", *markdown, "As docs/deviations.md has it");
    app->callback([markdown, &exit] {
        say(*markdown ? harness::deviations_document() : harness::deviations_text());
        exit = Exit::conforms;
    });
    add_faults(command, exit);
}

}  // namespace interlock::cli
