// A scenario is text, and bytes, and the same in both; a trace is a file and the same again. Each
// property counts which verbs it met, because one that never met a verb says nothing about it.

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <array>
#include <iomanip>
#include <iostream>

#include "harness/scenario/bytes.hpp"
#include "harness/scenario/grammar.hpp"
#include "harness/scenario/mutate.hpp"
#include "harness/scenario/plan.hpp"
#include "harness/scenario/text.hpp"
#include "harness/trace/trace_file.hpp"
#include "harness/trace/trace_lines.hpp"
#include "harness/trace/trace_packed.hpp"

namespace interlock::harness {

void showValue(const Scenario& scenario, std::ostream& out) {
    out << to_text(scenario);
}

void showValue(const Decision& decision, std::ostream& out) {
    Scenario scenario;
    scenario.decisions = {decision};
    out << to_text(scenario);
}

}  // namespace interlock::harness

namespace interlock::model {

void showValue(const Event& event, std::ostream& out) {
    out << harness::to_json_lines({{}, {event}, {}});
}

}  // namespace interlock::model

namespace interlock::harness {
namespace {

using Bytes = std::vector<std::uint8_t>;

template <typename Enum>
rc::Gen<Enum> one_of_first(std::size_t count) {
    return rc::gen::map(rc::gen::inRange<std::size_t>(0, count),
                        [](std::size_t value) { return static_cast<Enum>(value); });
}

rc::Gen<bool> seldom() {
    return rc::gen::weightedElement<bool>({{4, false}, {1, true}});
}

/// Any fields at all; what a scenario keeps of them, `canonical` says.
rc::Gen<Step> any_step() {
    using rc::gen::arbitrary;
    using rc::gen::inRange;
    using rc::gen::set;
    return rc::gen::map(
        rc::gen::build<Step>(
            set(&Step::verb, one_of_first<Verb>(verb_count)), set(&Step::force, seldom()),
            set(&Step::port, inRange<model::PortId>(0, 300)),
            set(&Step::nic, arbitrary<std::uint8_t>()),
            set(&Step::port_type, one_of_first<PortType>(std::size(port_type_words))),
            set(&Step::nic_type, one_of_first<NicType>(std::size(nic_type_words))),
            set(&Step::validation, seldom()),
            set(&Step::refused, one_of_first<Refused>(std::size(refused_words))),
            set(&Step::property, one_of_first<Property>(std::size(property_words))),
            set(&Step::towards, one_of_first<Towards>(std::size(towards_words))),
            set(&Step::other_port, inRange<model::PortId>(0, 300)),
            set(&Step::other_nic, arbitrary<std::uint8_t>()),
            set(&Step::packets, arbitrary<std::uint8_t>()),
            set(&Step::buffers, arbitrary<std::uint8_t>()),
            set(&Step::mdls, arbitrary<std::uint8_t>()),
            set(&Step::bytes, inRange<std::uint16_t>(0, 10000)),
            set(&Step::vlan, inRange<std::uint16_t>(0, 5000)),
            set(&Step::payload, one_of_first<Payload>(std::size(payload_words))),
            set(&Step::tag_in_frame), set(&Step::at_dispatch), set(&Step::mixed),
            set(&Step::native), set(&Step::id),
            set(&Step::inner, one_of_first<Inner>(std::size(inner_words))),
            set(&Step::indicated, one_of_first<Indicated>(std::size(indicated_words))),
            set(&Step::told, one_of_first<Told>(std::size(told_words))),
            set(&Step::handle, arbitrary<std::uint8_t>()),
            set(&Step::device, arbitrary<std::uint8_t>()),
            set(&Step::code, arbitrary<std::uint32_t>()),
            set(&Step::input, inRange<std::uint16_t>(0, 10000)),
            set(&Step::output, inRange<std::uint16_t>(0, 10000)),
            set(&Step::pattern, arbitrary<std::uint16_t>()), set(&Step::data), set(&Step::beside)),
        [](const Step& step) { return canonical(step); });
}

rc::Gen<TaskName> any_task() {
    return rc::gen::build<TaskName>(
        rc::gen::set(&TaskName::role, one_of_first<Role>(static_cast<int>(Role::requestor) + 1)),
        rc::gen::set(&TaskName::number));
}

rc::Gen<Decision> any_decision() {
    return rc::gen::build<Decision>(
        rc::gen::set(&Decision::task, any_task()), rc::gen::set(&Decision::place),
        rc::gen::set(&Decision::nth), rc::gen::set(&Decision::is_switch),
        rc::gen::set(&Decision::other, any_task()), rc::gen::set(&Decision::value));
}

rc::Gen<Scenario> any_scenario() {
    using rc::gen::container;
    using rc::gen::set;
    const auto names = container<std::vector<std::string>>(rc::gen::nonEmpty<std::string>());
    return rc::gen::map(
        rc::gen::build<Scenario>(
            set(&Scenario::extensions, names),
            set(&Scenario::ndis, rc::gen::element<std::uint16_t>(630, 640)), set(&Scenario::active),
            set(&Scenario::late), set(&Scenario::schedule, one_of_first<ScheduleKind>(3)),
            set(&Scenario::depth), set(&Scenario::seed), set(&Scenario::fault_seed),
            set(&Scenario::steps, container<std::vector<Step>>(any_step())),
            set(&Scenario::decisions, container<std::vector<Decision>>(any_decision()))),
        [](const Scenario& scenario) { return canonical(scenario); });
}

rc::Gen<model::Event> any_event() {
    using model::Event;
    using rc::gen::set;
    return rc::gen::build<Event>(
        set(&Event::call, one_of_first<model::Call>(model::call_count)),
        set(&Event::phase, one_of_first<model::Phase>(2)), set(&Event::module), set(&Event::irql),
        set(&Event::task), set(&Event::cpu), set(&Event::locks), set(&Event::object),
        set(&Event::parent), set(&Event::port), set(&Event::nic), set(&Event::count),
        set(&Event::other_port), set(&Event::other_nic), set(&Event::place), set(&Event::oid),
        set(&Event::status), set(&Event::flags), set(&Event::detail), set(&Event::digest),
        set(&Event::step), set(&Event::time_100ns));
}

/// Counts verbs, and complains at the end about those that never came up.
class ScenarioProperty : public testing::Test {
protected:
    static void SetUpTestSuite() {
        counts.fill(0);
    }

    static void TearDownTestSuite() {
        for (const VerbRow& row : verb_table) {
            const std::size_t count = counts[static_cast<std::size_t>(row.verb)];
            std::cout << std::setw(16) << row.name << std::setw(9) << count << '\n';
            EXPECT_GT(count, 0U) << row.name << " never came up";
        }
    }

    static void count(const Scenario& scenario) {
        for (const Step& step : scenario.steps)
            ++counts[static_cast<std::size_t>(step.verb)];
    }

    static inline std::array<std::size_t, verb_count> counts{};
};

/// The scenario comes back from its text and from its bytes.
void check_round_trips(const Scenario& scenario) {
    RC_ASSERT(canonical(scenario) == scenario);
    RC_ASSERT(decode(encode(scenario)) == scenario);
    const auto again = parse_text(to_text(scenario), "again");
    if (const auto* bad = std::get_if<InputError>(&again)) RC_FAIL(to_string(*bad));
    RC_ASSERT(std::get<Scenario>(again) == scenario);
}

TEST_F(ScenarioProperty, AnyBytesAreAScenarioThatComesBack) {
    EXPECT_TRUE(rc::check("any bytes are a scenario that comes back", [] {
        const auto     bytes    = *rc::gen::scale(16, rc::gen::arbitrary<Bytes>());
        const Scenario scenario = decode(bytes);
        check_round_trips(scenario);
        count(scenario);
    }));
}

TEST_F(ScenarioProperty, AnyScenarioComesBack) {
    EXPECT_TRUE(rc::check("any scenario comes back", [] {
        const Scenario scenario = *any_scenario();
        check_round_trips(scenario);
        count(scenario);
    }));
}

TEST_F(ScenarioProperty, ARandomOneStaysOneHoweverItIsChanged) {
    using Seeds = std::vector<std::uint64_t>;
    EXPECT_TRUE(rc::check("a random one stays one however it is changed",
                          [](std::uint64_t seed, const Seeds& changes) {
                              Scenario scenario = random_scenario(seed);
                              check_round_trips(scenario);
                              for (const std::uint64_t change : changes)
                                  mutate(scenario, change);
                              check_round_trips(scenario);
                              check_round_trips(cross(scenario, random_scenario(seed + 1), seed));
                              count(scenario);
                          }));
}

TEST_F(ScenarioProperty, APlanIsMovedOnlyByWhatItAllows) {
    EXPECT_TRUE(rc::check("a plan is moved only by what it allows", [] {
        const Scenario scenario = *any_scenario();
        const Step     probe    = *any_step();
        Plan           with(scenario);
        Plan           without(scenario);
        for (const Step& step : scenario.steps) {
            const bool allowed = with.objection(step).empty();
            with.take(step);
            if (allowed) without.take(step);
            RC_ASSERT(with.objection(probe) == without.objection(probe));
        }
        count(scenario);
    }));
}

TEST_F(ScenarioProperty, NoTextDoesHarm) {
    const auto harmless = [](const std::string& text, std::uint64_t seed) {
        std::string lines = to_text(random_scenario(seed));
        lines.insert(*rc::gen::inRange<std::size_t>(0, lines.size()), text);
        const auto  result = parse_text(lines, "changed");
        const auto* bad    = std::get_if<InputError>(&result);
        RC_CLASSIFY(bad != nullptr, "refused");
        if (bad == nullptr) return check_round_trips(std::get<Scenario>(result));
        RC_ASSERT(bad->line > 0U);
        RC_ASSERT(!bad->wrong.empty() && !bad->expected.empty());
    };
    EXPECT_TRUE(rc::check("a text that was changed is refused or comes back", harmless));
}

TEST(TraceProperty, AnyTraceComesBack) {
    using Names = std::vector<std::string>;
    EXPECT_TRUE(rc::check("any trace comes back", [](const Names& extensions) {
        const auto      events = *rc::gen::container<std::vector<model::Event>>(any_event());
        const TraceHead head{.ndis       = *rc::gen::element<std::uint16_t>(630, 640),
                             .whole      = *rc::gen::arbitrary<bool>(),
                             .extensions = extensions};
        Trace           trace{head, events, {}};
        for (std::size_t place = 0; place <= events.size(); ++place) {
            if (*rc::gen::inRange(0, 4) == 0)
                trace.holes.push_back({place, *rc::gen::arbitrary<std::uint64_t>()});
        }
        for (const std::string& text : {to_json_lines(trace), to_packed(trace)}) {
            const auto again = parse_trace(text, "again");
            if (const auto* bad = std::get_if<InputError>(&again)) RC_FAIL(to_string(*bad));
            RC_ASSERT(std::get<Trace>(again) == trace);
        }
    }));
}

}  // namespace
}  // namespace interlock::harness
