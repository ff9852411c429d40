#include "reports/under_way.hpp"

#include <algorithm>
#include <string>

#include "model/oids.hpp"
#include "reports/names.hpp"
#include "reports/story.hpp"

namespace interlock::reports {
namespace {

using model::Call;
using model::Event;

std::size_t bucket_of(std::size_t count) {
    constexpr std::size_t ends[] = {0, 1, 3, 7};
    return static_cast<std::size_t>(std::ranges::lower_bound(ends, count) - ends);
}

bool changes_the_switch(model::Oid oid) {
    const model::Tells tells = model::oid::info(oid).tells;
    return is_life_cycle(tells) && tells != model::Tells::port_update &&
           tells != model::Tells::nic_update;
}

/// Empty where nothing changes.
std::string moment_of(const Event& event) {
    if (event.phase != model::Phase::enter) return {};
    if (event.call == Call::FilterPause) return "FilterPause is called";
    if (event.call == Call::FilterRestart) return "FilterRestart is called";
    if (!changes_the_switch(event.oid)) return {};
    if (event.call == Call::ProtocolEdgeOidRequest) return oid_name(event.oid) + " is issued";
    if (event.call == Call::ProtocolEdgeOidRequestComplete)
        return oid_name(event.oid) + " is completed";
    return {};
}

}  // namespace

void count_under_way(Issue& issue, std::span<const Event> trace) {
    for_each_in_flight(trace, [&](const Event& event, std::size_t count) {
        auto moment = moment_of(event);
        if (moment.empty()) return;
        auto row = std::ranges::lower_bound(issue.under_way, moment, {}, &UnderWay::moment);
        if (row == issue.under_way.end() || row->moment != moment)
            row = issue.under_way.insert(row, {std::move(moment), {}});
        ++row->moments[bucket_of(count)];
    });
}

}  // namespace interlock::reports
