#include "reports/cover.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "reports/json.hpp"
#include "reports/rule_page.hpp"

namespace interlock::reports {
namespace {

/// Of rows, or of illegal cells.
struct Sum {
    std::size_t all = 0, driven = 0, told = 0, never = 0, missing = 0;

    void add(const CoverLine& line) {
        ++all;
        driven += line.scenario.empty() ? 0 : 1;
        told += line.story.empty() ? 0 : 1;
        never += line.never.empty() ? 0 : 1;
        missing += line.is_shown() ? 0 : 1;
    }
    double percent() const {
        return all == 0 ? 100.0
                        : 100.0 * static_cast<double>(all - missing) / static_cast<double>(all);
    }
};

/// Of one machine, or of all where none is given.
Sum sum_of(const Cover& cover, const model::Machine* machine, bool filled) {
    Sum sum;
    for (const CoverLine& line : cover.lines)
        if ((machine == nullptr || line.machine == machine) && line.filled == filled) sum.add(line);
    return sum;
}

std::string sums(const Sum& sum) {
    return fmt::format("{:>5} {:>7} {:>6} {:>6} {:>6.0f} %", sum.all, sum.driven, sum.told,
                       sum.never, sum.percent());
}

std::string table_row(std::string_view name, const Sum& rows, const Sum& illegal) {
    return fmt::format("{:<14} {}   {}\n", name, sums(rows), sums(illegal));
}

std::string name_of(const CoverLine& line) {
    return cell_name(*line.machine, line.state, line.event);
}

std::string_view or_nothing(const std::string& text) {
    return text.empty() ? std::string_view("-") : std::string_view(text);
}

nlohmann::ordered_json cell_json(const CoverLine& line) {
    const auto or_null = [](const std::string& text) {
        return text.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(text);
    };
    return {{"cell", name_of(line)},
            {"row", line.filled},
            {"rule", line.rule},
            {"scenario", or_null(line.scenario)},
            {"story", or_null(line.story)},
            {"undriven", or_null(line.undriven)},
            {"never", or_null(line.never)},
            {"shown", line.is_shown()}};
}

nlohmann::ordered_json sum_json(const Sum& sum) {
    return {{"all", sum.all},
            {"driven", sum.driven},
            {"told", sum.told},
            {"never", sum.never},
            {"missing", sum.missing}};
}

}  // namespace

bool Cover::all_shown() const {
    return std::ranges::all_of(lines, &CoverLine::is_shown);
}

std::string cover_list(const Cover& cover, const TextStyle& style) {
    std::string text;
    for (const CoverLine& line : cover.lines) {
        if (!line.scenario.empty()) continue;
        std::string_view word = line.is_shown() ? "told" : "MISSING";
        if (!line.never.empty()) word = "never";
        const auto         tint = line.is_shown() ? Tint::faint : Tint::bad;
        const std::string& why  = line.never.empty() ? line.undriven : line.never;
        text += fmt::format("{}  {}, {} {}: {}\n", tinted(fmt::format("{:<7}", word), tint, style),
                            name_of(line), line.filled ? "granted by" : "against", line.rule,
                            or_nothing(why));
    }
    return text;
}

std::string cover_table(const Cover& cover, const TextStyle& style) {
    std::string text = fmt::format("{:<14} {:^34}   {:^34}\n", "", "rows", "illegal cells");
    text += fmt::format("{:<14} {:>5} {:>7} {:>6} {:>6} {:>8}   {:>5} {:>7} {:>6} {:>6} {:>8}\n",
                        "machine", "all", "driven", "told", "never", "shown", "all", "driven",
                        "told", "never", "shown");
    for (const model::Machine* machine : model::machines())
        text +=
            table_row(machine->name, sum_of(cover, machine, true), sum_of(cover, machine, false));
    const auto rows = sum_of(cover, nullptr, true), illegal = sum_of(cover, nullptr, false);
    text += table_row("all", rows, illegal);
    text += fmt::format(
        "driven: by a scenario on the running switch; told: by a story; never: shown to be taken "
        "by nothing\n{} scenarios were played and {} events tried, in {:.0f} s\n",
        cover.scenarios, cover.events, cover.seconds);
    const auto missing = rows.missing + illegal.missing;
    if (missing == 0) return text;
    return text + tinted(fmt::format("{} cells are shown by nothing\n", missing), Tint::bad, style);
}

std::string json_text(const Cover& cover) {
    auto machines = nlohmann::ordered_json::array();
    for (const model::Machine* machine : model::machines())
        machines.push_back({{"machine", machine->name},
                            {"rows", sum_json(sum_of(cover, machine, true))},
                            {"illegal", sum_json(sum_of(cover, machine, false))}});
    auto cells = nlohmann::ordered_json::array();
    for (const CoverLine& line : cover.lines)
        cells.push_back(cell_json(line));
    const nlohmann::ordered_json all{{"interlock", 1},
                                     {"command", "cover"},
                                     {"shown", cover.all_shown()},
                                     {"scenarios", cover.scenarios},
                                     {"events", cover.events},
                                     {"seconds", cover.seconds},
                                     {"rows", sum_json(sum_of(cover, nullptr, true))},
                                     {"illegal", sum_json(sum_of(cover, nullptr, false))},
                                     {"machines", machines},
                                     {"cells", cells}};
    return json_text(all);
}

}  // namespace interlock::reports
