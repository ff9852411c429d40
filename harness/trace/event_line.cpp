#include "harness/trace/event_line.hpp"

#include <charconv>
#include <cstdint>
#include <unordered_map>

#include "harness/trace/event_fields.hpp"

namespace interlock::harness {
namespace {

using model::Event;

const std::unordered_map<std::string_view, model::Call>& calls_by_name() {
    static const auto calls = [] {
        std::unordered_map<std::string_view, model::Call> all;
        for (std::size_t place = 0; place < model::call_count; ++place) {
            const auto call = static_cast<model::Call>(place);
            all.emplace(model::name(call), call);
        }
        return all;
    }();
    return calls;
}

bool take(std::string_view& rest, std::string_view what) {
    if (!rest.starts_with(what)) return false;
    rest.remove_prefix(what.size());
    return true;
}

bool take_call(std::string_view& rest, model::Call& into) {
    const auto call = calls_by_name().find(rest.substr(0, rest.find('"')));
    if (call == calls_by_name().end()) return false;
    into = call->second;
    rest.remove_prefix(call->first.size());
    return take(rest, "\"");
}

/// `,"name":number` if that comes next. @return false if it does, and the number cannot be.
template <typename Number>
bool number_named(std::string_view& rest, std::string_view name, Number& into) {
    const std::size_t before = name.size() + 4;
    if (rest.size() <= before || rest[1] != '"' || rest.substr(2, name.size()) != name) return true;
    if (rest[0] != ',' || rest[before - 2] != '"' || rest[before - 1] != ':') return true;
    const char* const last  = rest.data() + rest.size();
    const auto [end, error] = std::from_chars(rest.data() + before, last, into);
    if (error != std::errc()) return false;
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    return true;
}

}  // namespace

bool read_event_line(std::string_view rest, Event& into) {
    if (!take(rest, "{\"call\":\"") || !take_call(rest, into.call)) return false;
    if (take(rest, ",\"phase\":\"leave\"")) into.phase = model::Phase::leave;
    bool well = true;
    visit_fields(into, [&](std::string_view name, auto& number, std::uint64_t) {
        well = well && number_named(rest, name, number);
    });
    return well && rest == "}";
}

}  // namespace interlock::harness
