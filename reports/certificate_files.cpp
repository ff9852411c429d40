// The files of an evidence pack.

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "model/errata.hpp"
#include "model/judge.hpp"
#include "model/machine.hpp"
#include "reports/certificate.hpp"
#include "reports/documents.hpp"
#include "reports/json.hpp"
#include "reports/names.hpp"
#include "reports/under_way.hpp"

namespace interlock::reports {
namespace {

std::size_t count_of(std::span<const Requirement> all, Fulfilment fulfilment) {
    return static_cast<std::size_t>(std::ranges::count(all, fulfilment, &Requirement::fulfilment));
}

constexpr std::array fulfilments{Fulfilment::fail, Fulfilment::not_followed, Fulfilment::undecided,
                                 Fulfilment::not_exercised, Fulfilment::pass};

std::string hash_table(std::string_view head, std::span<const Hashed> all) {
    std::string text = fmt::format("| {} | SHA-256 |\n| --- | --- |\n", head);
    for (const Hashed& one : all)
        text += fmt::format("| {} | `{}` |\n", one.name, one.sha256);
    return text + "\n";
}

std::size_t alarms_in(std::span<const GoodOne> good_ones) {
    std::size_t count = 0;
    for (const GoodOne& one : good_ones)
        count += one.alarms.size();
    return count;
}

std::string findings_list(const Issue& issue) {
    std::string text;
    for (const Result& result : issue.results) {
        for (const model::Violation& violation : result.verdict.violations)
            text +=
                fmt::format("* {}: {} {}\n", model::rules()[violation.rule].id,
                            violation.guilty == model::Party::host ? "the host" : "the extension",
                            violation.what);
        for (const model::Undecided& open : result.verdict.undecided)
            text += fmt::format("* undecided: {}\n", open.why);
        text += fmt::format("\n  `{}`\n\n", result.replay);
    }
    return text.empty() ? "Nothing was found.\n\n" : text;
}

std::string budget_words(const Certificate& certificate) {
    const Budget& budget = certificate.budget;
    return fmt::format(
        "Seed {}. {} scenarios, each by its own schedule and by {} by chance; {} runs by chance "
        "and by changing what was interesting; {} runs in which calls of the extension failed.\n\n",
        budget.seed, certificate.suite.size(), budget.schedules, budget.fuzz_runs,
        budget.faulty_runs);
}

std::string certificate_page(const Certificate& certificate) {
    const auto  all   = requirements(certificate);
    const auto  words = conclusion(certificate);
    std::string text =
        fmt::format("# Evidence: it {}{}\n\n", words == "undecided" ? "is " : "", words);
    text += hash_table("extension, top of the stack first", certificate.extensions);
    text += "| requirements | |\n| --- | ---: |\n";
    for (const Fulfilment one : fulfilments)
        text += fmt::format("| {} | {} |\n", name(one), count_of(all, one));
    text += fmt::format("\nJudged by the {} reading. {}\n\n", model::name_of(certificate.reading),
                        denominators_words(model::rules()));
    text += "## What was tried\n\n" + budget_words(certificate);
    text += fmt::format("False alarms against extensions that are known to be good: {}.\n\n",
                        alarms_in(certificate.good_ones));
    text += "## What was found\n\n" + findings_list(certificate.issue);
    text += fmt::format(
        "## Making it again\n\n```text\n{}\n```\n\nThe same bytes come out. `sha256sum -c "
        "SHA256SUMS` says whether these are whole. Replays are run in this folder.\n\n"
        "## By what\n\n",
        certificate.command);
    text += fmt::format("Interlock {}.\n\n", certificate.version);
    return text + hash_table("tool or specification", certificate.tools) + "## The suite\n\n" +
           hash_table("scenario", certificate.suite);
}

std::string requirements_page(const Certificate& certificate) {
    std::string text =
        "# Requirements\n\nWhat was not exercised has not passed: nothing came up that it speaks "
        "of.\n\n| rule | result | asked | requirement | page |\n| --- | --- | ---: | --- | --- |\n";
    for (const Requirement& one : requirements(certificate)) {
        const auto link = page_link(one.page);
        text += fmt::format(
            "| {} | {} | {} | {}{}{} | {} |\n", one.rule, name(one.fulfilment), one.asked,
            one.title, one.why.empty() ? "" : ": ", one.why,
            link.empty() ? std::string(one.page) : fmt::format("[{}]({})", one.page, link));
    }
    return text;
}

std::string listed(std::string_view title, std::span<const std::string> names) {
    std::string text = fmt::format("## {}\n\n", title);
    for (const std::string& one : names)
        text += fmt::format("* {}\n", one);
    return text + (names.empty() ? "None.\n\n" : "\n");
}

std::string under_way_table(std::span<const UnderWayRow> rows) {
    if (rows.empty()) return {};
    std::string text = fmt::format(
        "## What was in flight\n\nPackets and requests that were under way when a state changed, "
        "in all runs.\n\n| transition | {} |\n| --- | ---: | ---: | ---: | ---: | ---: |\n",
        fmt::join(model::under_way_classes, " | "));
    for (const UnderWayRow& row : rows)
        text += fmt::format("| {} | {} |\n", row.name, fmt::join(row.taken, " | "));
    return text + "\n";
}

std::string code_table(const Code& code) {
    std::string text = "## Lines of the extension\n\n";
    for (const std::string& why : code.unknown)
        text += fmt::format("Not known of {}.\n\n", why);
    if (code.files.empty()) return text;
    text += "| file | lines run | all | never |\n| --- | ---: | ---: | --- |\n";
    for (const CodeFile& file : code.files) {
        std::vector<std::uint32_t> never;
        for (const CodeLine& line : file.lines)
            if (line.runs == 0) never.push_back(line.line);
        text += fmt::format("| {} | {} | {} | {} |\n", file.path, file.lines.size() - never.size(),
                            file.lines.size(), fmt::join(never, " "));
    }
    return text + "\n";
}

std::string covered_row(std::string_view what, std::uint32_t some, std::uint32_t all) {
    return fmt::format("| {} | {} | {} |\n", what, some, all);
}

std::string coverage_page(const Certificate& certificate) {
    const Campaign campaign = certificate.issue.campaign.value_or(Campaign{});
    std::string    text     = "# Coverage\n\n| of | covered | all |\n| --- | ---: | ---: |\n";
    text += covered_row("transitions of the model", campaign.transitions, campaign.transitions_all);
    text += covered_row("rules that were asked", campaign.rules, campaign.rules_all);
    text += covered_row("edges of the code", campaign.edges, campaign.edges_all) + "\n";
    if (campaign.edges_all == 0) text += "The extension was built without counters of edges.\n\n";
    text += listed("Transitions that were not taken", campaign.transitions_missed);
    text += listed("Rules that were not asked", campaign.rules_missed);
    return text + code_table(certificate.issue.code) +
           under_way_table(under_way_rows(certificate.issue.under_way));
}

std::string errata_page(const Certificate& certificate) {
    return fmt::format("Used: the {} reading.\n\n{}", model::name_of(certificate.reading),
                       errata_document());
}

std::string false_alarms_page(const Certificate& certificate) {
    std::string text =
        "# False alarms\n\nExtensions that keep all rules went through the same suite. What is "
        "said against one of them is wrong.\n\n| extension | SHA-256 | runs | false alarms |\n"
        "| --- | --- | ---: | ---: |\n";
    for (const GoodOne& one : certificate.good_ones)
        text += fmt::format("| {} | `{}` | {} | {} |\n", one.extension.name, one.extension.sha256,
                            one.runs, one.alarms.size());
    text += "\n";
    for (const GoodOne& one : certificate.good_ones)
        for (const std::string& alarm : one.alarms)
            text += fmt::format("* {}: {}\n", one.extension.name, alarm);
    return text;
}

nlohmann::ordered_json hashes_json(std::span<const Hashed> all) {
    auto json = nlohmann::ordered_json::object();
    for (const Hashed& one : all)
        json[one.name] = one.sha256;
    return json;
}

nlohmann::ordered_json requirements_json(const Certificate& certificate) {
    auto json = nlohmann::ordered_json::array();
    for (const Requirement& one : requirements(certificate))
        json.push_back({{"rule", one.rule},
                        {"result", name(one.fulfilment)},
                        {"asked", one.asked},
                        {"page", one.page}});
    return json;
}

std::string certificate_json(const Certificate& certificate) {
    const Budget& budget = certificate.budget;
    return json_text(nlohmann::ordered_json{
        {"interlock_certificate", 1},
        {"version", certificate.version},
        {"conclusion", conclusion(certificate)},
        {"reading", model::name_of(certificate.reading)},
        {"seed", budget.seed},
        {"schedules", budget.schedules},
        {"fuzz_runs", budget.fuzz_runs},
        {"faulty_runs", budget.faulty_runs},
        {"false_alarms", alarms_in(certificate.good_ones)},
        {"extensions", hashes_json(certificate.extensions)},
        {"tools", hashes_json(certificate.tools)},
        {"suite", hashes_json(certificate.suite)},
        {"requirements", requirements_json(certificate)},
    });
}

}  // namespace

std::vector<CertificateFile> certificate_files(const Certificate& certificate) {
    return {{"certificate.md", certificate_page(certificate)},
            {"certificate.json", certificate_json(certificate)},
            {"requirements.md", requirements_page(certificate)},
            {"coverage.md", coverage_page(certificate)},
            {"errata.md", errata_page(certificate)},
            {"false_alarms.md", false_alarms_page(certificate)}};
}

}  // namespace interlock::reports
