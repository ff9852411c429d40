// The Informal Trace Format: variables, and their values in each state.

#include <nlohmann/json.hpp>

#include "model/judge.hpp"
#include "reports/export_forms.hpp"
#include "reports/lanes.hpp"
#include "reports/state.hpp"
#include "reports/words.hpp"

namespace interlock::reports {
namespace {

using model::Event;
using Ordered = nlohmann::ordered_json;

/// Numbers of any size are written so.
Ordered number(std::uint64_t value) {
    return {{"#bigint", std::to_string(value)}};
}

Ordered event_state(const Result& result, const Event& event) {
    return {{"call", std::string(model::name(event.call))},
            {"phase", event.phase == model::Phase::enter ? "enter" : "leave"},
            {"module", module_name(result, event.module)},
            {"task", number(event.task)},
            {"object", number(event.object)},
            {"parent", number(event.parent)},
            {"port", number(event.port)},
            {"nic", number(event.nic)},
            {"other_port", number(event.other_port)},
            {"other_nic", number(event.other_nic)},
            {"oid", number(event.oid)},
            {"status", number(event.status)},
            {"flags", number(event.flags)},
            {"detail", number(event.detail)},
            {"time_100ns", number(event.time_100ns)},
            {"words", in_words(event)}};
}

/// The state of everything that has one, as of this event.
class World {
public:
    World(const Result& result) : all(lives(result.trace, result.extensions)), next(all.size()) {}

    Ordered at(std::size_t place) {
        Ordered pairs = Ordered::array();
        for (std::size_t life = 0; life < all.size(); ++life) {
            const auto& spans = all[life].spans;
            while (next[life] + 1 < spans.size() && spans[next[life] + 1].since <= place)
                ++next[life];
            pairs.push_back({all[life].name, spans[next[life]].state});
        }
        return {{"#map", pairs}};
    }

private:
    std::vector<Life>        all;
    std::vector<std::size_t> next;  // Of each life the span that was last looked at.
};

Ordered broken_at(const Result& result, std::size_t place) {
    Ordered ids = Ordered::array();
    for (const model::Violation& violation : result.verdict.violations)
        if (violation.at == place) ids.push_back(std::string(model::rules()[violation.rule].id));
    return {{"#set", ids}};
}

Ordered state(const Result& result, World& world, std::size_t place) {
    Ordered one = {{"#meta", {{"index", place}}}};
    one.update(event_state(result, result.trace[place]));
    one["state"]  = world.at(place);
    one["broken"] = broken_at(result, place);
    return one;
}

}  // namespace

std::string itf_text(const Result& result) {
    const Ordered fields = event_state(result, {});
    Ordered       names  = Ordered::array();
    for (const auto& [name, value] : fields.items())
        names.push_back(name);
    names.push_back("state");
    names.push_back("broken");
    std::string text = "{\"#meta\":{\"format\":\"ITF\",\"source\":\"interlock\"},\n\"vars\":" +
                       names.dump() + ",\n\"states\":[";
    World world(result);
    for (std::size_t place = 0; place < result.trace.size(); ++place)
        text += (place > 0 ? ",\n" : "\n") + state(result, world, place).dump();
    return text + "\n]}\n";
}

}  // namespace interlock::reports
