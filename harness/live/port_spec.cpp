#include "harness/live/port_spec.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace interlock::harness {
namespace {

constexpr std::string_view expected =
    "<name>=<kind>:<target>, with tap, veth, packet or pcap, as in vm1=tap:tap0";

constexpr std::array<std::pair<std::string_view, WireKind>, 5> kinds{{{"tap", WireKind::tap},
                                                                      {"veth", WireKind::veth},
                                                                      {"packet", WireKind::packet},
                                                                      {"pcap", WireKind::pcap},
                                                                      {"none", WireKind::none}}};

constexpr std::array<std::pair<std::string_view, PortType>, 4> types{
    {{"external", PortType::external},
     {"synthetic", PortType::synthetic},
     {"emulated", PortType::emulated},
     {"internal", PortType::internal}}};

InputError wrong(std::string_view text, std::string what, std::string_view instead = expected) {
    return {"--port " + std::string(text), 0, std::move(what), std::string(instead)};
}

/// Cuts off what comes before the first `mark`; all of it if there is none.
std::string_view cut(std::string_view& rest, char mark) {
    const std::size_t      at   = rest.find(mark);
    const std::string_view word = rest.substr(0, at);
    rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
    return word;
}

template <typename Table, typename Value>
bool look_up(const Table& table, std::string_view word, Value& value) {
    const auto found = std::ranges::find(table, word, [](const auto& row) { return row.first; });
    if (found == table.end()) return false;
    value = found->second;
    return true;
}

bool take_option(PortSpec& spec, std::string_view option) {
    std::string_view value = option;
    const auto       key   = cut(value, '=');
    if (option == "steady") {
        spec.churned = Churned::no;
        return true;
    }
    if (option == "guest") {
        spec.bears   = LinkBears::machine;
        spec.churned = Churned::no;
        return true;
    }
    if (key == "type") return look_up(types, value, spec.type);
    if (key != "out" || spec.kind != WireKind::pcap || value.empty()) return false;
    spec.out = value;
    return true;
}

bool is_complete(const PortSpec& spec) {
    if (spec.kind == WireKind::none) return spec.target.empty();
    return !spec.target.empty() || !spec.out.empty();
}

}  // namespace

std::variant<PortSpec, InputError> parse_port_spec(std::string_view text) {
    PortSpec         spec;
    std::string_view rest = text;
    spec.text             = text;
    spec.name             = cut(rest, '=');
    if (spec.name.empty() || rest.empty()) return wrong(text, "this is no port");
    std::string_view       where = cut(rest, ',');
    const std::string_view kind  = cut(where, ':');
    if (!look_up(kinds, kind, spec.kind))
        return wrong(text, "there is no kind '" + std::string(kind) + "'");
    spec.target = where;
    if (spec.name == "up") spec.type = PortType::external;
    while (!rest.empty()) {
        const std::string_view option = cut(rest, ',');
        if (!take_option(spec, option))
            return wrong(
                text, "'" + std::string(option) + "' is no option of it",
                "steady, guest, type=external|synthetic|emulated|internal, or out=<file> of pcap");
    }
    if (!is_complete(spec)) return wrong(text, "it does not say which");
    return spec;
}

}  // namespace interlock::harness
