#include "cli/judging.hpp"

#include <map>

#include <CLI/CLI.hpp>

namespace interlock::cli {
namespace {

const std::map<std::string, std::uint16_t>& versions() {
    static const std::map<std::string, std::uint16_t> all{{"6.30", 630}, {"6.40", 640}};
    return all;
}

std::vector<std::string> all_readings() {
    return {model::reading_names.begin(), model::reading_names.end()};
}

}  // namespace

void Judging::add_to(CLI::App& command) {
    command
        .add_option_function<std::string>(
            "--reading",
            [this](const std::string& name) {
                for (const model::Reading one : model::readings)
                    if (model::name_of(one) == name) reading = one;
            },
            "Where pages contradict: as-written, reconciled or strict; see `interlock errata`")
        ->check(CLI::IsMember(all_readings()).description(""))
        ->type_name("READING");
    command
        .add_option_function<std::string>(
            "--ndis", [this](const std::string& name) { ndis = versions().at(name); },
            "6.30 or 6.40, whatever the scenario says")
        ->check(CLI::IsMember(versions()).description(""))
        ->type_name("VERSION");
}

std::string Judging::arguments() const {
    std::string text;
    if (reading != model::Reading::reconciled)
        text += " --reading " + std::string(model::name_of(reading));
    if (ndis) text += *ndis == 630 ? " --ndis 6.30" : " --ndis 6.40";
    return text;
}

}  // namespace interlock::cli
