#include "model/call.hpp"

#include <array>
#include <utility>

namespace interlock::model {
namespace {

/// The enumerator's own spelling, taken from the compiler, so that it stands in one place only.
template <Call call>
consteval std::string_view spelling() {
    constexpr std::string_view whole = __PRETTY_FUNCTION__;
    constexpr auto             end   = whole.find_first_of(";]", whole.find("call = "));
    constexpr auto             begin = whole.rfind("::", end) + 2;
    return whole.substr(begin, end - begin);
}

template <std::size_t... index>
consteval auto spellings(std::index_sequence<index...>) {
    return std::array{spelling<static_cast<Call>(index)>()...};
}

constexpr auto names = spellings(std::make_index_sequence<call_count>{});

/// The switch calls into an extension by Filter and Driver names, and its own ends by Edge names;
/// everything else it says is about the run.
consteval Party caller(std::string_view name) {
    if (name.starts_with("Filter") || name.starts_with("Driver")) return Party::host;
    if (name.starts_with("ProtocolEdge") || name.starts_with("MiniportEdge")) return Party::host;
    if (name == "RequestorCancels") return Party::host;
    if (name == "SwitchActivated" || name == "Quiescent" || name == "EndOfRun") return Party::host;
    return Party::extension;
}

template <std::size_t... index>
consteval auto callers(std::index_sequence<index...>) {
    return std::array{caller(names[index])...};
}

constexpr auto parties = callers(std::make_index_sequence<call_count>{});

static_assert(names[static_cast<std::size_t>(Call::FilterPause)] == "FilterPause");
static_assert(parties[static_cast<std::size_t>(Call::NdisFOidRequest)] == Party::extension);

}  // namespace

std::string_view name(Call call) {
    return names[static_cast<std::size_t>(call)];
}

bool find_call(std::string_view name, Call& call) {
    for (std::size_t index = 0; index < call_count; ++index) {
        if (names[index] != name) continue;
        call = static_cast<Call>(index);
        return true;
    }
    return false;
}

Party caller_of(Call call) {
    return parties[static_cast<std::size_t>(call)];
}

}  // namespace interlock::model
