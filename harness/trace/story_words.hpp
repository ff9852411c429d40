#pragma once

// The words of a story's lines: what each field of an event is called, and how it is spelled.

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

#include "model/event.hpp"

namespace interlock::harness::story {

/// Who ran, where no line says otherwise: the switch is task 0, an extension is called by task 1.
constexpr std::uint16_t usual_task(const model::Event& event) {
    return event.module == model::host_module ? 0 : 1;
}

/// Each field that is written as a word and a number, if it is not `left_out`.
template <typename AnyEvent, typename Visitor>
void visit_numbers(AnyEvent& event, Visitor visit) {
    visit("oid", event.oid, std::uint64_t{0});
    visit("status", event.status, std::uint64_t{0});
    visit("flags", event.flags, std::uint64_t{0});
    visit("detail", event.detail, std::uint64_t{0});
    visit("count", event.count, std::uint64_t{0});
    visit("place", event.place, std::uint64_t{0});
    visit("digest", event.digest, std::uint64_t{0});
    visit("task", event.task, std::uint64_t{usual_task(event)});
    visit("cpu", event.cpu, std::uint64_t{0});
    visit("irql", event.irql, std::uint64_t{0});
    visit("locks", event.locks, std::uint64_t{0});
    visit("step", event.step, std::uint64_t{0});
    visit("time", event.time_100ns, std::uint64_t{0});
}

/// What Event::detail is called where it is one of a few kinds, and those, in order.
struct Kinds {
    std::string_view                  field;
    std::span<const std::string_view> words;
};
std::optional<Kinds> kinds_of(const model::Event& event);

/// "request" or "nbl".
std::string_view noun_of(model::Call call);

/// Whether the target of the event is a port, and not an adapter on it.
bool is_of_a_port(const model::Event& event);

}  // namespace interlock::harness::story
