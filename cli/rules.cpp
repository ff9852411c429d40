// interlock rules, interlock explain, interlock machines

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/sources.hpp"
#include "model/judge.hpp"
#include "model/machine.hpp"
#include "model/verifier.hpp"
#include "reports/documents.hpp"
#include "reports/json.hpp"
#include "reports/rule_page.hpp"

namespace interlock::cli {
namespace {

struct RulesOptions {
    std::string rule;
    std::string name;
    std::string corpus;
    std::string format = "text";
    Output      output;
};

Exit unknown_rule(const std::string& id) {
    const auto  dash   = id.find('-');
    const auto  family = id.substr(0, dash);
    std::string near;
    for (const model::Rule& rule : model::rules()) {
        if (!rule.id.starts_with(family + "-")) continue;
        near += (near.empty() ? "" : ", ") + std::string(rule.id);
    }
    return complain(
        {id, 0, "there is no such rule",
         near.empty() ? "expected one that `interlock rules` lists" : "expected one of " + near});
}

/// One rule, or all of them where none is named.
std::span<const model::Rule> chosen(const std::string& id) {
    if (id.empty()) return model::rules();
    const auto index = model::rule_of(id);
    return index == model::no_rule ? std::span<const model::Rule>{}
                                   : model::rules().subspan(index, 1);
}

Exit list_rules(const RulesOptions& options) {
    const auto rules = chosen(options.rule);
    if (rules.empty()) return unknown_rule(options.rule);
    if (options.format == "markdown") {
        say(reports::rules_document(rules));
        return Exit::conforms;
    }
    if (options.format == "html") {
        say(reports::rules_html(rules));
        return Exit::conforms;
    }
    say(options.output.json ? reports::json_text(rules)
                            : reports::rules_text(rules, options.output.style()));
    return Exit::conforms;
}

void tell_rule(const model::Rule& rule, const RulesOptions& options) {
    const auto  style    = options.output.style();
    const auto  shown_by = files_showing(rule.id, options.corpus);
    std::string text     = reports::rule_page(rule, shown_by, style);
    for (const std::string& flaw : flaws_breaking(rule.id, options.corpus))
        text += reports::labelled("mutant", flaw, style);
    say(text);
}

/// What the machine says of a cell, and the files that show it.
void tell_cell(const reports::CellName& cell, const RulesOptions& options) {
    const auto       style = options.output.style();
    std::string      text  = reports::cell_page(cell, style);
    std::string_view label = "shown by";
    for (const std::string& file :
         files_named(reports::cell_name(*cell.machine, cell.state, cell.event), options.corpus)) {
        text += reports::labelled(label, file, style);
        label = {};
    }
    say(text);
}

/// What rules answer to a number or name of Microsoft's tools; nothing if it is none of theirs.
std::optional<Exit> explain_verifier(const RulesOptions& options) {
    const auto found = model::rules_verified_by(options.name);
    if (found.empty()) {
        const auto* const why = model::why_not_verified(options.name);
        if (why == nullptr) return {};
        say(std::string(why->key) + "  " + std::string(why->name) + "\nNo rule answers to it. " +
            std::string(why->reason) + "\n");
        return Exit::conforms;
    }
    std::vector<model::Rule> rules;
    for (const model::RuleIndex index : found)
        rules.push_back(model::rules()[index]);
    if (options.output.json) {
        say(reports::json_text(rules));
        return Exit::conforms;
    }
    for (const model::Rule& rule : rules)
        tell_rule(rule, options);
    return Exit::conforms;
}

Exit explain(const RulesOptions& options) {
    if (options.name.find(':') != std::string::npos) {
        const auto cell = reports::find_cell(options.name);
        if (cell) {
            tell_cell(*cell, options);
            return Exit::conforms;
        }
        return complain({options.name, 0, "there is no such transition",
                         "expected <machine>:<state>:<event>, as `interlock machines` lists them"});
    }
    const auto rules = chosen(options.name);
    if (rules.empty()) {
        const auto explained = explain_verifier(options);
        return explained ? *explained : unknown_rule(options.name);
    }
    if (options.output.json) {
        say(reports::json_text(rules));
        return Exit::conforms;
    }
    tell_rule(rules.front(), options);
    return Exit::conforms;
}

Exit list_machines(const RulesOptions& options) {
    std::vector<const model::Machine*> machines;
    std::string                        names;
    for (const model::Machine* machine : model::machines()) {
        const auto name = reports::as_word(machine->name);
        names += (names.empty() ? "" : ", ") + name;
        const bool wanted = options.name.empty() || name == reports::as_word(options.name);
        if (wanted) machines.push_back(machine);
    }
    if (machines.empty()) {
        return complain({options.name, 0, "there is no such machine", "expected one of " + names});
    }
    if (options.output.json) {
        say(reports::json_text(machines));
    } else if (options.format == "dot") {
        say(reports::machines_dot(machines));
    } else if (options.format == "markdown") {
        say(reports::machines_document(machines));
    } else if (options.format == "mermaid") {
        say(reports::machines_mermaid(machines));
    } else {
        say(reports::machines_text(machines, options.output.style()));
    }
    return Exit::conforms;
}

}  // namespace

void add_rules(CLI::App& command, Exit& exit) {
    auto* app     = command.add_subcommand("rules", "List the rules that are judged");
    auto  options = std::make_shared<RulesOptions>();
    app->add_option("--rule", options->rule, "Only this one")->type_name("ID");
    auto* markdown = app->add_flag_callback(
        "--markdown", [options] { options->format = "markdown"; }, "As docs/rules.md has it");
    app->add_flag_callback(
           "--html", [options] { options->format = "html"; },
           "As docs/rules.html has it: one page, to search in a browser")
        ->excludes(markdown);
    options->output.add_to(*app);
    app->footer(
        "\nExamples\n  interlock rules\n  interlock rules --html > rules.html\n  interlock rules "
        "--json --rule NIC-13");
    app->callback([options, &exit] { exit = list_rules(*options); });
}

void add_explain(CLI::App& command, Exit& exit) {
    auto* app     = command.add_subcommand("explain", "Tell all about a rule or a transition");
    auto  options = std::make_shared<RulesOptions>();
    app->add_option("name", options->name,
                    "A rule's id, <machine>:<state>:<event>, or a number or name of Driver "
                    "Verifier's")
        ->required()
        ->type_name("RULE|CELL|NUMBER");
    app->add_option("--corpus", options->corpus, "Where scenarios that show it are looked for")
        ->type_name("DIR");
    options->output.add_to(*app);
    app->footer(
        "\nExamples\n  interlock explain NIC-13\n  interlock explain "
        "nic:connected:disconnect_issued\n  interlock explain 0xA005");
    app->callback([options, &exit] { exit = explain(*options); });
}

void add_machines(CLI::App& command, Exit& exit) {
    auto* app     = command.add_subcommand("machines", "Show the state machines of the model");
    auto  options = std::make_shared<RulesOptions>();
    app->add_option("machine", options->name, "Only this one")->type_name("NAME");
    auto* dot = app->add_flag_callback(
        "--dot", [options] { options->format = "dot"; }, "For Graphviz");
    app->add_flag_callback(
           "--mermaid", [options] { options->format = "mermaid"; }, "For Mermaid")
        ->excludes(dot);
    app->add_flag_callback(
           "--markdown", [options] { options->format = "markdown"; }, "As docs/machines.md has it")
        ->excludes(dot);
    options->output.add_to(*app);
    app->footer("\nExamples\n  interlock machines\n  interlock machines nic --dot | dot -Tsvg");
    app->callback([options, &exit] { exit = list_machines(*options); });
}

}  // namespace interlock::cli
