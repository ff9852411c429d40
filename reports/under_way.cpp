#include "reports/under_way.hpp"

#include <algorithm>

#include "model/machine.hpp"
#include "reports/rule_page.hpp"

namespace interlock::reports {
void count_under_way(Issue& issue, std::span<const model::Event> trace) {
    issue.under_way.resize(model::cell_count());
    model::for_each_change(
        trace, [&](std::size_t cell, std::size_t count) { ++issue.under_way[cell][count]; });
}

std::vector<UnderWayRow> under_way_rows(std::span<const model::UnderWay> counts) {
    std::vector<UnderWayRow> rows;
    for (std::size_t cell = 0; cell < counts.size(); ++cell)
        if (model::changes_state(cell)) rows.push_back({cell_name(cell), cell, counts[cell]});
    return rows;
}

UnderWaySum sum_of(std::span<const UnderWayRow> rows) {
    UnderWaySum sum;
    for (const UnderWayRow& row : rows) {
        sum.all += row.taken.size();
        sum.seen += row.taken.size() - static_cast<std::size_t>(std::ranges::count(row.taken, 0U));
    }
    return sum;
}

}  // namespace interlock::reports
