// interlock completion

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/commands.hpp"
#include "cli/output.hpp"

namespace interlock::cli {
namespace {

std::string option_names(const CLI::App& app) {
    std::string words;
    for (const CLI::Option* option : app.get_options()) {
        for (const std::string& name : option->get_lnames())
            words += " --" + name;
    }
    return words;
}

/// A function that completes subcommands, then their options, then files.
std::string bash_script(const CLI::App& command) {
    std::string commands, cases;
    for (const CLI::App* app : command.get_subcommands({})) {
        commands += " " + app->get_name();
        cases += "        " + app->get_name() + ") options='" + option_names(*app) + "' ;;\n";
    }
    return R"bash(# Completion for interlock. In ~/.bashrc: source <(interlock completion bash)
_interlock() {
    local word=${COMP_WORDS[COMP_CWORD]} options=
    COMPREPLY=()
    if [[ $COMP_CWORD -eq 1 ]]; then
        COMPREPLY=($(compgen -W ')bash" +
           commands + option_names(command) + R"bash(' -- "$word"))
        return
    fi
    case ${COMP_WORDS[1]} in
)bash" + cases +
           R"bash(    esac
    if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "$options" -- "$word"))
    elif [[ ${COMP_WORDS[1]} == explain ]]; then
        COMPREPLY=($(compgen -W "$(interlock rules --color never 2>/dev/null | cut -d' ' -f1)" \
                             -- "$word"))
    fi
}
complete -o default -F _interlock interlock
)bash";
}

}  // namespace

void add_completion(CLI::App& command, Exit& exit) {
    auto* app   = command.add_subcommand("completion", "Print a script that completes words");
    auto  shell = std::make_shared<std::string>();
    app->add_option("shell", *shell, "For which shell")
        ->required()
        ->check(CLI::IsMember({"bash"}).description(""))
        ->type_name("bash");
    app->footer("\nExample\n  source <(interlock completion bash)");
    app->callback([shell, &command, &exit] {
        say(bash_script(command));
        exit = Exit::conforms;
    });
}

}  // namespace interlock::cli
