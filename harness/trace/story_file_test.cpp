#include "harness/trace/story_file.hpp"

#include <gtest/gtest.h>

#include "harness/scenario/chance.hpp"
#include "harness/trace/any_event.hpp"

namespace interlock::harness {
namespace {

using model::Call;
using model::Event;
using model::Phase;

std::string story_refused(std::string_view lines) {
    const auto  result = parse_story("interlock story 1\n" + std::string(lines), "a.story");
    const auto* bad    = std::get_if<InputError>(&result);
    return bad == nullptr ? "accepted" : to_string(*bad);
}

std::vector<Event> events_of(std::string_view text) {
    const auto result = parse_story(text, "a.story");
    if (const auto* bad = std::get_if<InputError>(&result)) {
        ADD_FAILURE() << to_string(*bad);
        return {};
    }
    return std::get<Trace>(result).events;
}

/// The same, of somebody who can be.
Event anybodys_event(Chance& chance) {
    Event event = any_event(chance);
    event.module =
        chance.percent(30) ? model::host_module : static_cast<model::ModuleId>(chance.below(8));
    return event;
}

TEST(StoryFile, ReadsAsTheDocumentationSpeaks) {
    const std::vector<Event> events{
        {.call = Call::FilterAttach, .module = 0, .task = 1, .detail = 2},
        {.call   = Call::ProtocolEdgeOidRequest,
         .object = 1,
         .port   = 2,
         .oid    = 0x1'0278,
         .detail = 2},
        {.call   = Call::NdisFOidRequest,
         .module = 1,
         .task   = 1,
         .object = 2,
         .parent = 1,
         .port   = 2,
         .oid    = 0x1'027B,
         .detail = 7},
        {.call   = Call::FilterOidRequest,
         .phase  = Phase::leave,
         .module = 0,
         .task   = 3,
         .object = 1,
         .status = 0x103},
    };
    const std::string text =
        "interlock story 1\n"
        "# Shows four lines.\n"
        "\n"
        "extension 0 FilterAttach class filtering\n"
        "host ProtocolEdgeOidRequest OID_SWITCH_PORT_CREATE 2 request 1 type synthetic\n"
        "extension 1 NdisFOidRequest OID_SWITCH_NIC_CONNECT 2/0 request 2 clone-of 1 detail 7\n"
        "extension 0 FilterOidRequest returns request 1 NDIS_STATUS_PENDING task 3\n";
    EXPECT_EQ(to_story(TraceHead{}, events, "# Shows four lines.\n"), text);
    EXPECT_EQ(events_of(text), events);
}

TEST(StoryFile, KeepsAnyEvent) {
    Chance             chance(1);
    std::vector<Event> events;
    for (int count = 0; count < 5000; ++count)
        events.push_back(anybodys_event(chance));
    TraceHead old;
    old.ndis         = 630;
    const auto again = parse_story(to_story(old, events), "a.story");
    ASSERT_TRUE(std::holds_alternative<Trace>(again)) << to_string(std::get<InputError>(again));
    EXPECT_EQ(std::get<Trace>(again), (Trace{old, events, {}}));
}

TEST(StoryFile, SaysWhatIsWrongAndWhatWasExpected) {
    EXPECT_EQ(story_refused("host FilterPuase\n"),
              "a.story:2: 'FilterPuase' is no call; did you mean 'FilterPause'?");
    EXPECT_EQ(story_refused("\n# x\nswitch FilterPause\n"),
              "a.story:4: 'switch' begins no event; expected 'host' or 'extension <number>' and "
              "then a call");
    EXPECT_EQ(story_refused("extension 8 FilterPause\n"),
              "a.story:2: '8' is no place in the stack; expected 'extension 0' to 'extension 7', "
              "top to bottom");
    EXPECT_EQ(story_refused("host EndOfRun detail 1 detail 2\n"),
              "a.story:2: 'detail' is told twice; expected it once");
    EXPECT_EQ(story_refused("host EndOfRun detail 4294967296\n"),
              "a.story:2: '4294967296' is no detail; expected a number of at most 4294967295");
    EXPECT_EQ(story_refused("host FilterPause type synthetic\n"),
              "a.story:2: 'type' does not belong to this call; expected 'class' with FilterAttach, "
              "and 'type' behind an OID whose buffer has one");
    EXPECT_EQ(story_refused("host ProtocolEdgeSend request 1\n"),
              "a.story:2: 'request' is not what this call is about; expected 'nbl'");
}

TEST(StoryFile, RefusesAnotherVersion) {
    const auto  later = parse_story("interlock story 2\n", "a.story");
    const auto* bad   = std::get_if<InputError>(&later);
    ASSERT_NE(bad, nullptr);
    EXPECT_EQ(to_string(*bad),
              "a.story:1: this is version 2; expected version 1; take the release of interlock "
              "that wrote the file");
    EXPECT_TRUE(std::holds_alternative<InputError>(parse_story("", "a.story")));
}

}  // namespace
}  // namespace interlock::harness
