// A campaign as a page, and as what the terminal says at the end.

#include <algorithm>

#include <fmt/format.h>

#include "reports/campaign_status.hpp"
#include "reports/html.hpp"
#include "reports/text.hpp"

namespace interlock::reports {
namespace {

constexpr std::string_view beginning = R"(<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
{refresh}<title>Interlock campaign: {title}</title>
<style>
:root {{ color-scheme: light dark; background: Canvas; color: CanvasText; }}
body {{ font: 15px/1.5 sans-serif; max-width: 70em; margin: 0 auto; padding: 1em; }}
table {{ border-collapse: collapse; margin: .5em 0 1.5em; }}
td, th {{ text-align: left; vertical-align: top; padding: .15em .8em .15em 0;
         border-top: 1px solid GrayText; }}
td.number {{ text-align: right; font-variant-numeric: tabular-nums; }}
.never {{ color: #c00; }}
@media (prefers-color-scheme: dark) {{ .never {{ color: #f77; }} }}
h1 {{ overflow-wrap: anywhere; }}
td:first-child {{ white-space: nowrap; }}
code {{ font-size: .9em; overflow-wrap: anywhere; }}
td code {{ display: inline-block; min-width: 16em; }}
.beside {{ display: flex; flex-wrap: wrap; gap: 1em 3em; }} .beside > div {{ min-width: 0; }}
figure {{ margin: 0; }}
@media (max-width: 45em) {{ table {{ display: block; overflow-x: auto; }} }}
</style>
<main>
<h1>{title}</h1>
)";

std::string row(std::string_view name, const std::string& value) {
    return fmt::format("<tr><th>{}<td>{}\n", name, value);
}

std::string of_all(std::uint32_t some, std::uint32_t all) {
    return fmt::format("{} of {}", some, all);
}

std::string state_table(const CampaignStatus& status) {
    const Campaign& campaign = status.campaign;
    std::string     text     = "<table tabindex=\"0\">\n" + row("state", status.state);
    text += row("time", fmt::format("{:.0f} s, {:.0f} s to go; start {}", campaign.seconds,
                                    status.seconds_left, status.stretch));
    text += row("seed", fmt::format("{}; of the jobs: {}", campaign.seed,
                                    fmt::join(status.job_seeds, ", ")));
    text += row("runs", fmt::format("{}, {:.0f} a second; {} plain, {} with a violation, {} "
                                    "undecided; {} attached and restarted",
                                    campaign.runs, status.runs_per_second, status.plain_runs,
                                    campaign.violating_runs, campaign.undecided_runs,
                                    status.restarted_runs));
    text += row("jobs", fmt::format("{}, started anew {} times", status.job_seeds.size(),
                                    status.jobs_started_anew));
    text += row("transitions", of_all(campaign.transitions, campaign.transitions_all));
    text += row("rules asked", of_all(campaign.rules, campaign.rules_all));
    text += row("edges of the code", of_all(campaign.edges, campaign.edges_all));
    text += row("corpus",
                fmt::format("{} scenarios, {} bytes", status.corpus_files, status.corpus_bytes));
    text += row("last new", fmt::format("{:.0f} s ago", status.seconds_since_new));
    return text + "</table>\n";
}

std::string found_table(const CampaignStatus& status) {
    if (status.found.empty()) return "<p>No rule was broken so far.\n";
    std::string text =
        "<table tabindex=\"0\">\n"
        "<tr><th>rule<th>by<th>what<th>where<th>found<th>replay\n";
    for (const FoundFault& found : status.found) {
        text += fmt::format(
            "<tr><td>{}<td>{}<td>{}<td>{}<td>{:.0f} s, job {}, run {}, {}<td><code>{}</code>\n",
            escaped(found.rule), escaped(found.party), escaped(found.what), escaped(found.site),
            found.seconds, found.job, found.run, found.origin, escaped(found.replay));
    }
    return text + "</table>\n";
}

/// One line over the runs; empty where there are too few to draw one.
std::string curve(std::string_view title, const Campaign& campaign, auto of) {
    constexpr double width = 300, height = 80;
    if (campaign.trend.size() < 2 || campaign.trend.back().runs == 0) return {};
    const double runs = static_cast<double>(campaign.trend.back().runs);
    double       most = 1;
    for (const Sample& sample : campaign.trend)
        most = std::max(most, static_cast<double>(of(sample)));
    std::string points;
    for (const Sample& sample : campaign.trend)
        points += fmt::format("{:.1f},{:.1f} ", static_cast<double>(sample.runs) / runs * width,
                              height - static_cast<double>(of(sample)) / most * (height - 4));
    return fmt::format(
        "<figure><figcaption>{0}: {1}</figcaption><svg role=\"img\" aria-label=\"{0} by runs\" "
        "width=\"{2}\" height=\"{3}\"><polyline points=\"{4}\" fill=\"none\" "
        "stroke=\"currentColor\"/></svg></figure>\n",
        title, of(campaign.trend.back()), width, height, points);
}

std::string trends(const Campaign& campaign) {
    const auto curves =
        curve("transitions", campaign, [](const Sample& one) { return one.transitions; }) +
        curve("rules asked", campaign, [](const Sample& one) { return one.rules; }) +
        curve("edges", campaign, [](const Sample& one) { return one.edges; }) +
        curve("found", campaign, [](const Sample& one) { return one.found; });
    if (curves.empty()) return {};
    return "<h2>How it went on</h2>\n<div class=\"beside\">\n" + curves + "</div>\n";
}

std::string engine_table(const Campaign& campaign) {
    if (campaign.engines.empty()) return {};
    std::string text =
        "<h2>Engines</h2>\n<table tabindex=\"0\">\n"
        "<tr><th>scenarios<th>scheduler<th>runs<th>something new<th>"
        "broke a rule<th>undecided<th>first to find\n";
    for (const Engine& engine : campaign.engines) {
        std::vector<std::string> found;
        for (const Engine::Found& one : engine.found)
            found.push_back(fmt::format("{} in run {} of its job", escaped(one.rule), one.run));
        text += fmt::format(
            "<tr><td>{}<td>{}<td class=\"number\">{}<td class=\"number\">{}<td "
            "class=\"number\">{}<td class=\"number\">{}<td>{}\n",
            engine.origin, engine.scheduler, engine.runs, engine.interesting, engine.violating,
            engine.undecided, fmt::join(found, "<br>"));
    }
    return text + "</table>\n";
}

std::string under_way_table(const CampaignStatus& status) {
    if (status.under_way.empty()) return {};
    std::string text = fmt::format(
        "<h2>What was in flight</h2>\n<table tabindex=\"0\">\n"
        "<tr><th>transition<th>{}\n",
        fmt::join(model::under_way_classes, "<th>"));
    for (const UnderWayRow& row : status.under_way) {
        text += fmt::format("<tr><td>{}", escaped(row.name));
        for (const auto count : row.taken)
            text += fmt::format("<td class=\"number{}\">{}", count == 0 ? " never" : "", count);
        text += "\n";
    }
    return text + "</table>\n";
}

/// Those that came up least stand first: they are what a campaign starves of.
std::string entries_table(std::string_view title, std::vector<Entry> entries) {
    std::ranges::stable_sort(entries, {}, &Entry::count);
    std::string text = fmt::format("<div>\n<h2>{}</h2>\n<table tabindex=\"0\">\n", title);
    for (const Entry& entry : entries) {
        text += fmt::format("<tr{}><td>{}<td class=\"number\">{}\n",
                            entry.count == 0 ? " class=\"never\"" : "", escaped(entry.name),
                            entry.count);
    }
    return text + "</table>\n</div>\n";
}

}  // namespace

std::string status_page(const CampaignStatus& status) {
    const std::string title = fmt::format("{}", fmt::join(status.campaign.extensions, ", "));
    const bool        runs  = status.state == "running";
    std::string       text  = fmt::format(
               fmt::runtime(beginning), fmt::arg("title", escaped(title)),
               fmt::arg("refresh", runs ? "<meta http-equiv=\"refresh\" content=\"5\">\n" : ""));
    text += state_table(status) + "<h2>Found</h2>\n" + found_table(status);
    text += trends(status.campaign) + engine_table(status.campaign) + under_way_table(status);
    text += "<div class=\"beside\">\n" + entries_table("Entered states", status.states) +
            entries_table("Asked rules", status.rules);
    return text + "</div>\n</main>\n</html>\n";
}

std::string summary_text(const CampaignStatus& status, const TextStyle& style) {
    std::string text;
    for (const FoundFault& found : status.found) {
        text +=
            fmt::format("{} {} {}: {}\n", found.rule,
                        found.rule == "undecided" || found.rule == "internal" ? "at" : "broken by",
                        found.party, found.what);
        if (!found.site.empty()) text += "  at       " + found.site + "\n";
        text += "  replay   " + found.replay + "\n";
    }
    if (status.found.empty()) text += "no rule was broken\n";
    return text + "\n" + campaign_text(status.campaign, style);
}

}  // namespace interlock::reports
